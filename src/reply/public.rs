//! Text that anyone may read.

use std::fmt::Write as _;

/// Text that anyone may read: our own sentences, a film's title, a source's name.
///
/// It cannot be made from a [`Spoiler`](crate::corpus::Spoiler). It holds no control, bidi or
/// zero-width character and no bar; markdown is escaped where it is rendered, except in our own
/// words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublicText {
    text: String,
    origin: Origin,
}

/// Whose words a public text is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Origin {
    /// Ours, with parts of other people's.
    #[default]
    Composed,
    /// Ours alone, with numbers at most.
    Own,
    /// Those of a film file, which gives them as public: a film's name, a source, a heading.
    Declared,
}

impl PublicText {
    /// Cleans a text that may be shown.
    pub fn new(text: &str) -> Self {
        let mut clean = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            let word: String = word
                .chars()
                .filter(|c| is_plain(*c))
                .map(|c| if c == '|' { '¦' } else { c })
                .collect();
            if !word.is_empty() {
                let space = if clean.is_empty() { "" } else { " " };
                let _ = write!(clean, "{space}{word}");
            }
        }
        Self {
            text: clean,
            origin: Origin::Composed,
        }
    }

    /// Our own words, with numbers at most: "Theme 2 of 4".
    pub fn own(text: &str) -> Self {
        Self {
            origin: Origin::Own,
            ..Self::new(text)
        }
    }

    /// A text that a film file gives as public: a film's name, a source, a heading marked as
    /// harmless.
    pub fn declared(text: &str) -> Self {
        Self {
            origin: Origin::Declared,
            ..Self::new(text)
        }
    }

    /// Whether it is ours alone.
    pub fn is_own(&self) -> bool {
        self.origin == Origin::Own
    }

    /// Whether its words may stand although covered text uses them, too: an article may well
    /// have a heading "Open questions" or tell of its film by name.
    pub fn may_stand(&self) -> bool {
        self.origin != Origin::Composed
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl From<&'static str> for PublicText {
    fn from(text: &'static str) -> Self {
        Self::own(text)
    }
}

impl From<String> for PublicText {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

/// Neither a control, nor something that turns the direction of text, nor invisible
/// (Unicode's bidi controls, zero-width characters, tags, fillers and variation selectors but
/// the emoji one).
pub(crate) fn is_plain(c: char) -> bool {
    !c.is_control()
        && !is_bidi(c)
        && !matches!(c,
        '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}' | '\u{034F}'
        | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{3164}' | '\u{FFA0}'
        | '\u{FE00}'..='\u{FE0E}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Turns the direction of the text around it.
pub(crate) fn is_bidi(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{206A}'..='\u{206F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_become_broken_bars_and_invisible_characters_go() {
        let text = PublicText::new(" a||b\u{200B}\u{202E}c\u{7}\n d ");

        assert_eq!(text.as_str(), "a¦¦bc d");
    }
}
