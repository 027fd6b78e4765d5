//! Every name of every film in the order of the alphabet, spaces and articles or not, and which of
//! a run of them are best known.

use std::cmp::Ordering;
use std::ops::Range;

use super::form::{Form, seams};
use crate::corpus::Corpus;

/// The name is not the film's title.
pub(super) const ALIAS: u8 = 1;
/// The plain form is another than the text.
pub(super) const REFORMED: u8 = 2;

const START: u8 = 0x80;
/// Names of which the best known is kept.
const BLOCK: usize = 32;

/// A name while the index is built.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) form: Form,
    pub(super) plain: Form,
    pub(super) seams: Vec<usize>,
    film: u32,
    known: u16,
    year: u16,
    alias: bool,
}

/// Reads the names of all films, in the order of the alphabet.
pub(super) fn drafts(corpus: &Corpus) -> Vec<Draft> {
    let mut drafts = Vec::with_capacity(corpus.films().len());
    for (position, film) in corpus.films().iter().enumerate() {
        let known = known(film.popularity);
        let year = film.year.and_then(|year| u16::try_from(year).ok());
        for (at, name) in std::iter::once(&film.title)
            .chain(&film.aliases)
            .enumerate()
        {
            let form = Form::new(name);
            if form.text.is_empty() {
                continue;
            }
            drafts.push(Draft {
                plain: form.plain(),
                form,
                seams: seams(name),
                film: position as u32,
                known,
                year: year.unwrap_or(0),
                alias: at > 0,
            });
        }
    }
    drafts.sort_by(|a, b| {
        let text = a.form.text.cmp(&b.form.text);
        text.then(a.film.cmp(&b.film)).then(a.alias.cmp(&b.alias))
    });
    drafts.dedup_by(|a, b| a.film == b.film && a.form == b.form);
    drafts
}

/// How well known a film is, on a scale on which a step is a share.
fn known(popularity: u64) -> u16 {
    #[expect(clippy::cast_sign_loss, reason = "a logarithm of 1 or more")]
    let known = ((popularity as f64 + 1.0).ln() * 4096.0) as u64;
    known.min(65_535) as u16
}

#[derive(Debug)]
pub(super) struct Names {
    /// The words of all names without spaces; where a word starts the high bit is set.
    text: Vec<u8>,
    ends: Vec<u32>,
    films: Vec<u32>,
    years: Vec<u16>,
    flags: Vec<u8>,
    plain_lengths: Vec<u8>,
    known: Ranked,
    /// Names that begin with an article, in the order of what follows it.
    bare: Vec<u32>,
    bare_known: Ranked,
}

impl Names {
    pub(super) fn new(drafts: &[Draft]) -> Self {
        let mut names = Self {
            text: Vec::with_capacity(drafts.iter().map(|draft| draft.form.text.len()).sum()),
            ends: drafts.iter().map(|_| 0).collect(),
            films: drafts.iter().map(|draft| draft.film).collect(),
            years: drafts.iter().map(|draft| draft.year).collect(),
            flags: Vec::with_capacity(drafts.len()),
            plain_lengths: drafts.iter().map(|d| d.plain.text.len() as u8).collect(),
            known: Ranked::new(drafts.iter().map(|draft| draft.known).collect()),
            bare: Vec::new(),
            bare_known: Ranked::new(Vec::new()),
        };
        for (at, draft) in drafts.iter().enumerate() {
            let from = names.text.len();
            names.text.extend_from_slice(&draft.form.text);
            for start in &draft.form.starts {
                names.text[from + usize::from(*start)] |= START;
            }
            names.ends[at] = names.text.len() as u32;
            let reformed = draft.plain != draft.form;
            names
                .flags
                .push(u8::from(draft.alias) * ALIAS + u8::from(reformed) * REFORMED);
            if draft.form.article() > 0 {
                names.bare.push(at as u32);
            }
        }
        let rest = |name: &u32| {
            let form = &drafts[*name as usize].form;
            &form.text[form.article()..]
        };
        names.bare.sort_by(|a, b| rest(a).cmp(rest(b)));
        let bare_known = names.bare.iter().map(|name| drafts[*name as usize].known);
        names.bare_known = Ranked::new(bare_known.collect());
        names
    }

    pub(super) fn len(&self) -> usize {
        self.films.len()
    }

    pub(super) fn film(&self, name: u32) -> usize {
        self.films[name as usize] as usize
    }

    /// How well known its film is, 0 to 16.
    pub(super) fn known(&self, name: u32) -> f32 {
        f32::from(self.known.known[name as usize]) / 4096.0
    }

    /// The film's year; 0 if it has none.
    pub(super) fn year(&self, name: u32) -> u16 {
        self.years[name as usize]
    }

    pub(super) fn flags(&self, name: u32) -> u8 {
        self.flags[name as usize]
    }

    pub(super) fn plain_length(&self, name: u32) -> usize {
        usize::from(self.plain_lengths[name as usize])
    }

    fn raw(&self, name: u32) -> &[u8] {
        let name = name as usize;
        let from = name.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[from as usize..self.ends[name] as usize]
    }

    /// Writes a name's form into one that is used again.
    pub(super) fn form(&self, name: u32, form: &mut Form) {
        let raw = self.raw(name);
        form.text.clear();
        form.text.extend(raw.iter().map(|byte| byte & !START));
        form.starts.clear();
        let starts = raw
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte & START != 0);
        form.starts.extend(starts.map(|(at, _)| at as u8));
    }

    /// Where a name has its first word's end, if it has another.
    fn second_word(&self, name: u32) -> usize {
        let raw = self.raw(name);
        let second = raw.iter().skip(1).position(|byte| byte & START != 0);
        second.map_or(0, |at| at + 1)
    }

    /// Whether a word starts at this place of a name, or the name ends there.
    pub(super) fn breaks_at(&self, name: u32, place: usize) -> bool {
        self.raw(name)
            .get(place)
            .is_none_or(|byte| byte & START != 0)
    }

    /// The names that begin so, as a run.
    pub(super) fn begin_with(&self, begin: &[u8]) -> Range<usize> {
        run(0..self.len(), |at| order(self.raw(at as u32), begin))
    }

    /// The names that begin so after an article, as a run of [`Names::bare`].
    pub(super) fn bare_begin_with(&self, begin: &[u8]) -> Range<usize> {
        run(0..self.bare.len(), |at| {
            let name = self.bare[at];
            order(&self.raw(name)[self.second_word(name)..], begin)
        })
    }

    /// Of a run of names, those that continue so at a place.
    pub(super) fn narrow(&self, within: Range<usize>, place: usize, begin: &[u8]) -> Range<usize> {
        run(within, |at| {
            order(self.raw(at as u32).get(place..).unwrap_or_default(), begin)
        })
    }

    /// The letter at a place of a name.
    pub(super) fn letter(&self, name: usize, place: usize) -> Option<u8> {
        self.raw(name as u32).get(place).map(|byte| byte & !START)
    }

    /// The best known of a run of names, of those that fit.
    pub(super) fn best_known(
        &self,
        within: Range<usize>,
        count: usize,
        fits: impl Fn(u32) -> bool,
    ) -> impl Iterator<Item = u32> {
        let best = self.known.top(within, count, |at| fits(at as u32));
        best.into_iter().map(|(_, at)| at)
    }

    /// The best known of a run of names after an article, of those that fit, each with where the
    /// article ends.
    pub(super) fn bare_best_known(
        &self,
        within: Range<usize>,
        count: usize,
        fits: impl Fn(u32, usize) -> bool,
    ) -> impl Iterator<Item = (u32, usize)> {
        let best = self.bare_known.top(within, count, |at| {
            let name = self.bare[at];
            fits(name, self.second_word(name))
        });
        best.into_iter().map(|(_, at)| {
            let name = self.bare[at as usize];
            (name, self.second_word(name))
        })
    }

    /// How many letters a name has.
    pub(super) fn raw_length(&self, name: u32) -> usize {
        self.raw(name).len()
    }
}

/// Where a text stands to all texts that begin so.
fn order(raw: &[u8], begin: &[u8]) -> Ordering {
    for (byte, wanted) in raw.iter().zip(begin) {
        match (byte & !START).cmp(wanted) {
            Ordering::Equal => {}
            other => return other,
        }
    }
    if raw.len() < begin.len() {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

fn run(within: Range<usize>, order: impl Fn(usize) -> Ordering) -> Range<usize> {
    let find = |mut low: usize, mut high: usize, wanted: &dyn Fn(Ordering) -> bool| {
        while low < high {
            let middle = usize::midpoint(low, high);
            if wanted(order(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    };
    let start = find(within.start, within.end, &Ordering::is_lt);
    let end = find(start, within.end, &Ordering::is_le);
    start..end
}

/// How well known each of a list is, with the best known of each block.
#[derive(Debug)]
struct Ranked {
    known: Vec<u16>,
    blocks: Vec<u16>,
}

impl Ranked {
    fn new(known: Vec<u16>) -> Self {
        let best = |block: &[u16]| block.iter().copied().max().unwrap_or(0);
        Self {
            blocks: known.chunks(BLOCK).map(best).collect(),
            known,
        }
    }

    /// The best known of a run, of those that fit, best first.
    fn top(
        &self,
        within: Range<usize>,
        count: usize,
        fits: impl Fn(usize) -> bool,
    ) -> Vec<(u16, u32)> {
        let mut best: Vec<(u16, u32)> = Vec::with_capacity(2 * count + 1);
        let mut least = 0;
        let mut at = within.start;
        while at < within.end && count > 0 {
            let block_end = ((at / BLOCK + 1) * BLOCK).min(within.end);
            if best.len() >= count && self.blocks[at / BLOCK] <= least {
                at = block_end;
                continue;
            }
            for place in at..block_end {
                let known = self.known[place];
                if (best.len() < count || known > least) && fits(place) {
                    best.push((known, place as u32));
                    if best.len() > 2 * count {
                        keep_best(&mut best, count);
                        least = best.last().map_or(0, |(known, _)| *known);
                    }
                }
            }
            at = block_end;
        }
        keep_best(&mut best, count);
        best
    }
}

fn keep_best(best: &mut Vec<(u16, u32)>, count: usize) {
    best.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    best.truncate(count);
}
