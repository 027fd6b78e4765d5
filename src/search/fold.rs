//! What people type and what films call themselves, brought to one form: case, accents,
//! punctuation, `&`. Numerals and articles of titles are folded in `title`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that say little about what is meant.
const STOP_WORDS: &[&str] = &[
    "a", "about", "an", "and", "are", "as", "at", "be", "by", "did", "do", "does", "for", "from",
    "had", "has", "have", "he", "her", "his", "how", "i", "in", "is", "it", "its", "of", "on",
    "or", "s", "she", "so", "that", "the", "their", "them", "they", "this", "to", "was", "were",
    "what", "when", "where", "which", "who", "why", "will", "with",
];

/// The longest query that is looked at, in characters; titles and labels have at most 300.
pub(super) const QUERY: usize = 300;

/// Folds a text to words: lower case, no accents, no punctuation; an apostrophe joins
/// (`ocean's` is `oceans`), `&` is `and`, other scripts stay as they are.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.nfkd() {
        if c.is_alphanumeric() {
            push_folded(c, &mut word);
        } else if !is_combining_mark(c) && !is_apostrophe(c) {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if c == '&' {
                words.push("and".to_owned());
            }
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Lower case, and the letters that decomposing does not open.
pub(super) fn push_folded(c: char, to: &mut String) {
    for c in c.to_lowercase() {
        match c {
            'ß' => to.push_str("ss"),
            'æ' => to.push_str("ae"),
            'œ' => to.push_str("oe"),
            'ø' => to.push('o'),
            'ł' => to.push('l'),
            'đ' | 'ð' => to.push('d'),
            'þ' => to.push_str("th"),
            'ı' => to.push('i'),
            'ħ' => to.push('h'),
            c if is_combining_mark(c) => {}
            c => to.push(c),
        }
    }
}

pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '′' | '\u{200d}' | '\u{200c}'
    )
}

/// Whether a character only marks another, such as an accent.
pub(super) fn is_mark(c: char) -> bool {
    is_combining_mark(c)
}

/// Whether a folded word says little about what is meant.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}

/// Folds a text to the words that say what is meant; all its words if none of them do.
pub fn content_words(text: &str) -> Vec<String> {
    let words = words(text);
    if words.iter().all(|word| is_stop_word(word)) {
        words
    } else {
        words.into_iter().filter(|w| !is_stop_word(w)).collect()
    }
}

/// Which words of a label a person has typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedWords {
    /// The words that occur in the label, as they were typed; never more of a word than was typed.
    pub words: Vec<String>,
    /// Whether each content word of the label has been typed in full.
    pub whole: bool,
}

/// Finds the words typed that occur in a label: content words that are equal once folded, and the
/// last one typed also as the beginning (3 letters or more) of a word.
pub fn typed_words_in(label: &str, typed: &str) -> TypedWords {
    let wanted = content_words(label);
    let typed: String = typed.chars().take(QUERY).collect();
    let parts: Vec<&str> = typed
        .split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c) || is_apostrophe(c)))
        .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)))
        .filter(|part| !part.is_empty())
        .collect();
    let mut found = vec![false; wanted.len()];
    let mut words_typed = Vec::new();
    for (position, part) in parts.iter().enumerate() {
        let folded = words(part).concat();
        if folded.is_empty() {
            continue;
        }
        let mut matches = false;
        for (word, found) in wanted.iter().zip(&mut found) {
            if *word == folded {
                *found = true;
                matches = true;
            } else if position + 1 == parts.len()
                && folded.chars().count() >= 3
                && word.starts_with(&folded)
            {
                matches = true;
            }
        }
        if matches && !words_typed.iter().any(|word| word == part) {
            words_typed.push((*part).to_owned());
        }
    }
    TypedWords {
        words: words_typed,
        whole: !found.is_empty() && found.into_iter().all(|found| found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_and_punctuation() {
        for (text, folded) in [
            ("Ocean’s Eleven", "oceans eleven"),
            ("Amélie & Co.", "amelie and co"),
            ("WALL·E", "wall e"),
            ("Straße Ø", "strasse o"),
            ("千と千尋", "千と千尋"),
            ("  ||?!\u{0}", ""),
        ] {
            assert_eq!(words(text).join(" "), folded, "{text}");
        }
    }

    #[test]
    fn repeats_only_the_words_typed_that_match() {
        let typed = typed_words_in("The Glass Anchor", "Who has the ANCHOR of gla");

        assert_eq!(typed.words, ["ANCHOR", "gla"]);
        assert!(!typed.whole);
    }

    #[test]
    fn a_label_is_whole_once_its_content_words_are_typed() {
        let typed = typed_words_in("The Glass Anchor", "anchor, glass");

        assert_eq!(typed.words, ["anchor", "glass"]);
        assert!(typed.whole);
    }

    #[test]
    fn a_misspelt_word_is_not_repeated() {
        let typed = typed_words_in("The Glass Anchor", "glas anchr");

        assert_eq!(typed, TypedWords::default());
    }

    #[test]
    fn two_letters_begin_no_word() {
        let typed = typed_words_in("The Glass Anchor", "gl");

        assert_eq!(typed, TypedWords::default());
    }
}
