//! Films by title and alias.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::fold::{self, QUERY};
use super::likeness::{self, Word};
use super::{Match, Matches, best};
use crate::corpus::Corpus;

/// Every name of every film, ready to be compared.
#[derive(Debug)]
pub(super) struct Titles {
    names: Vec<Name>,
    /// Films, those with most to say first.
    richest: Vec<usize>,
}

#[derive(Debug)]
struct Name {
    film: usize,
    words: Vec<Word>,
    joined: String,
}

/// What a query says of the film that is meant.
struct Wanted {
    words: Vec<Word>,
    joined: String,
    year: Option<i32>,
}

impl Titles {
    pub(super) fn new(corpus: &Corpus) -> Self {
        let mut names = Vec::new();
        for (film, called) in corpus.films().iter().enumerate() {
            for name in std::iter::once(&called.title).chain(&called.aliases) {
                names.push(Name {
                    film,
                    words: likeness::words(name),
                    joined: fold::words(name).concat(),
                });
            }
        }
        let said = |film: usize| -> usize {
            let articles = corpus.films()[film].articles.iter();
            let sections = articles.flat_map(|article| &article.sections);
            sections.map(|section| section.passages.len()).sum()
        };
        let mut richest: Vec<usize> = (0..corpus.films().len()).collect();
        richest.sort_by_key(|film| std::cmp::Reverse(said(*film)));
        Self { names, richest }
    }

    /// Films in the order of how much there is to say about them.
    pub(super) fn richest(&self) -> &[usize] {
        &self.richest
    }

    pub(super) fn search(
        &self,
        corpus: &Corpus,
        query: &str,
        limit: usize,
        typing: bool,
    ) -> Matches<usize> {
        let query: String = query.chars().take(QUERY).collect();
        let mut readings = vec![Wanted::whole(&query)];
        readings.extend(Wanted::with_year(&query));
        let matcher = SkimMatcherV2::default().ignore_case();
        let mut by_film: Vec<Option<Match<usize>>> = vec![None; corpus.films().len()];
        for name in &self.names {
            for wanted in &readings {
                let hit = score(corpus, &matcher, wanted, name, typing);
                let best = &mut by_film[name.film];
                if best.as_ref().is_none_or(|best| best.score < hit.score) {
                    *best = Some(hit);
                }
            }
        }
        let hits = best(by_film.into_iter().flatten().collect(), limit);
        let sure = |score: f64| 1.0 / (1.0 + (-14.0 * (score - 0.56)).exp());
        let confidence = match hits.as_slice() {
            [] => 0.0,
            [only] => sure(only.score),
            [first, second, ..] => {
                let ahead = ((first.score - second.score) * 10.0).clamp(0.0, 1.0);
                sure(first.score) * (0.6 + 0.4 * ahead)
            }
        };
        Matches { confidence, hits }
    }
}

impl Wanted {
    fn whole(query: &str) -> Self {
        Self {
            words: likeness::words(query),
            joined: fold::words(query).concat(),
            year: None,
        }
    }

    /// Reads a year at the end apart from the title.
    fn with_year(query: &str) -> Option<Self> {
        let mut words = fold::words(query);
        let year = words.pop().filter(|word| word.len() == 4)?.parse().ok()?;
        if words.is_empty() || !(1880..=2100).contains(&year) {
            return None;
        }
        Some(Self {
            year: Some(year),
            ..Self::whole(&words.join(" "))
        })
    }
}

fn score(
    corpus: &Corpus,
    matcher: &SkimMatcherV2,
    wanted: &Wanted,
    name: &Name,
    typing: bool,
) -> Match<usize> {
    let film = &corpus.films()[name.film];
    let exact = f64::from(wanted.joined == name.joined && !name.joined.is_empty());
    let letters = strsim::osa_distance(&wanted.joined, &name.joined);
    let longer = wanted
        .joined
        .chars()
        .count()
        .max(name.joined.chars().count());
    let edit = 1.0 - letters as f64 / longer.max(1) as f64;
    let found = likeness::found(&wanted.words, &name.words);
    let covered = likeness::covered(&wanted.words, &name.words);
    let in_order = in_order(matcher, &wanted.joined, &name.joined);
    let begins = f64::from(!wanted.joined.is_empty() && name.joined.starts_with(&wanted.joined));
    let year = match (wanted.year, film.year) {
        (Some(wanted), Some(year)) if wanted == year => 1.0,
        (Some(_), Some(_)) => -1.0,
        _ => 0.0,
    };
    let known = (film.popularity as f64 + 1.0).ln() / 12.0;
    let (begins_counts, known_counts) = if typing { (0.4, 0.05) } else { (0.1, 0.01) };
    let likeness = (0.5 * edit + 0.5 * found * (0.5 + 0.5 * covered)).max(0.4 * in_order);
    Match {
        found: name.film,
        score: 0.85 * likeness
            + 0.1 * exact
            + begins_counts * begins * (1.0 - exact)
            + 0.1 * year
            + known_counts * known,
        why: vec![
            ("exact", exact),
            ("edit likeness", edit),
            ("words found", found),
            ("title covered", covered),
            ("letters in order", in_order),
            ("begins so", begins),
            ("year", year),
            ("popularity", known),
        ],
    }
}

/// What `fuzzy-matcher` makes of it, as a share of what it makes of an equal text.
fn in_order(matcher: &SkimMatcherV2, wanted: &str, name: &str) -> f64 {
    let Some(score) = matcher.fuzzy_match(name, wanted) else {
        return 0.0;
    };
    let most = matcher.fuzzy_match(wanted, wanted).unwrap_or(1).max(1);
    (score as f64 / most as f64).clamp(0.0, 1.0)
}

/// A slice of the films with most to say, which moves on every day.
pub(super) fn slice_of_the_day(richest: &[usize], limit: usize, day: u64) -> Vec<usize> {
    // Among the best four slices: further down there may be little to say.
    let among = richest.len().min(limit.saturating_mul(4));
    if among == 0 {
        return Vec::new();
    }
    let start = (day as usize).wrapping_mul(limit) % among;
    let turned = richest[..among].iter().cycle().skip(start);
    turned.take(limit.min(among)).copied().collect()
}
