//! Runs of words, as hashes: which of a message's runs are a spoiler's and not a public text's.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::fold::folded;
use super::{Leak, Secrets};

/// As many words in a row as give something away; a shorter spoiler counts whole.
const RUN: usize = 4;

/// The words of a text of the message.
#[derive(Debug)]
pub(super) struct Piece {
    /// Where it stands.
    pub(super) path: String,
    /// Hashes of its words.
    pub(super) words: Vec<u64>,
    /// Whether it is drawn, so that its end meets the next one's beginning.
    pub(super) drawn: bool,
}

/// The spoilers and public texts to compare with.
#[derive(Debug)]
pub(super) struct Runs {
    spoilers: Vec<Vec<u64>>,
    allowed: Set,
    words: Set,
}

impl Runs {
    pub(super) fn new(secrets: &Secrets<'_>) -> Self {
        let mut allowed = Set::default();
        for text in secrets.allowed {
            let words = folded(text);
            for length in 1..=RUN {
                allowed.extend(words.windows(length).map(key));
            }
        }
        Self {
            spoilers: secrets
                .spoilers
                .iter()
                .map(|spoiler| folded(spoiler.reveal()))
                .collect(),
            allowed,
            words: secrets
                .words
                .iter()
                .flat_map(|word| folded(word))
                .map(|word| key(&[word]))
                .collect(),
        }
    }

    /// Reports each piece that shows a spoiler's run, and each run over neighbouring pieces.
    pub(super) fn judge(&self, pieces: &[Piece], leaks: &mut Vec<Leak>) {
        let stream: Vec<(u64, usize)> = pieces
            .iter()
            .enumerate()
            .filter(|(_, piece)| piece.drawn)
            .flat_map(|(number, piece)| piece.words.iter().map(move |word| (*word, number)))
            .collect();
        let crossing = |run: &&[(u64, usize)]| run[0].1 != run[RUN - 1].1;

        // The message is short and the spoilers are long: look these up among those.
        let mut shown = Set::default();
        for piece in pieces {
            for length in 1..=RUN {
                shown.extend(piece.words.windows(length).map(key));
            }
        }
        for run in stream.windows(RUN).filter(crossing) {
            shown.insert(key_of(run));
        }
        let leaking = self.leaking(&shown);
        if leaking.is_empty() {
            return;
        }

        for piece in pieces {
            let longest = (1..=RUN).rev().find(|length| {
                let mut runs = piece.words.windows(*length).map(key);
                runs.any(|run| leaking.contains(&run) && !self.allowed.contains(&run))
            });
            if let Some(words) = longest {
                let leak = Leak::Words {
                    path: piece.path.clone(),
                    words,
                };
                if !leaks.contains(&leak) {
                    leaks.push(leak);
                }
            }
        }
        for run in stream.windows(RUN).filter(crossing) {
            let public = || {
                run.chunk_by(|a, b| a.1 == b.1).all(|part| {
                    let part = key_of(part);
                    self.allowed.contains(&part) || self.words.contains(&part)
                })
            };
            if leaking.contains(&key_of(run)) && !public() {
                let leak = Leak::Across {
                    path: pieces[run[0].1].path.clone(),
                    next: pieces[run[RUN - 1].1].path.clone(),
                    words: RUN,
                };
                if !leaks.contains(&leak) {
                    leaks.push(leak);
                }
            }
        }
    }

    /// The spoilers' runs that are shown; a spoiler's single word may be public.
    fn leaking(&self, shown: &Set) -> Set {
        let mut leaking = Set::default();
        for words in &self.spoilers {
            let length = words.len().min(RUN);
            if length == 0 {
                continue;
            }
            let runs = words
                .windows(length)
                .map(key)
                .filter(|run| shown.contains(run));
            leaking.extend(runs.filter(|run| length > 1 || !self.words.contains(run)));
        }
        leaking
    }
}

/// One number for a run; runs of different lengths differ.
fn key(words: &[u64]) -> u64 {
    words.iter().copied().fold(words.len() as u64, mix)
}

fn key_of(words: &[(u64, usize)]) -> u64 {
    words
        .iter()
        .map(|(word, _)| *word)
        .fold(words.len() as u64, mix)
}

fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

type Set = HashSet<u64, BuildHasherDefault<Same>>;

/// The keys are hashes already.
#[derive(Debug, Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        // The table uses the top bits and the bottom ones; a product is weak in the latter.
        self.0 = number ^ (number >> 32);
    }
}
