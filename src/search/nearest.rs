//! What comes nearest where nothing matches.

use super::{PassagePlace, Scope, fold, sections_of};
use crate::corpus::Corpus;

/// Labels that are compared at most: some 20 ms.
const LOOKED_AT: usize = 20_000;

/// The entries whose labels are most like a query, best first.
pub(super) fn entries(
    corpus: &Corpus,
    query: &str,
    scope: Scope<'_>,
    count: usize,
) -> Vec<PassagePlace> {
    let typed: String = fold::content_words(query)
        .join(" ")
        .chars()
        .take(60)
        .collect();
    let mut found: Vec<(f64, PassagePlace)> = labels(corpus, scope)
        .take(LOOKED_AT)
        .map(|(place, label)| {
            (
                strsim::jaro_winkler(&fold::content_words(label).join(" "), &typed),
                place,
            )
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(count);
    found.into_iter().map(|(_, place)| place).collect()
}

/// The labels in a scope, with their places.
fn labels<'a>(
    corpus: &'a Corpus,
    scope: Scope<'a>,
) -> impl Iterator<Item = (PassagePlace, &'a str)> {
    let films = scope
        .film
        .map_or(0..corpus.films().len(), |film| film..film + 1);
    let sections = films.flat_map(|film| sections_of(corpus, film));
    let of_kind = sections.filter(move |(_, section)| scope.is_of(section.kind));
    of_kind.flat_map(|(section, the_section)| {
        the_section.entries().filter_map(move |(passage, entry)| {
            Some((
                PassagePlace { section, passage },
                entry.label.as_ref()?.reveal(),
            ))
        })
    })
}
