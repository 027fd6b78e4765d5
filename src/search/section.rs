//! Sections of one film by what people call them: our names of the kinds and the headings.

use super::fold::QUERY;
use super::likeness::{self, Word};
use super::{Match, Matches, SectionPlace, best};
use crate::corpus::{Film, Kind, Spoiler};

/// Searches the sections of one film by kind and heading. Of equals the earlier comes first.
pub(super) fn sections(
    film: &Film,
    position: usize,
    query: &str,
    limit: usize,
) -> Matches<SectionPlace> {
    let query: String = query.chars().take(QUERY).collect();
    let typed = likeness::words(&query);
    let mut hits = Vec::new();
    for (article, told) in film.articles.iter().enumerate() {
        for (section, part) in told.sections.iter().enumerate() {
            let heading = part.heading.as_ref().map_or("", Spoiler::reveal);
            let heading = name_likeness(&typed, &likeness::words(heading));
            let kind = called(part.kind)
                .iter()
                .map(|name| name_likeness(&typed, &likeness::words(name)))
                .fold(0.0, f64::max);
            hits.push(Match {
                found: SectionPlace {
                    film: position,
                    article,
                    section,
                },
                score: (0.97 * kind).max(heading) + 0.03 * kind.min(heading),
                why: vec![("kind", kind), ("heading", heading)],
            });
        }
    }
    hits.retain(|hit| hit.score > 0.0);
    let hits = best(hits, limit);
    let confidence = hits.first().map_or(0.0, |hit| hit.score.min(1.0));
    Matches { confidence, hits }
}

/// Every word typed should be there; that the name has more words matters little.
fn name_likeness(typed: &[Word], name: &[Word]) -> f64 {
    let found = likeness::found(typed, name);
    found * (0.85 + 0.15 * likeness::covered(typed, name))
}

/// What people call a kind of section, whatever its heading says.
const fn called(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Recap => &["recap", "plot summary", "story", "synopsis"],
        Kind::Ending => &["ending", "what happens in the end", "final scene"],
        Kind::Meaning => &["meaning", "ending explained", "explanation"],
        Kind::Characters => &["characters", "character arcs"],
        Kind::Interpretations => &[
            "interpretations",
            "alternate interpretations",
            "readings",
            "theories",
        ],
        Kind::Themes => &["themes", "symbolism", "symbols", "motifs"],
        Kind::Questions => &["questions", "open questions", "debate", "ambiguity"],
        Kind::Emotions => &["emotions", "feelings"],
        Kind::FinalThoughts => &["final thoughts", "conclusion", "verdict"],
        Kind::Other => &["other"],
    }
}
