//! What a person typed to what is meant: films, sections, entries and passages. Candidates come
//! from an index, ranking from a few named features; nothing here shows text.

mod entry;
pub mod fold;
mod likeness;
mod nearest;
mod section;
mod title;
mod topic;

use crate::corpus::{Corpus, Film, Kind, Section};

/// The search structure of one corpus, built once; positions are those of that corpus.
#[derive(Debug)]
pub struct Index {
    titles: title::Titles,
    topics: topic::Topics,
}

/// What answers a query, best first.
#[derive(Debug, Clone)]
pub struct Matches<T> {
    /// The probability that the first match is what was meant, 0 to 1, comparable across queries.
    pub confidence: f64,
    /// Best first.
    pub hits: Vec<Match<T>>,
}

/// One of the things that answer a query.
#[derive(Debug, Clone)]
pub struct Match<T> {
    /// What matched.
    pub found: T,
    /// How well, higher is better; comparable within one query only.
    pub score: f64,
    /// The named features the score is made of, for those who wonder.
    pub why: Vec<(&'static str, f64)>,
}

/// A section of a corpus, as positions from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SectionPlace {
    /// In [`Corpus::films`].
    pub film: usize,
    /// In the film.
    pub article: usize,
    /// In the article.
    pub section: usize,
}

/// A passage of a corpus, as positions from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PassagePlace {
    /// The section it stands in.
    pub section: SectionPlace,
    /// In the section.
    pub passage: usize,
}

/// Where to look for entries: in one film or all, in sections of some kinds or all (empty).
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope<'a> {
    /// The film's position, if it is known.
    pub film: Option<usize>,
    /// The kinds of section; empty means all.
    pub kinds: &'a [Kind],
}

impl Scope<'_> {
    /// Whether sections of a kind are looked at.
    pub fn is_of(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// All sections of a film, with their places.
pub fn sections_of(corpus: &Corpus, film: usize) -> impl Iterator<Item = (SectionPlace, &Section)> {
    let articles = corpus.films()[film].articles.iter().enumerate();
    articles.flat_map(move |(article, the_article)| {
        let sections = the_article.sections.iter().enumerate();
        sections.map(move |(section, the_section)| {
            (
                SectionPlace {
                    film,
                    article,
                    section,
                },
                the_section,
            )
        })
    })
}

/// How sure a look-up is of its first match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// Answer at once.
    Sure,
    /// Ask "did you mean".
    Several,
    /// Say that it is not covered, and offer the nearest.
    None,
}

/// From here on a first match is answered at once.
const SURE: f64 = 0.8;
/// From here on it is worth asking whether it was meant.
const PERHAPS: f64 = 0.3;

impl<T> Matches<T> {
    /// What to do with these matches.
    pub fn confidence(&self) -> Confidence {
        if self.hits.is_empty() || self.confidence < PERHAPS {
            Confidence::None
        } else if self.confidence < SURE || self.is_in_doubt() {
            Confidence::Several
        } else {
            Confidence::Sure
        }
    }

    /// Whether another film has the name of the first, or a year was typed that is not its own.
    fn is_in_doubt(&self) -> bool {
        let why = self.hits.first().map_or(&[][..], |hit| &hit.why);
        why.iter()
            .any(|(name, _)| [title::NAMESAKE, title::OTHER_YEAR].contains(name))
    }
}

impl Index {
    /// Indexes a corpus.
    pub fn new(corpus: &Corpus) -> Self {
        Self {
            titles: title::Titles::new(corpus),
            topics: topic::Topics::new(corpus),
        }
    }

    /// Searches for the film that was asked for: an exact name first. Where nothing matches, the
    /// nearest three are there all the same, and the confidence is [`Confidence::None`].
    pub fn films(&self, _corpus: &Corpus, query: &str, limit: usize) -> Matches<usize> {
        self.titles.films(query, limit)
    }

    /// Searches for films whose name is being typed: the better known first, but an exact short
    /// title before them. An empty query gives what the corpus has most to say about, a
    /// different slice each day.
    pub fn choices(&self, _corpus: &Corpus, query: &str, limit: usize) -> Matches<usize> {
        if fold::words(query).is_empty() {
            return self.most_to_say(limit);
        }
        self.titles.choices(query, limit)
    }

    /// The features of every name that may be meant, best first: for fitting the trees.
    #[doc(hidden)]
    pub fn title_features(&self, query: &str) -> Vec<(usize, Vec<f32>)> {
        let ranked = self.titles.ranked(query).into_iter();
        ranked
            .map(|one| (one.film, one.features.to_vec()))
            .collect()
    }

    /// Searches for films of whose name a person typed the beginning and then pressed enter.
    pub fn begun(&self, query: &str, limit: usize) -> Vec<Match<usize>> {
        if fold::words(query).is_empty() {
            return Vec::new();
        }
        self.titles.begun(query, limit)
    }

    fn most_to_say(&self, limit: usize) -> Matches<usize> {
        let richest = self.titles.richest();
        let hits = title::slice_of_the_day(richest, limit, today());
        let hits = hits.into_iter().map(|found| Match {
            found,
            score: 0.0,
            why: vec![("much to say", 1.0)],
        });
        Matches {
            confidence: 0.0,
            hits: hits.collect(),
        }
    }

    /// Searches for entries (labelled passages) by label and text.
    pub fn entries(
        &self,
        corpus: &Corpus,
        query: &str,
        scope: Scope<'_>,
        limit: usize,
    ) -> Matches<PassagePlace> {
        entry::entries(corpus, &self.topics, query, scope, limit)
    }

    /// Searches for the passages that answer a question, by their text.
    pub fn passages(
        &self,
        corpus: &Corpus,
        query: &str,
        scope: Scope<'_>,
        limit: usize,
    ) -> Matches<PassagePlace> {
        entry::passages(corpus, query, scope, limit)
    }
}

/// Days since 1970.
fn today() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() / 86_400)
}

/// The entries whose labels are most like a query that matches nothing.
pub fn nearest_entries(
    corpus: &Corpus,
    query: &str,
    scope: Scope<'_>,
    count: usize,
) -> Vec<PassagePlace> {
    nearest::entries(corpus, query, scope, count)
}

/// Searches the sections of one film by kind and heading.
pub fn sections(film: &Film, position: usize, query: &str, limit: usize) -> Matches<SectionPlace> {
    section::sections(film, position, query, limit)
}

/// The best of all matches, best first; of equals the earlier first.
fn best<T>(mut hits: Vec<Match<T>>, limit: usize) -> Vec<Match<T>> {
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits.truncate(limit);
    hits
}

#[cfg(test)]
mod tests;
