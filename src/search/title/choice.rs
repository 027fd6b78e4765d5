//! Films whose name is being typed: what begins so, the better known first.

use std::ops::Range;

use super::Titles;
use super::form::Form;
use super::names::ALIAS;
use crate::search::{Match, Matches};

/// An exact title comes before all that only begin so.
const EXACT: f32 = 100.0;
/// What each of these takes off, on the scale of popularity (a logarithm).
/// What a word that ends where the typing stops adds.
const BREAK_ON: f32 = 0.5;
const ALIAS_OFF: f32 = 4.0;
/// Many leave the article out, so that this adds; but three letters say too little for that.
const ARTICLE_OFF: f32 = -0.7;
const ARTICLE_OFF_EARLY: f32 = 0.7;
const EARLY: usize = 3;
const TYPO_OFF: f32 = 20.0;
/// Fewer names than this that begin so, and those with a slip are offered, too.
const FEW: usize = 3;
/// Names with a slip are looked for from so many letters on.
const SLIP: usize = 4;

/// A name that may be the one being typed.
#[derive(Debug, Clone, Copy)]
struct Choice {
    name: u32,
    score: f32,
    why: &'static str,
}

impl Titles {
    /// Searches for films whose name is being typed. Where no name begins so: what was asked for in
    /// another way, but nothing that is unlike it.
    pub(in crate::search) fn choices(&self, query: &str, limit: usize) -> Matches<usize> {
        let mut hits = self.begun(query, limit);
        if hits.is_empty() {
            let films = self.films(query, limit).hits.into_iter();
            let alike = films.filter(|hit| !Self::is_filler(hit)).take(limit);
            hits.extend(alike.map(|hit| Match {
                score: hit.score - 1000.0,
                ..hit
            }));
        }
        let confidence = confidence(&hits);
        Matches { confidence, hits }
    }

    /// Films whose name begins so, perhaps with a slip, the better known first.
    pub(in crate::search) fn begun(&self, query: &str, limit: usize) -> Vec<Match<usize>> {
        let form = Form::new(query);
        let ended = query.ends_with(|c: char| !c.is_alphanumeric());
        let limit = limit.min(self.names.len());
        let mut found = Vec::with_capacity(4 * limit);
        self.begin_so(&form, ended, limit, &mut found);
        if found.len() < FEW && form.text.len() >= SLIP {
            self.begin_nearly_so(&form.text, limit, &mut found);
        }
        self.best_choices(&mut found, limit)
    }

    /// Names that begin so, with and without their article.
    fn begin_so(&self, form: &Form, ended: bool, limit: usize, to: &mut Vec<Choice>) {
        let text = &form.text;
        let extra = limit + limit / 2;
        let run = self.names.begin_with(text);
        let bare_run = self.names.bare_begin_with(text);
        let fits = |name: u32, from: usize| {
            let words = form
                .starts
                .iter()
                .all(|start| self.names.breaks_at(name, from + usize::from(*start)));
            words && (!ended || self.names.breaks_at(name, from + text.len()))
        };
        for name in self
            .names
            .best_known(run.clone(), extra, |name| fits(name, 0))
        {
            let exact = self.names.raw_length(name) == text.len();
            let broken = if self.names.breaks_at(name, text.len()) {
                BREAK_ON
            } else {
                0.0
            };
            to.push(self.choice(name, if exact { EXACT } else { broken }, "begins so"));
        }
        let article_off = if text.len() <= EARLY {
            ARTICLE_OFF_EARLY
        } else {
            ARTICLE_OFF
        };
        for (name, from) in self.names.bare_best_known(bare_run, extra, fits) {
            let exact = self.names.raw_length(name) == from + text.len();
            let broken = if self.names.breaks_at(name, from + text.len()) {
                BREAK_ON
            } else {
                0.0
            };
            let score = if exact { EXACT / 2.0 } else { broken };
            to.push(self.choice(name, score - article_off, "begins so after an article"));
        }
        if to.len() < limit {
            // Words typed as one, or one as two.
            for name in self.names.best_known(run, limit, |name| !fits(name, 0)) {
                to.push(self.choice(name, -TYPO_OFF / 2.0, "begins so but for spaces"));
            }
        }
    }

    fn choice(&self, name: u32, score: f32, why: &'static str) -> Choice {
        let alias = self.names.flags(name) & ALIAS != 0;
        Choice {
            name,
            score: score + self.names.known(name) - if alias { ALIAS_OFF } else { 0.0 },
            why,
        }
    }

    /// Names that begin so but for one slip of the fingers.
    fn begin_nearly_so(&self, text: &[u8], limit: usize, to: &mut Vec<Choice>) {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut add = |run: Range<usize>| {
            if !run.is_empty() {
                runs.push(run);
            }
        };
        let mut run = 0..self.names.len();
        for at in 0..text.len() {
            let rest = &text[at + 1..];
            if at > 0 {
                add(self.names.narrow(run.clone(), at, rest));
            }
            if let Some((next, after)) = rest.split_first() {
                let swapped = [&[*next, text[at]], after].concat();
                add(self.names.narrow(run.clone(), at, &swapped));
            }
            let mut from = run.start;
            while from < run.end {
                let Some(letter) = self.names.letter(from, at) else {
                    from += 1;
                    continue;
                };
                let same = self.names.narrow(from..run.end, at, &[letter]);
                if letter != text[at] {
                    add(self.names.narrow(same.clone(), at + 1, rest));
                    add(self.names.narrow(same.clone(), at + 1, &text[at..]));
                }
                from = same.end.max(from + 1);
            }
            run = self.names.narrow(run, at, &text[at..=at]);
        }
        for run in runs {
            for name in self.names.best_known(run, limit, |_| true) {
                to.push(self.choice(name, -TYPO_OFF, "begins so but for a slip"));
            }
        }
    }

    fn best_choices(&self, found: &mut [Choice], limit: usize) -> Vec<Match<usize>> {
        found.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.name.cmp(&b.name)));
        let mut hits: Vec<Match<usize>> = Vec::with_capacity(limit);
        for choice in found {
            let film = self.names.film(choice.name);
            if hits.len() >= limit {
                break;
            }
            if !hits.iter().any(|hit| hit.found == film) {
                hits.push(Match {
                    found: film,
                    score: choice.score.into(),
                    why: vec![
                        (choice.why, 1.0),
                        ("popularity", self.names.known(choice.name).into()),
                    ],
                });
            }
        }
        hits
    }
}

/// How likely the first choice is the one meant: an exact title surely, else by how much better
/// known it is than the rest together.
fn confidence(hits: &[Match<usize>]) -> f64 {
    let Some(first) = hits.first() else {
        return 0.0;
    };
    let exact = f64::from(EXACT / 2.0) - 5.0;
    let rivals = hits
        .iter()
        .filter(|hit| (hit.score > exact) == (first.score > exact));
    let total: f64 = rivals.map(|hit| (hit.score - first.score).exp()).sum();
    (1.0 / total).min(0.99)
}
