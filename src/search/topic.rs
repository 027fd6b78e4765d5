//! Entries of all films by the words of their labels and texts: lists from each stem to the
//! entries that have it, so that no text is read to answer.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};

use super::fold;
use super::likeness::Word;
use super::{PassagePlace, Scope, SectionPlace};
use crate::corpus::{Corpus, Kind, Spoiler};

/// Lists longer than this are only read for words of labels: such a word tells little.
const COMMON: usize = 20_000;
/// What a word found in the text alone, or by a word that means the same, counts.
const IN_TEXT: f32 = 0.45;
const SAME_MEANING: f32 = 0.85;
/// Words of a query that are compared with all stems for a slip, which takes a millisecond or so.
const SCANS: usize = 2;
/// Low bit of an entry in a list.
const IN_LABEL: u32 = 1;

/// Words that film talk uses for one another, as they are typed; compared by their stems.
const SAME: &[&[&str]] = &[
    &["ring", "diamond", "engagement"],
    &["stripper", "prostitute", "escort", "hooker", "dancer"],
    &["mother", "mum", "mom", "mama"],
    &["father", "dad", "daddy", "papa"],
    &["husband", "spouse", "wife"],
    &["marriage", "wedding", "marry"],
    &["kill", "murder", "slay"],
    &["death", "die", "dead", "demise"],
    &["kid", "child", "children"],
    &["cop", "police", "policeman", "detective"],
    &["car", "vehicle", "automobile"],
    &["gun", "pistol", "revolver", "rifle"],
    &["cash", "money", "fortune"],
    &["dream", "nightmare"],
    &["house", "home", "mansion"],
    &["ghost", "spirit", "phantom"],
    &["alien", "extraterrestrial"],
    &["robot", "android", "machine"],
    &["twist", "reveal", "revelation"],
    &["symbol", "metaphor", "symbolism"],
    &["spinning", "top", "totem"],
    &["guy", "man"],
    &["girl", "woman", "lady"],
    &["boss", "chief"],
    &["sea", "ocean"],
    &["ship", "boat", "vessel"],
    &["photo", "picture", "photograph"],
];

/// One entry's place and the kind of its section.
#[derive(Debug, Clone, Copy)]
struct Entry {
    place: PassagePlace,
    kind: Kind,
}

/// The entries of a corpus by their words.
#[derive(Debug, Default)]
pub(super) struct Topics {
    /// In the order of the corpus.
    entries: Vec<Entry>,
    /// All stems, in the order of the alphabet.
    stems: Vec<Box<str>>,
    /// Where the list of each stem ends.
    ends: Vec<u32>,
    /// Twice the entry, and whether it is in the label.
    lists: Vec<u32>,
    same: HashMap<Box<str>, Vec<u32>>,
}

impl Topics {
    pub(super) fn new(corpus: &Corpus) -> Self {
        let mut topics = Self::default();
        let stemmer = Stemmer::create(Algorithm::English);
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut lists: Vec<(Box<str>, Vec<u32>)> = Vec::new();
        let mut by_stem: HashMap<Box<str>, u32> = HashMap::new();
        for_each_entry(corpus, |place, kind, label, text| {
            let entry = topics.entries.len() as u32;
            topics.entries.push(Entry { place, kind });
            for (words, low) in [(fold::words(label), IN_LABEL), (fold::words(text), 0)] {
                for word in words {
                    let list = *known.entry(word).or_insert_with_key(|word| {
                        let stem: Box<str> = stemmer.stem(word).into();
                        *by_stem.entry(stem).or_insert_with_key(|stem| {
                            lists.push((stem.clone(), Vec::new()));
                            lists.len() as u32 - 1
                        })
                    });
                    let list = &mut lists[list as usize].1;
                    if list.last().is_none_or(|last| last >> 1 != entry) {
                        list.push(entry << 1 | low);
                    }
                }
            }
        });
        lists.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for (stem, list) in lists {
            topics.stems.push(stem);
            topics.lists.extend(list);
            topics.ends.push(topics.lists.len() as u32);
        }
        topics.same = same_meaning(&topics.stems);
        topics
    }

    fn list(&self, stem: usize) -> &[u32] {
        let from = stem.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.lists[from as usize..self.ends[stem] as usize]
    }

    /// Searches all films for the entries that hold most of what was typed, each with how much.
    pub(super) fn search(
        &self,
        typed: &[Word],
        scope: Scope<'_>,
        limit: usize,
    ) -> Vec<(PassagePlace, f64)> {
        let mut sums = vec![0.0_f32; self.entries.len()];
        let mut best = vec![0.0_f32; self.entries.len()];
        let mut touched = Vec::new();
        let mut total = 0.0;
        let mut scans = SCANS;
        let final_word = typed.len().saturating_sub(1);
        for (at, word) in typed.iter().enumerate() {
            let meant = self.meant(word, at == final_word, &mut scans);
            let weight = word.weight as f32 * self.rarity(&meant);
            total += weight;
            for (stem, likeness) in meant {
                let entries = self.list(stem);
                let common = entries.len() > COMMON;
                for entry in entries {
                    let in_label = entry & IN_LABEL != 0;
                    if common && !in_label {
                        continue;
                    }
                    let value = if in_label {
                        likeness
                    } else {
                        likeness * IN_TEXT
                    };
                    let best = &mut best[(entry >> 1) as usize];
                    if *best == 0.0 {
                        touched.push(entry >> 1);
                    }
                    *best = best.max(value * weight);
                }
            }
            // A word counts once for an entry, however it was found.
            for entry in &touched {
                let best = std::mem::take(&mut best[*entry as usize]);
                sums[*entry as usize] += best;
            }
            touched.clear();
        }
        let fits = |entry: &Entry| scope.kinds.is_empty() || scope.kinds.contains(&entry.kind);
        let found = sums.iter().zip(&self.entries);
        let mut found: Vec<(f32, PassagePlace)> = found
            .filter(|(sum, entry)| **sum > 0.0 && fits(entry))
            .map(|(sum, entry)| (sum / f32::max(total, 0.01), entry.place))
            .collect();
        if found.len() > limit && limit > 0 {
            found.select_nth_unstable_by(limit - 1, |a, b| b.0.total_cmp(&a.0));
            found.truncate(limit);
        }
        let found = found.into_iter();
        found
            .map(|(share, place)| (place, f64::from(share)))
            .collect()
    }

    /// The stems that a word may mean, each with how like it is.
    fn meant(&self, word: &Word, unfinished: bool, scans: &mut usize) -> Vec<(usize, f32)> {
        let mut meant = Vec::new();
        if let Ok(stem) = self.find(&word.stem) {
            meant.push((stem, 1.0));
        }
        let in_labels = |stem: usize| self.list(stem).iter().any(|entry| entry & IN_LABEL != 0);
        let is_label_word = meant.first().is_some_and(|(stem, _)| in_labels(*stem));
        let letters = word.text.chars().count();
        if unfinished && letters >= 3 && !is_label_word {
            let from = self.stems.partition_point(|stem| **stem < *word.text);
            let begun = self.stems[from..]
                .iter()
                .take_while(|stem| stem.starts_with(&word.text));
            meant.extend(begun.enumerate().take(50).map(|(at, _)| (from + at, 0.8)));
        }
        for same in self.same.get(&*word.stem).into_iter().flatten() {
            meant.push((*same as usize, SAME_MEANING));
        }
        if !is_label_word && letters >= 4 && word.weight > 0.5 && *scans > 0 {
            *scans -= 1;
            self.misspelt(word, &mut meant);
        }
        meant
    }

    /// Stems one letter away, or two for a long word.
    fn misspelt(&self, word: &Word, to: &mut Vec<(usize, f32)>) {
        let allowed = if word.text.len() >= 8 { 2 } else { 1 };
        let wanted = word.stem.as_bytes();
        for (at, stem) in self.stems.iter().enumerate() {
            let other = stem.as_bytes();
            if other.len().abs_diff(wanted.len()) > allowed || other == wanted {
                continue;
            }
            let start = wanted.iter().zip(other).take_while(|(a, b)| a == b).count();
            let end = wanted.iter().rev().zip(other.iter().rev());
            let end = end.take_while(|(a, b)| a == b).count();
            if start + end + 2 * allowed < wanted.len().max(other.len()) {
                continue;
            }
            let distance = strsim::osa_distance(&word.stem, stem);
            if distance <= allowed {
                let likeness = 0.95 - 0.8 * distance as f32 / wanted.len().max(other.len()) as f32;
                to.push((at, likeness));
            }
        }
    }

    fn find(&self, stem: &str) -> Result<usize, usize> {
        self.stems.binary_search_by(|known| (**known).cmp(stem))
    }

    /// How much a word says: 1 if few entries have it, or none.
    fn rarity(&self, meant: &[(usize, f32)]) -> f32 {
        let most = meant.iter().map(|(stem, _)| self.list(*stem).len()).max();
        let share = (most.unwrap_or(0) as f32 + 1.0).ln() / (self.entries.len() as f32 + 2.0).ln();
        1.0 - 0.5 * share
    }
}

fn for_each_entry(corpus: &Corpus, mut each: impl FnMut(PassagePlace, Kind, &str, &str)) {
    for (film, told) in corpus.films().iter().enumerate() {
        for (article, told) in told.articles.iter().enumerate() {
            for (section, part) in told.sections.iter().enumerate() {
                let section = SectionPlace {
                    film,
                    article,
                    section,
                };
                for (passage, entry) in part.entries() {
                    let label = entry.label.as_ref().map_or("", Spoiler::reveal);
                    let place = PassagePlace { section, passage };
                    each(place, part.kind, label, entry.text.reveal());
                }
            }
        }
    }
}

/// From each stem to the positions of the stems that mean the same.
fn same_meaning(stems: &[Box<str>]) -> HashMap<Box<str>, Vec<u32>> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut same: HashMap<Box<str>, Vec<u32>> = HashMap::new();
    for group in SAME {
        let group: Vec<Box<str>> = group.iter().map(|word| stemmer.stem(word).into()).collect();
        for word in &group {
            let others = group.iter().filter(|other| *other != word);
            let others = others.filter_map(|other| stems.binary_search(other).ok());
            let to = same.entry(word.clone()).or_default();
            to.extend(others.map(|other| other as u32));
        }
    }
    same
}
