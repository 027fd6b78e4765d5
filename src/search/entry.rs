//! Entries and passages by their words: labels first, then text.

use super::fold::QUERY;
use super::likeness::{self, Word};
use super::topic::Topics;
use super::{Match, Matches, PassagePlace, Scope, SectionPlace, best};
use crate::corpus::{Corpus, Passage, Section, Spoiler};

/// The most words of a query that are looked at.
const WORDS: usize = 12;
/// A word found in the text alone counts this much of one found in the label.
const IN_TEXT: f64 = 0.45;

/// Of all films, this many entries that hold most of the words are compared by their labels.
const COMPARED: usize = 40;

/// Searches labelled passages by label and text: one film's one by one, all films' by an index.
pub(super) fn entries(
    corpus: &Corpus,
    topics: &Topics,
    query: &str,
    scope: Scope<'_>,
    limit: usize,
) -> Matches<PassagePlace> {
    if scope.film.is_some() {
        return search(corpus, query, scope, limit, true);
    }
    let query: String = query.chars().take(QUERY).collect();
    let typed = few_words(&query);
    let found = topics.search(&typed, scope, limit.max(COMPARED));
    let found = found.into_iter().map(|(place, found)| {
        let label = label(corpus, place);
        let in_label = likeness::found(&typed, &label);
        let covered = likeness::covered(&typed, &label);
        rated(place, in_label, covered, found)
    });
    let mut hits: Vec<_> = found.collect();
    hits.sort_by_key(|hit| {
        let SectionPlace {
            film,
            article,
            section,
        } = hit.found.section;
        (film, article, section, hit.found.passage)
    });
    let hits = best(hits, limit);
    let confidence = hits.first().map_or(0.0, |hit| hit.score.min(1.0));
    Matches { confidence, hits }
}

/// The first words of a query, each once.
fn few_words(query: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for word in likeness::words(query) {
        if words.len() < WORDS && words.iter().all(|before| before.text != word.text) {
            words.push(word);
        }
    }
    words
}

fn label(corpus: &Corpus, place: PassagePlace) -> Vec<Word> {
    let SectionPlace {
        film,
        article,
        section,
    } = place.section;
    let section = &corpus.films()[film].articles[article].sections[section];
    let label = section.passages[place.passage].label.as_ref();
    likeness::words(label.map_or("", Spoiler::reveal))
}

/// Searches all passages by text and label.
pub(super) fn passages(
    corpus: &Corpus,
    query: &str,
    scope: Scope<'_>,
    limit: usize,
) -> Matches<PassagePlace> {
    search(corpus, query, scope, limit, false)
}

fn search(
    corpus: &Corpus,
    query: &str,
    scope: Scope<'_>,
    limit: usize,
    labelled: bool,
) -> Matches<PassagePlace> {
    let query: String = query.chars().take(QUERY).collect();
    let typed = few_words(&query);
    let mut hits = Vec::new();
    for (place, section) in places(corpus, scope) {
        for (position, passage) in section.passages.iter().enumerate() {
            if labelled && passage.label.is_none() {
                continue;
            }
            let place = PassagePlace {
                section: place,
                passage: position,
            };
            let hit = score(place, &typed, passage, labelled);
            if hit.score > 0.0 {
                hits.push(hit);
            }
        }
    }
    let hits = best(hits, limit);
    let confidence = hits.first().map_or(0.0, |hit| hit.score.min(1.0));
    Matches { confidence, hits }
}

fn places<'a>(
    corpus: &'a Corpus,
    scope: Scope<'a>,
) -> impl Iterator<Item = (SectionPlace, &'a Section)> {
    let films = match scope.film {
        Some(film) => film..(film + 1).min(corpus.films().len()),
        None => 0..corpus.films().len(),
    };
    films.flat_map(move |film| {
        let articles = corpus.films()[film].articles.iter().enumerate();
        articles.flat_map(move |(article, told)| {
            let sections = told.sections.iter().enumerate();
            sections.filter_map(move |(section, part)| {
                let place = SectionPlace {
                    film,
                    article,
                    section,
                };
                let wanted = scope.kinds.is_empty() || scope.kinds.contains(&part.kind);
                wanted.then_some((place, part))
            })
        })
    })
}

fn score(
    place: PassagePlace,
    typed: &[Word],
    passage: &Passage,
    labelled: bool,
) -> Match<PassagePlace> {
    let label = likeness::words(passage.label.as_ref().map_or("", Spoiler::reveal));
    let text = likeness::words(passage.text.reveal());
    let in_label = likeness::found(typed, &label);
    let covered = likeness::covered(typed, &label);
    let last = typed.len().saturating_sub(1);
    let in_text_counts = if labelled { IN_TEXT } else { 0.9 };
    let found = likeness::weighed(typed, |position, word| {
        let best = |among: &[Word]| {
            let likeness = |other| likeness::word(word, other, position == last);
            among.iter().map(likeness).fold(0.0, f64::max)
        };
        best(&label).max(in_text_counts * best(&text))
    });
    rated(place, in_label, covered, found)
}

/// Words found count most; that they are the label, too.
fn rated(place: PassagePlace, in_label: f64, covered: f64, found: f64) -> Match<PassagePlace> {
    Match {
        found: place,
        score: 0.85 * found + 0.15 * in_label * covered,
        why: vec![
            ("label words found", in_label),
            ("label covered", covered),
            ("words found", found),
        ],
    }
}
