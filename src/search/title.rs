//! Films by title and alias. Candidates come from tables and lists (`candidates`), their order from
//! named features and fitted trees (`features`, `trees`).

mod candidates;
mod choice;
mod distance;
mod features;
mod form;
mod grams;
mod names;
mod slip;
mod table;
mod trees;
mod words;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use candidates::{Candidate, Depth, Reading, found_by};
use features::{Features, Glance, LETTERS_IN_ORDER, Scratch, Wanted};
use trees::Trees;

use super::{Match, Matches};
use crate::corpus::Corpus;

/// Candidates compared in full.
const COMPARED: usize = 20;
/// Candidates that look worse than the best by this much are not compared.
const BEHIND: f32 = 0.5;
/// A short name that looks at least like this has but one letter wrong.
const ONE_LETTER: f32 = 0.75;
/// Where nothing matches, this many are offered all the same.
const NEAREST: usize = 3;
/// Why a match is not sure however well it fits: another film has the same name.
pub(super) const NAMESAKE: &str = "namesake";
/// Why a first match is in doubt: a year was typed, and it is another.
pub(super) const OTHER_YEAR: &str = "another year";
/// Why a film is among the nearest that does not match: it is only well known.
const FILLER: &str = "well known";
/// The most characters of a query that are looked at.
const QUERY: usize = 300;

/// Every name of every film, ready to be looked up.
#[derive(Debug)]
pub(super) struct Titles {
    names: names::Names,
    table: table::Table,
    grams: grams::Grams,
    rarity: words::Rarity,
    order: Trees,
    sure: Trees,
    /// Films, those with most to say first.
    richest: Vec<u32>,
}

/// A name with its features and what the trees make of them.
#[derive(Debug)]
pub(super) struct Ranked {
    pub(super) film: usize,
    pub(super) score: f32,
    pub(super) features: Features,
}

impl Titles {
    pub(super) fn new(corpus: &Corpus) -> Self {
        let drafts = names::drafts(corpus);
        let names = names::Names::new(&drafts);
        let mut keys = 0;
        for draft in &drafts {
            candidates::keys(draft, |_| keys += 1);
        }
        let mut table = table::Table::new(keys, drafts.len());
        let mut best_known_first: Vec<u32> = (0..drafts.len() as u32).collect();
        best_known_first.sort_by(|a, b| names.known(*b).total_cmp(&names.known(*a)));
        for name in best_known_first {
            candidates::keys(&drafts[name as usize], |key| table.add(key, name));
        }
        Self {
            table,
            grams: grams::Grams::new(&drafts),
            rarity: words::Rarity::new(&drafts),
            names,
            order: Trees::new(include_bytes!("title/fit/order.trees")),
            sure: Trees::new(include_bytes!("title/fit/sure.trees")),
            richest: richest(corpus),
        }
    }

    /// Films in the order of how much there is to say about them.
    pub(super) fn richest(&self) -> &[u32] {
        &self.richest
    }

    /// Searches for the film that was asked for. There are three hits if there are three films.
    pub(super) fn films(&self, query: &str, limit: usize) -> Matches<usize> {
        let ranked = self.ranked(query);
        let confidence = self.confidence(&ranked);
        let mut hits: Vec<Match<usize>> = Vec::new();
        let mut namesakes = Vec::new();
        for one in &ranked {
            if hits.len() >= limit {
                break;
            }
            if hits.iter().all(|hit| hit.found != one.film) {
                namesakes.push(features::are_namesakes(&ranked[0].features, &one.features));
                hits.push(Match {
                    found: one.film,
                    score: one.score.into(),
                    why: why(&one.features),
                });
            }
        }
        if namesakes.iter().skip(1).any(|namesake| *namesake) {
            for (hit, _) in hits
                .iter_mut()
                .zip(namesakes)
                .filter(|(_, namesake)| *namesake)
            {
                hit.why.push((NAMESAKE, 1.0));
            }
        }
        if let (Some(first), Some(hit)) = (ranked.first(), hits.first_mut())
            && features::is_of_another_year(&first.features)
        {
            hit.why.push((OTHER_YEAR, 1.0));
        }
        self.fill(query, limit.min(NEAREST), &mut hits);
        Matches { confidence, hits }
    }

    /// Whether a hit does not match at all and is only the nearest there is.
    pub(super) fn is_filler(hit: &Match<usize>) -> bool {
        hit.why.iter().any(|(name, _)| *name == FILLER)
    }

    /// Adds films that begin with the same letter, then any, the best known first.
    fn fill(&self, query: &str, count: usize, hits: &mut Vec<Match<usize>>) {
        if hits.len() >= count {
            return;
        }
        let form = form::Form::new(cut(query));
        let letter = &form.text[..form.text.len().min(1)];
        let more = count * 8;
        let alike = self
            .names
            .best_known(self.names.begin_with(letter), more, |_| true);
        let any = self.names.best_known(0..self.names.len(), more, |_| true);
        for film in alike.chain(any).map(|name| self.names.film(name)) {
            if hits.len() < count && hits.iter().all(|hit| hit.found != film) {
                hits.push(Match {
                    found: film,
                    score: -1000.0 - hits.len() as f64,
                    why: vec![(FILLER, 1.0)],
                });
            }
        }
    }

    /// All names that may be meant, best first.
    pub(super) fn ranked(&self, query: &str) -> Vec<Ranked> {
        let query: &str = cut(query);
        let mut readings = vec![Reading::new(query, None)];
        if let Some((before, year)) = form::year_apart(query) {
            readings.push(Reading::new(before, Some(year)));
        }
        readings.retain(|reading| !reading.form.text.is_empty());
        let wanted: Vec<Wanted<'_>> = readings
            .iter()
            .map(|reading| Wanted::new(self, reading))
            .collect();
        let mut scratch = Scratch::default();
        let mut glances = self.glances(&wanted, Depth::Keys, &mut scratch);
        if !is_enough(&wanted, &glances) {
            glances.extend(self.glances(&wanted, Depth::Grams, &mut scratch));
        }
        let picks = pick(glances);
        let matcher = SkimMatcherV2::default();
        let mut all: Vec<Features> = picks
            .iter()
            .map(|(reading, glance)| {
                let wanted = &wanted[*reading];
                let mut features = self.features(wanted, glance.candidate, &mut scratch);
                let typed = &wanted.reading.form;
                features[LETTERS_IN_ORDER] = in_order(&matcher, typed, &scratch.form);
                features
            })
            .collect();
        features::compare(&mut all);
        let scores = self.order.sums(&all);
        let mut ranked: Vec<Ranked> = picks
            .iter()
            .zip(all)
            .zip(scores)
            .map(|(((_, glance), features), score)| Ranked {
                film: self.names.film(glance.candidate.name),
                score,
                features,
            })
            .collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        ranked
    }

    fn glances(
        &self,
        wanted: &[Wanted<'_>],
        depth: Depth,
        scratch: &mut Scratch,
    ) -> Vec<(usize, Glance)> {
        let mut glances = Vec::new();
        for (at, wanted) in wanted.iter().enumerate() {
            let found = merged(self.gather(wanted.reading, depth));
            glances.extend(
                found
                    .into_iter()
                    .map(|one| (at, self.glance(wanted, one, scratch))),
            );
        }
        glances
    }

    fn confidence(&self, ranked: &[Ranked]) -> f64 {
        let Some(first) = ranked.first() else {
            return 0.0;
        };
        let odds = self.sure.sums(&[sure_features(ranked, first)]);
        1.0 / (1.0 + (-f64::from(odds[0])).exp())
    }
}

/// What tells how sure the first is: its own features, and how far the next film is behind.
pub(super) fn sure_features(ranked: &[Ranked], first: &Ranked) -> [f32; features::COUNT + 4] {
    let next = ranked.iter().find(|one| one.film != first.film);
    let mut all = [0.0; features::COUNT + 4];
    all[..features::COUNT].copy_from_slice(&first.features);
    all[features::COUNT] = first.score;
    all[features::COUNT + 1] = next.map_or(20.0, |next| first.score - next.score);
    all[features::COUNT + 2] = next.map_or(9.0, |next| {
        next.features[features::EDITS] - first.features[features::EDITS]
    });
    all[features::COUNT + 3] = next.map_or(0.0, |next| next.features[features::LIKENESS]);
    all
}

fn richest(corpus: &Corpus) -> Vec<u32> {
    let said = |film: &u32| -> usize {
        let articles = corpus.films()[*film as usize].articles.iter();
        let sections = articles.flat_map(|article| &article.sections);
        sections.map(|section| section.passages.len()).sum()
    };
    let mut richest: Vec<u32> = (0..corpus.films().len() as u32).collect();
    richest.sort_by_cached_key(|film| std::cmp::Reverse(said(film)));
    richest
}

fn cut(query: &str) -> &str {
    let end = query
        .char_indices()
        .nth(QUERY)
        .map_or(query.len(), |(at, _)| at);
    &query[..end]
}

/// Each name once, with all that found it.
fn merged(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_unstable_by_key(|candidate| candidate.name);
    found.dedup_by(|one, kept| {
        let same = one.name == kept.name;
        if same {
            kept.found_by |= one.found_by;
            kept.share = kept.share.max(one.share);
        }
        same
    });
    found
}

/// Whether shared runs of letters would add nothing: the name is there as it was typed, or one word
/// was typed and is there with one letter wrong.
fn is_enough(wanted: &[Wanted<'_>], glances: &[(usize, Glance)]) -> bool {
    glances.iter().any(|(reading, glance)| {
        let one_word = wanted[*reading].reading.form.len() == 1;
        let found_by = glance.candidate.found_by;
        found_by & found_by::PLAIN != 0
            || one_word && found_by & found_by::SHORT != 0 && glance.score > ONE_LETTER
    })
}

fn pick(mut glances: Vec<(usize, Glance)>) -> Vec<(usize, Glance)> {
    glances.sort_unstable_by_key(|(reading, glance)| (*reading, glance.candidate.name));
    glances.dedup_by(|(one_reading, one), (kept_reading, kept)| {
        let same = one_reading == kept_reading && one.candidate.name == kept.candidate.name;
        if same {
            kept.candidate.found_by |= one.candidate.found_by;
            kept.candidate.share = kept.candidate.share.max(one.candidate.share);
            kept.score = kept.score.max(one.score);
        }
        same
    });
    glances.sort_by(|(_, a), (_, b)| b.score.total_cmp(&a.score));
    glances.truncate(COMPARED);
    let best = glances.first().map_or(0.0, |(_, glance)| glance.score);
    glances.retain(|(_, glance)| glance.score > best - BEHIND);
    glances
}

/// What `fuzzy-matcher` makes of it, as a share of what it makes of an equal text.
fn in_order(matcher: &SkimMatcherV2, typed: &form::Form, name: &form::Form) -> f32 {
    let (Ok(typed), Ok(name)) = (
        std::str::from_utf8(&typed.text),
        std::str::from_utf8(&name.text),
    ) else {
        return 0.0;
    };
    let score = matcher.fuzzy_match(name, typed).unwrap_or(0);
    score as f32 / (typed.len() * 20).max(1) as f32
}

fn why(features: &Features) -> Vec<(&'static str, f64)> {
    let named = features::NAMES.into_iter().zip(features);
    named
        .filter(|(_, value)| **value != 0.0)
        .map(|(name, value)| (name, f64::from(*value)))
        .collect()
}

/// A slice of the films with most to say, which moves on every day.
pub(super) fn slice_of_the_day(richest: &[u32], limit: usize, day: u64) -> Vec<usize> {
    // Among the best four slices: further down there may be little to say.
    let among = richest.len().min(limit.saturating_mul(4));
    if among == 0 {
        return Vec::new();
    }
    let start = (day as usize).wrapping_mul(limit) % among;
    let turned = richest[..among].iter().cycle().skip(start);
    turned
        .take(limit.min(among))
        .map(|film| *film as usize)
        .collect()
}
