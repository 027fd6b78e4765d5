//! How rare a word is among all names: one byte a cell, cells shared by chance.

use xxhash_rust::xxh3::xxh3_64;

use super::names::Draft;

const CELLS: usize = 1 << 18;

#[derive(Debug)]
pub(super) struct Rarity {
    /// Eight times the binary logarithm of how many names have the word.
    cells: Vec<u8>,
    most: f32,
}

fn cell(word: &[u8]) -> usize {
    xxh3_64(word) as usize & (CELLS - 1)
}

impl Rarity {
    pub(super) fn new(drafts: &[Draft]) -> Self {
        let mut counts = vec![0_u32; CELLS];
        for draft in drafts {
            for word in draft.plain.words() {
                counts[cell(word)] += 1;
            }
        }
        #[expect(clippy::cast_sign_loss, reason = "a logarithm of 1 or more")]
        let eighths = |count: u32| ((count + 1) as f32).log2().mul_add(8.0, 0.5) as u8;
        Self {
            cells: counts.into_iter().map(eighths).collect(),
            most: (drafts.len() as f32 + 2.0).log2(),
        }
    }

    /// How much a word says: 1 for one that no name has, less the more names have it.
    pub(super) fn of(&self, word: &[u8]) -> f32 {
        let rarity = 1.0 - f32::from(self.cells[cell(word)]) / 8.0 / self.most;
        rarity.max(0.05)
    }
}
