//! A film's short name in files, components and addresses.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

/// A film's name in files and components: `[a-z0-9-]{1,60}`, such as `anora-2024`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Box<str>);

impl Slug {
    /// The most characters a slug has, so that a component's id (100 characters) holds one.
    pub const MAX: usize = 60;

    /// Takes a slug as it stands; none if it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        ((1..=Self::MAX).contains(&text.len()) && text.chars().all(allowed))
            .then(|| Self(text.into()))
    }

    /// Derives the slug of a film: the title transliterated, cut at a word, and the year.
    ///
    /// A title in which nothing can be transliterated becomes a hash of itself.
    pub fn derive(title: &str, year: Option<i32>) -> Self {
        let year = year.map(|year| format!("-{year}")).unwrap_or_default();
        let title_max = Self::MAX - year.len();
        let mut slug = String::new();
        for word in words(title) {
            let joined = slug.len() + usize::from(!slug.is_empty()) + word.len();
            if joined > title_max {
                break;
            }
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(&word);
        }
        if slug.is_empty() {
            slug = format!("film-{:08x}", xxh3_64(title.as_bytes()) as u32);
        }
        Self((slug + &year).into())
    }

    /// Six characters that stand for the slug where it must not be read, in the alphabet of
    /// fingerprints.
    pub fn key(&self) -> String {
        short_hash(self.0.as_bytes())
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Six characters, 30 bits, of a hash that is the same in every process and build.
pub(super) fn short_hash(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let hash = xxh3_64(bytes);
    (0..6)
        .map(|place| char::from(ALPHABET[(hash >> (5 * place)) as usize & 31]))
        .collect()
}

/// Lower-case ASCII words; an apostrophe joins (`ocean's` is `oceans`).
pub(super) fn words(title: &str) -> Vec<String> {
    let ascii = deunicode::deunicode_with_tofu(title, " ").to_ascii_lowercase();
    ascii
        .replace(['\'', '`'], "")
        .replace('&', " and ")
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_the_folded_title_and_the_year() {
        for (title, year, expected) in [
            ("Anora", Some(2024), "anora-2024"),
            ("Ocean’s Eleven", Some(2001), "oceans-eleven-2001"),
            ("Amélie & Co.", None, "amelie-and-co"),
            ("WALL·E", Some(2008), "wall-e-2008"),
            (
                "千と千尋の神隠し",
                Some(2001),
                "qian-toqian-xun-noshen-yin-si-2001",
            ),
        ] {
            assert_eq!(Slug::derive(title, year).as_str(), expected);
        }
    }

    #[test]
    fn a_long_title_is_cut_at_a_word_and_keeps_its_year() {
        let title = "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb";

        let slug = Slug::derive(title, Some(1964));

        assert_eq!(
            slug.as_str(),
            "dr-strangelove-or-how-i-learned-to-stop-worrying-and-1964"
        );
    }

    #[test]
    fn a_title_without_letters_becomes_a_hash() {
        let slug = Slug::derive("???", None);

        assert!(slug.as_str().starts_with("film-"), "{slug}");
        assert!(Slug::parse(slug.as_str()).is_some());
    }

    #[test]
    fn refuses_what_is_not_a_slug() {
        for text in ["", "Anora", "an ora", "a/b", &"a".repeat(61)] {
            assert_eq!(Slug::parse(text), None, "{text}");
        }
    }
}
