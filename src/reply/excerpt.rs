//! Cutting text at the ends of sentences and paragraphs, before any of it is covered. Lengths are
//! UTF-16 code units, the safe reading of what Discord counts.

use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::{Article, Passage, Section, Spoiler};

use super::{Block, Covered, Excerpt, PublicText};

/// What a page holds. Escaping at most doubles it and covers add a little to each paragraph, so
/// that a page always fits an embed's description (4,096; Discord, "Embed Limits").
pub(super) const PAGE: usize = 1_500;
/// What a paragraph costs beyond its text: bars, bold marks, line ends.
const PARAGRAPH_COST: usize = 24;
/// The fewest units worth putting at the end of a page or an excerpt.
const WORTH_CUTTING: usize = 200;

/// How far behind a cut the ends of sentences and words are looked for.
const LOOK_AHEAD: usize = 100;

/// A passage, or a piece of it.
struct Piece<'a> {
    passage: &'a Passage,
    text: &'a str,
    /// Whether the passage begins here, so that its label belongs to this piece.
    first: bool,
}

/// The pages of a section, and whether a rest of it is left out because the article may only be
/// quoted. There is always a page.
pub(super) fn pages(
    article: &Article,
    section: &Section,
    excerpt: Excerpt,
) -> (Vec<Vec<Block>>, bool) {
    let whole = article.source.licence.is_some();
    let (pieces, cut_off) = quoted(
        &section.passages,
        if whole { usize::MAX } else { excerpt.0 },
    );
    let mut pages = vec![Vec::new()];
    let mut room = PAGE;
    for mut piece in pieces {
        loop {
            let label = piece.passage.label.as_ref().filter(|_| piece.first);
            let cost = PARAGRAPH_COST + label.map_or(0, |label| length(label.reveal()));
            let budget = room.saturating_sub(cost);
            let fits = is_within(piece.text, budget);
            let fits_alone = cost <= PAGE && is_within(piece.text, PAGE - cost);
            if !fits && room < PAGE && (fits_alone || budget < WORTH_CUTTING) {
                pages.push(Vec::new());
                room = PAGE;
                continue;
            }
            let (text, rest) = cut(piece.text, budget);
            room = budget.saturating_sub(length(text));
            if let Some(page) = pages.last_mut() {
                page.push(block(section, &Piece { text, ..piece }));
            }
            if rest.is_empty() {
                break;
            }
            piece = Piece {
                text: rest,
                first: false,
                ..piece
            };
        }
    }
    (pages, cut_off)
}

/// One passage as it may be shown, and whether a rest of it is left out. A reply quotes no more of
/// a section than `excerpt`, whatever parts of it it shows.
pub(super) fn passage(
    article: &Article,
    section: &Section,
    passage: &Passage,
    excerpt: Excerpt,
) -> (Block, bool) {
    let label = passage.label.as_ref();
    let room = PAGE - label.map_or(0, |label| length(label.reveal())).min(PAGE);
    let limit = if article.source.licence.is_some() {
        room
    } else {
        excerpt.0.min(room)
    };
    let (text, rest) = cut(passage.text.reveal(), limit);
    (
        block(
            section,
            &Piece {
                passage,
                text,
                first: true,
            },
        ),
        !rest.is_empty(),
    )
}

/// The passages up to a limit, the last of them cut at the end of a sentence.
fn quoted(passages: &[Passage], limit: usize) -> (Vec<Piece<'_>>, bool) {
    let mut left = limit;
    let mut pieces = Vec::new();
    for passage in passages {
        let whole = passage.text.reveal();
        let (text, rest) = cut(whole, left);
        if !rest.is_empty() && !pieces.is_empty() && left < WORTH_CUTTING {
            return (pieces, true);
        }
        pieces.push(Piece {
            passage,
            text,
            first: true,
        });
        if !rest.is_empty() {
            return (pieces, true);
        }
        left = left.saturating_sub(length(whole));
    }
    (pieces, false)
}

/// A piece under a cover, unless its section says that it spoils nothing and its label, if it
/// shows one, says so as well.
fn block(section: &Section, piece: &Piece<'_>) -> Block {
    let passage = piece.passage;
    let label = passage.label.as_ref().filter(|_| piece.first);
    if !section.spoils && (label.is_none() || !passage.label_spoils) {
        let words = PublicText::declared(&match label {
            Some(label) => format!("{}: {}", label.reveal(), piece.text),
            None => piece.text.to_owned(),
        });
        return if passage.bullet {
            Block::Bullet(words)
        } else {
            Block::Line(words)
        };
    }
    Block::Covered(Covered {
        film: None,
        label: label.cloned(),
        text: Spoiler::new(piece.text),
        bullet: passage.bullet,
    })
}

/// The length of a text as Discord counts, on the safe side.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The longest beginning of at most `limit` units that ends with a sentence, else with a word,
/// else with a character; and the rest. The beginning of a text is never empty.
pub(super) fn cut(text: &str, limit: usize) -> (&str, &str) {
    let reach = reach(text, limit);
    if reach == text.len() {
        return (text, "");
    }
    // What lies far behind the cut has no say in where it falls, and may be long.
    let near = &text[..self::reach(&text[reach..], LOOK_AHEAD) + reach];
    let last = |ends: &mut dyn Iterator<Item = usize>, least: usize| {
        ends.take_while(|end| *end <= reach)
            .filter(|end| *end > least)
            .last()
    };
    let end = last(
        &mut near.split_sentence_bound_indices().map(|(start, _)| start),
        reach / 3,
    )
    .or_else(|| {
        last(
            &mut near.split_word_bound_indices().map(|(start, _)| start),
            reach / 3,
        )
    })
    .or_else(|| last(&mut near.grapheme_indices(true).map(|(start, _)| start), 0))
    .unwrap_or(reach);
    let (piece, rest) = text.split_at(end);
    (piece.trim_end(), rest.trim_start())
}

/// Whether a text has at most `limit` units.
fn is_within(text: &str, limit: usize) -> bool {
    text.is_empty() || (limit > 0 && reach(text, limit) == text.len())
}

/// The offset up to which a text has at most `limit` units, at least one character of it.
fn reach(text: &str, limit: usize) -> usize {
    let mut units = 0;
    for (start, c) in text.char_indices() {
        units += c.len_utf16();
        if units > limit && start > 0 {
            return start;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_a_sentence_else_a_word_else_a_character() {
        assert_eq!(
            cut("One two. Three four.", 30),
            ("One two. Three four.", "")
        );
        assert_eq!(cut("One two. Three four.", 15), ("One two.", "Three four."));
        assert_eq!(cut("One two three four", 12), ("One two", "three four"));
        assert_eq!(cut("abcdefgh", 3), ("abc", "defgh"));
        assert_eq!(cut("👩‍👩‍👧👩‍👩‍👧", 9), ("👩‍👩‍👧", "👩‍👩‍👧"));
        assert_eq!(cut("👩", 1), ("👩", ""));
    }

    #[test]
    fn cutting_loses_nothing_but_white_space() {
        let text = "A sentence of some words. ".repeat(40);
        let mut rest = text.as_str();
        let mut words = Vec::new();
        while !rest.is_empty() {
            let (piece, more) = cut(rest, 70);
            assert!(!piece.is_empty() && length(piece) <= 70, "{piece}");
            words.extend(piece.split_whitespace());
            rest = more;
        }

        assert_eq!(words, text.split_whitespace().collect::<Vec<_>>());
    }
}
