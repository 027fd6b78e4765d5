//! Which names may be meant: a few hundred at most, from tables of exact keys first, from shared
//! runs of letters only where those give no answer. Ranking is elsewhere.

use super::Titles;
use super::form::Form;
use super::names::Draft;
use super::table::{Sort, hash};

/// Plain forms up to this length are found with one letter wrong through [`Sort::Short`].
const SHORT: usize = 10;

/// How a candidate was found, as flags.
pub(super) mod found_by {
    /// The plain form is equal.
    pub(in super::super) const PLAIN: u8 = 1;
    /// The query is what stands before or after a colon.
    pub(in super::super) const PART: u8 = 2;
    /// The same words in another order.
    pub(in super::super) const WORDS: u8 = 4;
    /// The query is the first letters.
    pub(in super::super) const INITIALS: u8 = 8;
    /// One letter is wrong.
    pub(in super::super) const SHORT: u8 = 16;
    /// The name begins so.
    pub(in super::super) const BEGIN: u8 = 32;
    /// It shares runs of letters.
    pub(in super::super) const GRAMS: u8 = 64;
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) name: u32,
    pub(super) found_by: u8,
    /// The share of the query's runs of letters, where that was looked at.
    pub(super) share: f32,
}

/// Calls with each key of a name, and its sort.
pub(super) fn keys(draft: &Draft, mut add: impl FnMut(u64)) {
    let plain = &draft.plain;
    add(hash(Sort::Plain, &plain.text));
    if plain.len() > 1 {
        add(hash(Sort::Words, &in_order(plain)));
    }
    for seam in &draft.seams {
        if *seam < draft.form.len() {
            let (head, tail) = (
                draft.form.part(0..*seam),
                draft.form.part(*seam..draft.form.len()),
            );
            for part in [head, tail] {
                add(hash(Sort::Part, &part.plain().text));
            }
            initials(&draft.form.part(0..*seam), &mut add);
        }
    }
    initials(&draft.form, &mut add);
    if plain.text.len() <= SHORT {
        shortened(&plain.text, |short| add(hash(Sort::Short, short)));
    }
    if draft.form.article() > 0 && draft.form.text.len() <= SHORT + 1 {
        shortened(&draft.form.text, |short| add(hash(Sort::Short, short)));
    }
}

/// The first letters of a name of three words or more, with its article and without.
fn initials(form: &Form, add: &mut impl FnMut(u64)) {
    let letters: Vec<u8> = form
        .words()
        .flat_map(|word| {
            let number = word[0].is_ascii_digit();
            word[..if number { word.len() } else { 1 }].iter().copied()
        })
        .collect();
    if (3..=12).contains(&letters.len()) && form.len() > 1 {
        add(hash(Sort::Initials, &letters));
    }
    if form.article() > 0 && (3..=12).contains(&(letters.len() - 1)) && form.len() > 2 {
        add(hash(Sort::Initials, &letters[1..]));
    }
}

fn in_order(form: &Form) -> Vec<u8> {
    let mut words: Vec<&[u8]> = form.words().collect();
    words.sort_unstable();
    words.join(&b' ')
}

/// Calls with each text that lacks one letter, and where it was.
fn shortened(text: &[u8], mut found: impl FnMut(&[u8])) {
    let mut short = Vec::with_capacity(text.len());
    for without in 0..text.len() {
        if without > 0 && text[without] == text[without - 1] {
            continue;
        }
        short.clear();
        short.extend_from_slice(&text[..without]);
        short.extend_from_slice(&text[without + 1..]);
        found(&short);
    }
}

/// What a query says, in the forms it is looked up by.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) form: Form,
    pub(super) plain: Form,
    pub(super) year: Option<u16>,
}

impl Reading {
    pub(super) fn new(query: &str, year: Option<u16>) -> Self {
        let form = Form::new(query);
        Self {
            plain: form.plain(),
            form,
            year,
        }
    }
}

/// How far to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Only exact keys.
    Keys,
    /// Shared runs of letters, too.
    Grams,
}

impl Titles {
    /// Gathers the names that may be meant by a reading.
    pub(super) fn gather(&self, reading: &Reading, depth: Depth) -> Vec<Candidate> {
        let mut found = Vec::new();
        if depth == Depth::Keys {
            self.gather_by_keys(reading, &mut found);
        } else {
            let shared = self.grams.search(&self.names, &reading.plain.text, 40, 24);
            found.extend(shared.into_iter().map(|shared| Candidate {
                name: shared.name,
                found_by: found_by::GRAMS,
                share: shared.share,
            }));
        }
        found
    }

    fn gather_by_keys(&self, reading: &Reading, to: &mut Vec<Candidate>) {
        let mut add = |hash: u64, found_by: u8| {
            to.extend(self.table.names(hash).map(|name| Candidate {
                name,
                found_by,
                share: 0.0,
            }));
        };
        let (form, plain) = (&reading.form, &reading.plain);
        add(hash(Sort::Plain, &plain.text), found_by::PLAIN);
        add(hash(Sort::Part, &plain.text), found_by::PART);
        if plain.len() > 1 {
            add(hash(Sort::Words, &in_order(plain)), found_by::WORDS);
        }
        if form.len() == 1 && (3..=12).contains(&form.text.len()) {
            add(hash(Sort::Initials, &form.text), found_by::INITIALS);
        }
        let mut by_one_letter = |text: &[u8]| {
            if text.len() <= SHORT + 1 {
                add(hash(Sort::Short, text), found_by::SHORT);
                shortened(text, |short| {
                    add(hash(Sort::Plain, short), found_by::SHORT);
                    add(hash(Sort::Short, short), found_by::SHORT);
                });
            }
        };
        by_one_letter(&plain.text);
        if form.text != plain.text {
            by_one_letter(&form.text);
        }
        let begin = |name| Candidate {
            name,
            found_by: found_by::BEGIN,
            share: 0.0,
        };
        if plain.text.len() > 1 {
            let run = self.names.begin_with(&form.text);
            to.extend(self.names.best_known(run, 6, |_| true).map(begin));
            let rest = &form.text[form.article()..];
            let run = self.names.bare_begin_with(rest);
            let bare = self.names.bare_best_known(run, 6, |_, _| true);
            to.extend(bare.map(|(name, _)| begin(name)));
            if rest.len() < form.text.len() {
                let run = self.names.begin_with(rest);
                to.extend(self.names.best_known(run, 3, |_| true).map(begin));
            }
        }
    }
}
