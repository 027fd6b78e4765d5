//! Words of names: how rare each is, and how those of a query and of a name pair up.

use xxhash_rust::xxh3::xxh3_64;

use super::distance::of_words;
use super::form::Form;
use super::names::Draft;

const CELLS: usize = 1 << 18;

/// How rare words are among all names: one byte a cell, cells shared by chance.
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

    /// Pairs the words of a query, each with how much it says, with those of a name.
    pub(super) fn align(&self, typed: &Form, weights: &[f32], plain: &Form) -> Words {
        let mut taken = 0_u64;
        let mut words = Words::default();
        let (mut total, mut last_at, mut pairs, mut ordered) = (0.0_f32, 0, 0.0_f32, 0.0_f32);
        let mut title_alike = [0.0_f32; 64];
        for (at, word) in typed.words().enumerate() {
            let weight = weights[at];
            total += weight;
            let mut best: Option<(usize, u32, f32)> = None;
            for (place, other) in plain.words().enumerate().take(64) {
                if taken & (1 << place) != 0 {
                    continue;
                }
                let distance = if word == other {
                    0
                } else {
                    of_words(word, other)
                };
                let likeness = 1.0 - distance as f32 / word.len().max(other.len()) as f32;
                if likeness > 0.49 && best.is_none_or(|(_, _, before)| likeness > before) {
                    best = Some((place, distance, likeness));
                    if distance == 0 {
                        break;
                    }
                }
            }
            let Some((place, distance, likeness)) = best else {
                words.missed += 1.0;
                words.rarest_missed = words.rarest_missed.max(weight);
                continue;
            };
            taken |= 1 << place;
            title_alike[place] = likeness;
            words.worst = words.worst.max(distance as f32);
            words.alike += weight * likeness;
            if distance == 0 {
                words.found += weight;
            }
            pairs += 1.0;
            ordered += f32::from(u8::from(place >= last_at));
            last_at = place;
        }
        let mut title_total = 0.0;
        for (place, other) in plain.words().enumerate().take(64) {
            let weight = self.of(other);
            title_total += weight;
            let likeness = title_alike[place];
            words.title_alike += weight * likeness;
            if likeness > 0.999 {
                words.title_found += weight;
            } else if likeness == 0.0 {
                words.title_missed += 1.0;
                words.rarest_title_missed = words.rarest_title_missed.max(weight);
            }
        }
        let total = total.max(0.01);
        words.found /= total;
        words.alike /= total;
        words.title_found /= title_total.max(0.01);
        words.title_alike /= title_total.max(0.01);
        words.in_order = if pairs > 0.0 { ordered / pairs } else { 0.0 };
        words
    }
}

/// How the words of a query and of a name pair up.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) found: f32,
    pub(super) title_found: f32,
    pub(super) alike: f32,
    pub(super) title_alike: f32,
    pub(super) missed: f32,
    pub(super) title_missed: f32,
    pub(super) in_order: f32,
    pub(super) rarest_missed: f32,
    pub(super) rarest_title_missed: f32,
    pub(super) worst: f32,
}
