//! How alike two words, and two runs of words, are: equal, of one stem, misspelt, half typed.

use rust_stemmers::{Algorithm, Stemmer};

use super::fold;

/// A folded word with what is compared of it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) stem: String,
    /// Content words weigh more than stop words.
    pub(super) weight: f64,
}

/// Folds a text to words that can be compared.
pub(super) fn words(text: &str) -> Vec<Word> {
    let stemmer = Stemmer::create(Algorithm::English);
    let folded = fold::words(text);
    let only_stop_words = folded.iter().all(|word| fold::is_stop_word(word));
    folded
        .into_iter()
        .map(|text| Word {
            stem: stemmer.stem(&text).into_owned(),
            weight: if !only_stop_words && fold::is_stop_word(&text) {
                0.15
            } else {
                1.0
            },
            text,
        })
        .collect()
}

/// How alike two words are, 0 to 1. `unfinished` lets the first be the beginning of the second.
pub(super) fn word(typed: &Word, meant: &Word, unfinished: bool) -> f64 {
    if typed.text == meant.text {
        return 1.0;
    }
    if typed.stem == meant.stem {
        return 0.95;
    }
    let length = typed.text.chars().count();
    if unfinished && length >= 3 && meant.text.starts_with(&typed.text) {
        return 0.85;
    }
    let longer = length.max(meant.text.chars().count());
    let allowed = match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    if allowed == 0 || longer - length.min(longer) > allowed {
        return 0.0;
    }
    let distance = strsim::osa_distance(&typed.text, &meant.text)
        .min(strsim::osa_distance(&typed.stem, &meant.stem) + usize::from(allowed == 1));
    if distance > allowed {
        return 0.0;
    }
    0.95 - 0.8 * distance as f64 / longer as f64
}

/// How well the words of one side find a word of the other, weighed, 0 to 1.
pub(super) fn found(typed: &[Word], meant: &[Word]) -> f64 {
    let last = typed.len().saturating_sub(1);
    weighed(typed, |position, one| {
        let best = meant.iter().map(|other| word(one, other, position == last));
        best.fold(0.0, f64::max)
    })
}

/// How much of what is meant has been typed, weighed, 0 to 1.
pub(super) fn covered(typed: &[Word], meant: &[Word]) -> f64 {
    weighed(meant, |_, one| {
        let best = typed.iter().map(|other| word(other, one, false));
        best.fold(0.0, f64::max)
    })
}

/// The weighed mean of a value of each word; 0 without words.
pub(super) fn weighed(words: &[Word], value: impl Fn(usize, &Word) -> f64) -> f64 {
    let total: f64 = words.iter().map(|word| word.weight).sum();
    if total <= 0.0 {
        return 0.0;
    }
    let sum: f64 = words
        .iter()
        .enumerate()
        .map(|(position, word)| word.weight * value(position, word))
        .sum();
    sum / total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_when_equal_inflected_misspelt_or_half_typed() {
        let alike = |typed: &str, meant: &str| found(&words(typed), &words(meant));

        for (typed, meant, least) in [
            ("anchor", "The Anchor", 1.0),
            ("endings", "ending", 0.9),
            ("anhcor", "anchor", 0.7),
            ("anc", "anchor", 0.8),
        ] {
            assert!(alike(typed, meant) >= least, "{typed} {meant}");
        }
        assert!(alike("anchor", "engine") < 0.01);
        assert!(alike("", "engine") < 0.01);
    }
}
