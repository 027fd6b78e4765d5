//! What a section is about, from the words of its heading.

use super::words;
use crate::corpus::Kind;

/// Beginnings of words that name a kind, in order of weight: the first line that fits wins. A `$`
/// ends a word; phrases stand in their order.
const SIGNS: &[(Kind, &[&str])] = &[
    (
        Kind::FinalThoughts,
        &[
            "final thought",
            "closing thought",
            "last thought",
            "final word",
            "final take",
            "parting",
            "conclu",
            "verdict",
            "takeaway",
            "wrapping up",
            "wrap up",
            "bottom line",
            "summing up",
            "our take$",
            "my take$",
        ],
    ),
    (
        Kind::Interpretations,
        &[
            "interpret",
            "theor",
            "readings$",
            "alternat reading",
            "alternat explan",
            "alternat view",
            "other reading",
            "other way",
            "perspective",
            "reading$",
        ],
    ),
    (
        Kind::Themes,
        &[
            "theme$", "themes$", "thematic", "symbol", "motif", "metaphor", "allegor", "imagery",
        ],
    ),
    (Kind::Characters, &["character", "arc$", "arcs$"]),
    (
        Kind::Emotions,
        &["emotion", "feel$", "feels$", "feeling", "mood$"],
    ),
    (
        Kind::Questions,
        &[
            "question",
            "ambigu",
            "unanswered",
            "unresolved",
            "unsolved",
            "loose end",
            "debate",
            "myster",
            "plot hole",
            "open ending",
        ],
    ),
    (
        Kind::Recap,
        &[
            "recap",
            "summar",
            "synops",
            "premise",
            "story so far",
            "before the end",
        ],
    ),
    (
        Kind::Meaning,
        &[
            "meaning",
            "means$",
            "mean$",
            "meant$",
            "signific",
            "message",
            "moral$",
            "lesson",
            "matters$",
            "analysis",
            "point of$",
        ],
    ),
    (
        Kind::Ending,
        &[
            "ending",
            "end$",
            "ends$",
            "ended$",
            "final$",
            "finale",
            "last scene",
            "last shot",
            "last moment",
            "last minute",
            "last act",
            "climax",
            "twist",
            "resolution",
            "closing scene",
            "closing shot",
        ],
    ),
    (
        Kind::Characters,
        &[
            "happens to$",
            "happened to$",
            "fate$",
            "fates$",
            "journey",
            "role of",
        ],
    ),
    (
        Kind::Recap,
        &[
            "plot$",
            "story",
            "overview",
            "background",
            "setup$",
            "set up$",
            "goes on in",
            "going on in",
            "happens in",
            "happened in",
            "about$",
            "beginning",
        ],
    ),
];

/// The kind that a heading's words name, misspelt a little too; none if they name none.
pub(super) fn of_heading(heading: &str) -> Option<Kind> {
    let said = words(heading);
    SIGNS
        .iter()
        .find(|(_, signs)| signs.iter().any(|sign| says(&said, sign)))
        .map(|(kind, _)| *kind)
        .or_else(|| heading.trim_end().ends_with('?').then_some(Kind::Questions))
}

fn says(said: &[String], sign: &str) -> bool {
    let stems: Vec<&str> = sign.split(' ').collect();
    said.windows(stems.len())
        .any(|run| run.iter().zip(&stems).all(|(word, stem)| is(word, stem)))
}

fn is(word: &str, stem: &str) -> bool {
    if let Some(whole) = stem.strip_suffix('$') {
        return word == whole;
    }
    word.starts_with(stem) || is_misspelt(word, stem)
}

/// Long words only, with their first letter right: a short word is soon another.
fn is_misspelt(word: &str, stem: &str) -> bool {
    let allowed = match stem.len() {
        0..7 => return false,
        7..9 => 1,
        _ => 2,
    };
    word.as_bytes().first() == stem.as_bytes().first()
        && (stem.len() - 1..=stem.len() + 1).any(|length| {
            word.get(..length)
                .is_some_and(|begin| strsim::osa_distance(begin, stem) <= allowed)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_kinds_in_many_words() {
        for (heading, kind) in [
            ("A Quick Recap of the Voyage", Kind::Recap),
            ("What Is the Drowned Clock About?", Kind::Recap),
            ("What Happens at the End?", Kind::Ending),
            ("The Final Scene, Explained", Kind::Ending),
            ("So What Does the Ending Mean?", Kind::Meaning),
            ("Why the Lamp Matters", Kind::Meaning),
            ("Carachter Arcs", Kind::Characters),
            ("What Happened to the Keeper", Kind::Characters),
            ("Other Readings", Kind::Interpretations),
            ("Fan Theories About the Ending", Kind::Interpretations),
            ("Symbolism of the Tide", Kind::Themes),
            ("The Emotional Aftermath", Kind::Emotions),
            ("Unanswered Questions After the Ending", Kind::Questions),
            ("Is the Keeper Dead?", Kind::Questions),
            ("Final Thoughts: Was It Worth It?", Kind::FinalThoughts),
            ("In Conclusion", Kind::FinalThoughts),
        ] {
            assert_eq!(of_heading(heading), Some(kind), "{heading}");
        }
    }

    #[test]
    fn a_heading_of_its_own_words_names_no_kind() {
        for heading in [
            "A Party Goes Wrong",
            "Meanwhile, at Sea",
            "Pending Business",
            "Screenwriter: Finally a Name",
        ] {
            assert_eq!(of_heading(heading), None, "{heading}");
        }
    }
}
