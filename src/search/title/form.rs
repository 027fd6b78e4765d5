//! The forms in which titles and queries are compared: ASCII words without punctuation, and the
//! plain form, in which articles are gone and numerals are digits.

use crate::search::fold::{self, is_apostrophe};

/// The longest name that is kept, in bytes; the rest of a longer one says nothing more.
pub(super) const NAME: usize = 120;

const ARTICLES: [&[u8]; 3] = [b"the", b"a", b"an"];
const NUMBERS: [&[u8]; 21] = [
    b"zero",
    b"one",
    b"two",
    b"three",
    b"four",
    b"five",
    b"six",
    b"seven",
    b"eight",
    b"nine",
    b"ten",
    b"eleven",
    b"twelve",
    b"thirteen",
    b"fourteen",
    b"fifteen",
    b"sixteen",
    b"seventeen",
    b"eighteen",
    b"nineteen",
    b"twenty",
];
const ROMAN: [&[u8]; 21] = [
    b"-", b"i", b"ii", b"iii", b"iv", b"v", b"vi", b"vii", b"viii", b"ix", b"x", b"xi", b"xii",
    b"xiii", b"xiv", b"xv", b"xvi", b"xvii", b"xviii", b"xix", b"xx",
];
const DIGITS: [&[u8]; 21] = [
    b"0", b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"9", b"10", b"11", b"12", b"13", b"14",
    b"15", b"16", b"17", b"18", b"19", b"20",
];

/// A text as ASCII words: `text` holds them without spaces, `starts` where each begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) text: Vec<u8>,
    pub(super) starts: Vec<u8>,
}

impl Form {
    /// Folds a text. Other scripts are transliterated, `&` is `and`, an apostrophe joins.
    pub(super) fn new(text: &str) -> Self {
        let mut form = Self::default();
        let mut open = false;
        for c in text.chars() {
            if form.text.len() >= NAME {
                break;
            }
            if c.is_ascii_alphanumeric() {
                form.letter(c.to_ascii_lowercase() as u8, &mut open);
            } else if is_apostrophe(c) {
                // `ocean's` is `oceans`
            } else if c == '&' || c == '+' {
                form.word(b"and");
                open = false;
            } else if c == '$' && open {
                form.letter(b's', &mut open);
            } else if c.is_ascii() {
                open = false;
            } else {
                form.transliterated(c, &mut open);
            }
        }
        form.text.truncate(NAME);
        form.mend();
        form
    }

    fn transliterated(&mut self, c: char, open: &mut bool) {
        if c.is_numeric() {
            // `8½` is `8 1/2`
            *open = false;
        }
        if fold::is_mark(c) {
            return;
        }
        let Some(ascii) = deunicode::deunicode_char(c) else {
            *open = false;
            return;
        };
        for byte in ascii.bytes() {
            if byte.is_ascii_alphanumeric() {
                self.letter(byte.to_ascii_lowercase(), open);
            } else if byte != b'\'' {
                *open = false;
            }
        }
    }

    fn letter(&mut self, byte: u8, open: &mut bool) {
        if !*open {
            self.starts.push(self.text.len() as u8);
            *open = true;
        }
        self.text.push(byte);
    }

    fn word(&mut self, word: &[u8]) {
        self.starts.push(self.text.len() as u8);
        self.text.extend_from_slice(word);
    }

    /// `rock n roll` is `rock and roll`; a word that was cut off is gone.
    fn mend(&mut self) {
        let length = self.text.len() as u8;
        self.starts.retain(|start| *start < length);
        let words = self.starts.len();
        let lone_n = |form: &Self, at: usize| form.get(at) == b"n";
        if (1..words.saturating_sub(1)).any(|at| lone_n(self, at)) {
            let old = std::mem::take(self);
            for at in 0..words {
                let inner = at > 0 && at + 1 < words;
                let joins = inner && lone_n(&old, at);
                self.word(if joins { b"and" } else { old.get(at) });
            }
            self.text.truncate(NAME);
            let length = self.text.len() as u8;
            self.starts.retain(|start| *start < length);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    pub(super) fn get(&self, word: usize) -> &[u8] {
        let end = self.starts.get(word + 1).copied();
        let end = end.map_or(self.text.len(), usize::from);
        &self.text[usize::from(self.starts[word])..end]
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|word| self.get(word))
    }

    /// The words from one to before another.
    pub(super) fn part(&self, words: std::ops::Range<usize>) -> Self {
        let mut part = Self::default();
        for word in words {
            part.word(self.get(word));
        }
        part
    }

    /// The plain form: articles dropped (unless nothing else is there), numerals as digits.
    pub(super) fn plain(&self) -> Self {
        let mut plain = Self::default();
        self.plain_into(&mut plain);
        plain
    }

    /// The plain form, into one that is used again.
    pub(super) fn plain_into(&self, plain: &mut Self) {
        plain.text.clear();
        plain.starts.clear();
        for (at, word) in self.words().enumerate() {
            if !is_article(word) {
                plain.word(digits(word, at).unwrap_or(word));
            }
        }
        if plain.text.is_empty() {
            plain.text.extend_from_slice(&self.text);
            plain.starts.extend_from_slice(&self.starts);
        }
        plain.text.truncate(NAME);
        let length = plain.text.len() as u8;
        plain.starts.retain(|start| *start < length);
    }

    /// How many bytes an article at the start takes, if other words follow.
    pub(super) fn article(&self) -> usize {
        match self.starts.get(1) {
            Some(second) if is_article(self.get(0)) => usize::from(*second),
            _ => 0,
        }
    }
}

pub(super) fn is_article(word: &[u8]) -> bool {
    word.len() <= 3 && ARTICLES.contains(&word)
}

/// A number word or a roman numeral as digits. A lone `i` or `v` at the start is a letter.
pub(super) fn digits(word: &[u8], at: usize) -> Option<&'static [u8]> {
    let roman =
        word.len() <= 5 && at > 0 && word.iter().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    if roman {
        return ROMAN.iter().position(|r| *r == word).map(|n| DIGITS[n]);
    }
    if !(3..=9).contains(&word.len())
        || !matches!(word[0], b'z' | b'o' | b't' | b'f' | b's' | b'e' | b'n')
    {
        return None;
    }
    NUMBERS.iter().position(|n| *n == word).map(|n| DIGITS[n])
}

/// A query's year at its end (`dune 2021`, `dune (2021)`) and what stands before it.
pub(super) fn year_apart(query: &str) -> Option<(&str, u16)> {
    let trimmed = query.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let at = trimmed.len().checked_sub(4)?;
    let digits = trimmed.get(at..)?;
    let before = trimmed.get(..at)?;
    let year: u16 = digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())??;
    let apart = before
        .chars()
        .next_back()
        .is_some_and(|c| !c.is_alphanumeric());
    let rest = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    ((1870..=2099).contains(&year) && apart && !rest.is_empty()).then_some((rest, year))
}

/// Where a title falls in two, as positions of words: before each `:` and ` - `.
pub(super) fn seams(title: &str) -> Vec<usize> {
    let mut seams = Vec::new();
    for (at, c) in title.char_indices() {
        let dash = matches!(c, '-' | '–' | '—')
            && title[..at].ends_with(' ')
            && title[at + c.len_utf8()..].starts_with(' ');
        if c == ':' || dash {
            let before = Form::new(&title[..at]).len();
            if before > 0 && seams.last() != Some(&before) && seams.len() < 4 {
                seams.push(before);
            }
        }
    }
    seams
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(form: &Form) -> String {
        let words: Vec<_> = form
            .words()
            .map(|word| String::from_utf8_lossy(word).into_owned())
            .collect();
        words.join(" ")
    }

    #[test]
    fn folds_to_ascii_words() {
        for (title, expected) in [
            ("Ocean’s Eleven", "oceans eleven"),
            ("8½", "8 1 2"),
            ("WALL·E", "wall e"),
            ("Rock n Roll", "rock and roll"),
            ("Fun & Games", "fun and games"),
            ("Amélie", "amelie"),
            ("Москва", "moskva"),
            ("Succe$s", "success"),
            ("?!", ""),
        ] {
            assert_eq!(shown(&Form::new(title)), expected, "{title}");
        }
    }

    #[test]
    fn the_plain_form_has_digits_and_no_articles() {
        for (title, expected) in [
            ("The Lamp of the Seven Seas", "lamp of 7 seas"),
            ("Lamp II", "lamp 2"),
            ("I, Lamp", "i lamp"),
            ("The A", "the a"),
        ] {
            assert_eq!(shown(&Form::new(title).plain()), expected, "{title}");
        }
    }

    #[test]
    fn the_year_is_read_apart() {
        assert_eq!(year_apart("dune 2021"), Some(("dune", 2021)));
        assert_eq!(year_apart("dune (2021)"), Some(("dune", 2021)));
        for query in ["2012", "dune2021", "dune 21", "", "日本", "a 9999"] {
            assert_eq!(year_apart(query), None, "{query}");
        }
    }

    #[test]
    fn a_title_falls_in_two_at_colons_and_dashes() {
        assert_eq!(seams("Salt Lamp 2: The Return - Again"), [3, 5]);
        assert_eq!(seams("Salt-Lamp"), [0_usize; 0]);
        assert_eq!(seams(": Salt"), [0_usize; 0]);
    }
}
