//! What a line looks like: a sentence, prose, a title, a heading. Form only, no vocabulary of
//! films or pages.

/// Words that title case leaves small.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "de", "del", "der", "du", "en", "et", "for", "from",
    "il", "in", "into", "is", "la", "le", "nor", "of", "on", "onto", "or", "over", "per", "the",
    "to", "und", "van", "via", "von", "vs", "vs.", "with", "y",
];

/// The longest line that may be a heading, in words.
const HEADING_WORDS: usize = 14;

/// Whether a word is one that title case leaves small.
pub(super) fn is_small(word: &str) -> bool {
    SMALL.contains(&word.to_lowercase().as_str())
}

/// Whether every word that counts begins with a capital, as in titles; scripts without capitals
/// pass.
pub(super) fn is_title_case(text: &str) -> bool {
    text.split(' ').filter(|word| !is_small(word)).all(|word| {
        word.chars()
            .find(|c| c.is_alphanumeric())
            .is_none_or(|c| !c.is_lowercase())
    })
}

/// Whether a sentence ends here, closing quotes and brackets aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '*', '_'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Whether a line reads as a sentence: it ends like one, or is too long for anything else.
pub(super) fn is_sentence(text: &str) -> bool {
    ends_sentence(text) || word_count(text) > HEADING_WORDS
}

/// Whether a line is surely a paragraph of the article, not a teaser or a caption.
pub(super) fn is_prose(text: &str) -> bool {
    let words = word_count(text);
    let sentences = text
        .split(' ')
        .filter(|word| ends_sentence(word) && !is_abbreviation(word))
        .count();
    words > 20 || (words >= 12 && sentences >= 2)
}

/// Whether a line may be a heading: short, capital first, and no sentence but a question.
pub(super) fn is_heading(text: &str) -> bool {
    let words = word_count(text);
    let begins = text
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| !c.is_lowercase());
    let ends = match text
        .trim_end_matches(['"', '\'', '”', '’', ')'])
        .chars()
        .next_back()
    {
        Some('.' | ',' | ';' | '…' | '。') => false,
        Some(':') => words <= 5 && is_title_case(text),
        Some('!') => is_title_case(text),
        Some('?') => !text.trim_end_matches('?').contains(['.', '?', '!']),
        _ => words <= 9 || is_title_case(text),
    };
    begins && ends && words <= HEADING_WORDS && text.chars().count() <= 120
}

/// Whether a word is short for another: `Dr.`, `J.`, `vs.`.
pub(super) fn is_abbreviation(word: &str) -> bool {
    word.strip_suffix('.')
        .is_some_and(|stem| (1..=3).contains(&stem.chars().count()) && is_title_case(stem))
}

/// Counts words as people see them.
pub(super) fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_short_and_no_sentences() {
        for line in [
            "The Last Tide",
            "The play as a cure",
            "Why the Lamp is Lit & Why That Matters",
            "Does the keeper know?",
            "Themes:",
            "It's Alive!",
        ] {
            assert!(is_heading(line), "{line}");
        }
        for line in [
            "The lamp goes out.",
            "“The sea keeps what it takes.”",
            "close reads",
            "But what it suggests is:",
            "As he came near he saw it was a man, and, going on with",
            "She rows. Does he know?",
        ] {
            assert!(!is_heading(line), "{line}");
        }
    }

    #[test]
    fn prose_is_long_or_of_several_sentences() {
        assert!(is_prose(
            "The keeper rows out to the wreck at night. Nobody else would have gone so far."
        ));
        assert!(!is_prose(
            "A two-line verdict on the film stands here, as a teaser."
        ));
        assert!(!is_prose("Home. Films. About."));
    }
}
