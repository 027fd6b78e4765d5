//! Labels at the start of passages: "The Wedding Ring: it stands for …". The form of the words
//! before the colon decides, and whether the passages beside it are labelled alike.

use std::sync::LazyLock;

use regex::Regex;

use super::line::{is_abbreviation, is_title_case};
use super::words;
use crate::corpus::Kind;

/// A passage before its label is told from its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) label: Option<String>,
    pub(super) bullet: bool,
    pub(super) text: String,
}

/// Finds the labels among the passages of one section.
///
/// Several words in title case are a label in a list, and in paragraphs of the kinds that are
/// made of entries. Anything weaker, or elsewhere, needs at least half of its neighbours (the
/// bullets or the paragraphs) to be labelled too: "it was clear: …" seldom has company.
pub(super) fn find(kind: Kind, passages: &mut [Draft]) {
    for bullet in [true, false] {
        let alike: Vec<usize> = (0..passages.len())
            .filter(|position| passages[*position].bullet == bullet)
            .collect();
        let found: Vec<_> = alike
            .iter()
            .filter(|position| passages[**position].label.is_none())
            .filter_map(|position| Some((*position, Candidate::find(&passages[*position].text)?)))
            .collect();
        let in_company = found.len() >= 2 && found.len() * 2 >= alike.len();
        let of_entries = bullet || has_entries(kind);
        for (position, candidate) in found {
            if in_company || (of_entries && candidate.strong) {
                let text = passages[position].text[candidate.text_at..].to_owned();
                passages[position].label = Some(candidate.label);
                passages[position].text = text;
            }
        }
    }
}

fn has_entries(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Characters | Kind::Interpretations | Kind::Themes
    )
}

struct Candidate {
    label: String,
    text_at: usize,
    /// Several words in title case.
    strong: bool,
}

impl Candidate {
    fn find(text: &str) -> Option<Self> {
        static COLON: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^([^:：]{1,80})(?::\s+|：\s*)").expect("a valid pattern")
        });
        let found = COLON.captures(text)?;
        let text_at = found.get(0)?.end();
        let label = found.get(1)?.as_str().trim();
        let said = words(label);
        let title_case = is_title_case(label);
        let plausible = label.starts_with(|c: char| c.is_alphanumeric() || "\"'“‘(".contains(c))
            && !label.starts_with(char::is_lowercase)
            && !label.contains(['!', ';', '…'])
            && !label
                .split(' ')
                .any(|word| word.contains('.') && !is_abbreviation(word))
            && label.matches('(').count() == label.matches(')').count()
            && (1..=if title_case { 9 } else { 6 }).contains(&label.split(' ').count())
            && !text[text_at..].trim().is_empty()
            && !said
                .first()
                .is_some_and(|word| OPENERS.contains(&word.as_str()))
            && (title_case || !said.iter().any(|word| VERBS.contains(&word.as_str())));
        plausible.then(|| Self {
            label: label.to_owned(),
            text_at,
            strong: title_case && said.len() >= 2,
        })
    }
}

/// Words that open a sentence and seldom a label.
const OPENERS: &[&str] = &[
    "and",
    "as",
    "because",
    "besides",
    "but",
    "finally",
    "hence",
    "however",
    "if",
    "indeed",
    "instead",
    "note",
    "now",
    "or",
    "remember",
    "result",
    "since",
    "so",
    "spoiler",
    "spoilers",
    "still",
    "then",
    "therefore",
    "thus",
    "warning",
    "yet",
    "he",
    "here",
    "i",
    "it",
    "its",
    "she",
    "there",
    "theres",
    "they",
    "we",
    "you",
];

/// Forms of verbs that make a sentence of the words before a colon.
const VERBS: &[&str] = &[
    "am", "are", "arent", "asks", "became", "become", "becomes", "came", "can", "come", "comes",
    "could", "did", "do", "does", "follows", "get", "gets", "goes", "had", "happens", "has",
    "have", "is", "isnt", "knows", "leaves", "makes", "may", "means", "might", "must", "says",
    "said", "seems", "should", "shows", "suggests", "tells", "thinks", "wants", "was", "were",
    "will", "would",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(kind: Kind, bullet: bool, texts: &[&str]) -> Vec<String> {
        let mut passages: Vec<_> = texts
            .iter()
            .map(|text| Draft {
                label: None,
                bullet,
                text: (*text).to_owned(),
            })
            .collect();
        find(kind, &mut passages);
        passages
            .into_iter()
            .map(|passage| passage.label.unwrap_or_default())
            .collect()
    }

    #[test]
    fn title_case_before_a_colon_labels_an_entry() {
        let found = labels(
            Kind::Themes,
            false,
            &[
                "The Drowned Clock: It stopped at nine.",
                "Dr. Mara's \"Luck\" & the Sea: a debt comes due.",
                "No colon at all here.",
            ],
        );

        assert_eq!(
            found,
            ["The Drowned Clock", "Dr. Mara's \"Luck\" & the Sea", ""]
        );
    }

    #[test]
    fn a_sentence_before_a_colon_is_no_label() {
        for kind in [Kind::Themes, Kind::Ending] {
            for text in [
                "Then comes the worst of it: Mara climbs into the boat.",
                "But nobody in the harbour believes her story: the sea keeps what it takes.",
                "The keeper, and his daughter (who plays along), have made it plain: leave.",
                "He was tired. One thing mattered: the lamp.",
                "The lamp goes out: she is alone.",
                "Note: this film was shot at sea.",
            ] {
                assert_eq!(labels(kind, false, &[text, "Another."]), ["", ""], "{text}");
            }
        }
    }

    #[test]
    fn title_case_is_no_label_in_a_lone_paragraph_of_another_kind() {
        let found = labels(
            Kind::Ending,
            false,
            &["Mara Quell: she rows.", "It is dark."],
        );

        assert_eq!(found, ["", ""]);
    }

    #[test]
    fn plain_words_are_a_label_beside_others() {
        let texts = [
            "Guilt, salt, silence: all of it weighs on her.",
            "Hope for Something Else: the lamp burns.",
            "The boat: it is her father's.",
        ];

        assert_eq!(
            labels(Kind::Emotions, true, &texts),
            [
                "Guilt, salt, silence",
                "Hope for Something Else",
                "The boat"
            ]
        );
        assert_eq!(labels(Kind::Emotions, true, &texts[..1]), [""]);
    }

    #[test]
    fn one_bullet_in_title_case_is_labelled() {
        let texts = [
            "The Glove: it is hers.",
            "Nothing else is found.",
            "Nor is he.",
        ];

        assert_eq!(labels(Kind::Other, true, &texts), ["The Glove", "", ""]);
    }
}
