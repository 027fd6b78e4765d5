//! The parts of an article to sections of a film file: kinds, labels, and passages no longer than
//! a film file allows.

use unicode_segmentation::UnicodeSegmentation;

use super::label::{self, Draft};
use super::sections::Part;
use crate::corpus::{Kind, Passage, Section, Spoiler, limits};

/// Makes sections of parts. A heading without a known kind leaves the kind to its place.
pub(super) fn sections(parts: Vec<Part<'_>>) -> Vec<Section> {
    let count = parts.len();
    let finish = |(at, mut part): (usize, Part<'_>)| {
        let kind = match part.kind() {
            // A summary at the very end looks back on the article, not on the film.
            Some(Kind::Recap) if count >= 3 && at + 1 == count => Kind::FinalThoughts,
            Some(kind) => kind,
            // An article without headings is about the ending as a whole.
            None if count == 1 && part.heading().is_none() => Kind::Ending,
            None => Kind::Other,
        };
        label::find(kind, &mut part.passages);
        let heading = part.heading().map(Spoiler::new);
        Section {
            kind,
            heading,
            heading_spoils: true,
            spoils: true,
            passages: part.passages.into_iter().flat_map(passages).collect(),
        }
    };
    parts.into_iter().enumerate().map(finish).collect()
}

/// One passage, or several where one would be too long for a film file.
fn passages(draft: Draft) -> Vec<Passage> {
    let mut label = draft.label.map(Spoiler::new);
    split_long(&draft.text, limits::PASSAGE)
        .into_iter()
        .map(|text| Passage {
            label: label.take(),
            label_spoils: true,
            bullet: draft.bullet,
            text: Spoiler::new(text),
        })
        .collect()
}

/// Splits a text at ends of sentences, or of words where a sentence alone is too long.
fn split_long(text: &str, limit: usize) -> Vec<String> {
    let size = |text: &str| text.chars().count();
    if size(text) <= limit {
        return vec![text.to_owned()];
    }
    let mut pieces: Vec<String> = Vec::new();
    let mut last = String::new();
    let mut room = limit;
    for sentence in text.split_sentence_bounds() {
        let units: Vec<&str> = if size(sentence) > limit {
            sentence.graphemes(true).collect()
        } else {
            vec![sentence]
        };
        for unit in units {
            if size(unit) > room {
                pieces.push(std::mem::take(&mut last));
                room = limit;
            }
            room = room.saturating_sub(size(unit));
            last.push_str(unit);
        }
    }
    pieces.push(last);
    pieces
        .iter()
        .map(|piece| piece.trim().to_owned())
        .filter(|piece| !piece.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_over_the_limit_is_split_at_sentences() {
        let sentence = "The dog waits outside for a day. ";
        let text = sentence.repeat(20);

        let pieces = split_long(&text, 100);

        assert_eq!(pieces.len(), 7);
        assert!(pieces.iter().all(|piece| piece.ends_with("a day.")));
        assert_eq!(pieces.join(" "), text.trim_end());
        assert_eq!(split_long(&"x".repeat(250), 100).len(), 3);
    }
}
