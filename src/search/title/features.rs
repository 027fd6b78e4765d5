//! What is compared of a query and a name: named numbers, from which the trees make a score.

use super::Titles;
use super::candidates::{Candidate, Reading, found_by};
use super::distance::Pattern;
use super::form::{Form, is_article};
use super::names::{ALIAS, REFORMED};
use super::slip;

/// How many features there are.
pub(super) const COUNT: usize = NAMES.len();
pub(super) type Features = [f32; COUNT];

/// Their names, in order; the trees were fitted to this order.
pub(super) const NAMES: [&str; 48] = [
    "popularity",
    "query length",
    "title length",
    "edits",
    "edits of plain forms",
    "edits at best",
    "edit likeness",
    "edits to its beginning",
    "equal letters",
    "equal",
    "equal plain form",
    "same words",
    "before a colon",
    "after a colon",
    "initials",
    "equal from the start",
    "equal from the end",
    "kind of slip",
    "words found",
    "title words found",
    "words found or alike",
    "title words found or alike",
    "words not found",
    "title words not found",
    "words in order",
    "year",
    "year typed",
    "alias",
    "same first letter",
    "shared runs",
    "letters in order",
    "sound",
    "words typed",
    "title words",
    "numbers",
    "rarest word not found",
    "rarest title word not found",
    "worst word",
    "edits over the nearest",
    "better known as near",
    "popularity over as near",
    "candidates",
    "place",
    "likeness over the nearest",
    "begins so",
    "articles left out",
    "same written words",
    "vowels typed",
];

pub(super) const POPULARITY: usize = 0;
pub(super) const EDITS: usize = 5;
pub(super) const LIKENESS: usize = 6;
const EQUAL_LETTERS: usize = 8;
const EQUAL_PLAIN: usize = 10;
const YEAR: usize = 25;
const INITIALS: usize = 14;
const OVER_NEAREST: usize = 38;
const BETTER_KNOWN: usize = 39;
const KNOWN_OVER: usize = 40;
const CANDIDATES: usize = 41;
const PLACE: usize = 42;
const LIKENESS_OVER: usize = 43;

/// A reading with what every comparison needs of it.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub(super) reading: &'a Reading,
    form: Pattern,
    plain: Pattern,
    sound: Pattern,
    rarity: Vec<f32>,
    numbers: Vec<Vec<u8>>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(titles: &Titles, reading: &'a Reading) -> Self {
        Self {
            form: Pattern::new(&reading.form.text),
            plain: Pattern::new(&reading.plain.text),
            sound: Pattern::new(&slip::sound(&reading.plain.text)),
            rarity: reading
                .plain
                .words()
                .map(|word| titles.rarity.of(word))
                .collect(),
            numbers: numbers(&reading.plain),
            reading,
        }
    }
}

fn numbers(plain: &Form) -> Vec<Vec<u8>> {
    let numbers = plain.words().filter(|word| word[0].is_ascii_digit());
    numbers.map(<[u8]>::to_vec).collect()
}

/// What is used again from name to name.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) form: Form,
    pub(super) plain: Form,
}

/// A first, cheap look at a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glance {
    pub(super) candidate: Candidate,
    pub(super) score: f32,
}

impl Titles {
    /// Looks at a candidate cheaply, to choose which to compare in full.
    pub(super) fn glance(
        &self,
        wanted: &Wanted<'_>,
        candidate: Candidate,
        scratch: &mut Scratch,
    ) -> Glance {
        let name = candidate.name;
        self.names.form(name, &mut scratch.form);
        let distance = wanted.form.distance(&scratch.form.text);
        let longer = wanted.reading.form.text.len().max(scratch.form.text.len());
        let mut likeness = 1.0 - distance.whole as f32 / longer.max(1) as f32;
        let reformed = self.names.flags(name) & REFORMED != 0
            || wanted.reading.plain.text != wanted.reading.form.text;
        if reformed {
            scratch.form.plain_into(&mut scratch.plain);
            let whole = wanted.plain.distance(&scratch.plain.text).whole;
            let longer = wanted
                .reading
                .plain
                .text
                .len()
                .max(scratch.plain.text.len());
            likeness = likeness.max(1.0 - whole as f32 / longer.max(1) as f32);
        }
        let by = |flags: u8| candidate.found_by & flags != 0;
        let begin = 0.8 - distance.begin as f32 / wanted.reading.form.text.len().max(1) as f32;
        let known = self.names.known(name) / 12.0;
        let mut score = likeness.max(begin).max(0.85 * candidate.share);
        if by(found_by::WORDS | found_by::PART) {
            score = score.max(0.93);
        }
        if by(found_by::INITIALS) {
            score = score.max(0.95);
        }
        let year = match wanted.reading.year {
            Some(year) if year == self.names.year(name) => 0.3,
            _ => 0.0,
        };
        Glance {
            candidate,
            score: score + 0.12 * known + year,
        }
    }

    /// Compares a candidate in full. What depends on the other candidates comes later.
    pub(super) fn features(
        &self,
        wanted: &Wanted<'_>,
        candidate: Candidate,
        scratch: &mut Scratch,
    ) -> Features {
        let name = candidate.name;
        let Scratch { form, plain } = scratch;
        self.names.form(name, form);
        form.plain_into(plain);
        let reading = wanted.reading;
        let distance = wanted.form.distance(&form.text);
        let plain_distance = wanted.plain.distance(&plain.text);
        let (edits, q, c) = if distance.whole <= plain_distance.whole {
            (distance.whole, &reading.form.text, &form.text)
        } else {
            (plain_distance.whole, &reading.plain.text, &plain.text)
        };
        let longer = q.len().max(c.len()).max(1);
        let same_start = q.iter().zip(c).take_while(|(a, b)| a == b).count();
        let same_end = q
            .iter()
            .rev()
            .zip(c.iter().rev())
            .take_while(|(a, b)| a == b)
            .count();
        let words = self.rarity.align(&reading.plain, &wanted.rarity, plain);
        let flag = |yes: bool| f32::from(u8::from(yes));
        let by = |flags: u8| flag(candidate.found_by & flags != 0);
        let equal_plain = reading.plain.text == plain.text;
        let inside = !equal_plain && !reading.plain.text.is_empty();
        let begin = distance.begin.min(plain_distance.begin);
        let mut features = [0.0; COUNT];
        let all = [
            self.names.known(name),
            reading.plain.text.len() as f32,
            plain.text.len() as f32,
            distance.whole as f32,
            plain_distance.whole as f32,
            edits as f32,
            1.0 - edits as f32 / longer as f32,
            begin as f32,
            flag(reading.form.text == form.text),
            flag(reading.form == *form),
            flag(equal_plain),
            by(found_by::WORDS),
            by(found_by::PART) * flag(inside && plain.text.starts_with(&reading.plain.text)),
            by(found_by::PART) * flag(inside && plain.text.ends_with(&reading.plain.text)),
            by(found_by::INITIALS) * initials(&reading.form, form),
            same_start as f32,
            same_end as f32,
            slip::kind(q, c, edits),
            words.found,
            words.title_found,
            words.alike,
            words.title_alike,
            words.missed,
            words.title_missed,
            words.in_order,
            year(reading.year, self.names.year(name)),
            flag(reading.year.is_some()),
            flag(self.names.flags(name) & ALIAS != 0),
            flag(q.first() == c.first()),
            candidate.share,
            0.0,
            wanted.sound.distance(&slip::sound(&plain.text)).whole as f32,
            reading.form.len() as f32,
            form.len() as f32,
            same_numbers(&wanted.numbers, &numbers(plain)),
            words.rarest_missed,
            words.rarest_title_missed,
            words.worst,
        ];
        features[..all.len()].copy_from_slice(&all);
        features[44] = flag(inside && begin == 0);
        features[45] = articles(form) - articles(&reading.form);
        features[47] = slip::vowels(&reading.form.text);
        features[46] = flag(same_words(&reading.form, form));
        features
    }
}

fn articles(form: &Form) -> f32 {
    form.words().filter(|word| is_article(word)).count() as f32
}

fn same_words(one: &Form, other: &Form) -> bool {
    if one.text.len() != other.text.len() || one.len() != other.len() {
        return false;
    }
    let mut others: Vec<&[u8]> = other.words().collect();
    one.words().all(|word| {
        let at = others.iter().position(|other| *other == word);
        at.map(|at| others.swap_remove(at)).is_some()
    })
}

/// Which first letters a query gives: of all words, without the article, or of the first ones only.
fn initials(typed: &Form, name: &Form) -> f32 {
    let article = name.article() > 0;
    let mut rest = typed.text.as_slice();
    let mut words = 0;
    for word in name
        .words()
        .skip(usize::from(article && rest.first() != name.text.first()))
    {
        if rest.is_empty() {
            break;
        }
        let next = rest.strip_prefix(word).filter(|_| word[0].is_ascii_digit());
        let Some(next) = next.or_else(|| rest.strip_prefix(&word[..1])) else {
            return 1.0;
        };
        rest = next;
        words += 1;
    }
    let skipped = article && typed.text.first() != name.text.first();
    match (words + usize::from(skipped) == name.len(), skipped) {
        (true, true) => 5.0,
        (true, false) if article => 3.0,
        (true, false) => 4.0,
        (false, _) => 2.0,
    }
}

fn year(typed: Option<u16>, film: u16) -> f32 {
    match typed {
        Some(typed) if film > 0 => match typed.abs_diff(film) {
            0 => 3.0,
            1 => 2.0,
            2..=3 => 1.0,
            _ => -1.0,
        },
        _ => 0.0,
    }
}

fn same_numbers(typed: &[Vec<u8>], title: &[Vec<u8>]) -> f32 {
    if typed.is_empty() && title.is_empty() {
        0.0
    } else if typed == title {
        2.0
    } else if typed.iter().all(|number| title.contains(number)) {
        1.0
    } else {
        -1.0
    }
}

/// Whether two films have a name that fits alike.
pub(super) fn are_namesakes(first: &Features, other: &Features) -> bool {
    #[expect(clippy::float_cmp, reason = "flags")]
    let same = [EQUAL_LETTERS, EQUAL_PLAIN, YEAR]
        .iter()
        .all(|at| first[*at] == other[*at]);
    same && first[EQUAL_PLAIN] > 0.0
}

/// Whether a year was typed that is not the film's.
pub(super) fn is_of_another_year(features: &Features) -> bool {
    features[YEAR] <= -1.0
}

/// Fills in what depends on the other candidates; these are in the order of the first look.
pub(super) fn compare(all: &mut [Features]) {
    let nearest = all.iter().map(|one| one[EDITS]).fold(f32::MAX, f32::min);
    let likest = all.iter().map(|one| one[LIKENESS]).fold(0.0, f32::max);
    let others: Vec<(f32, f32, bool)> = all.iter().map(standing).collect();
    let count = all.len() as f32;
    for (place, one) in all.iter_mut().enumerate() {
        // Who has the first letters is compared with those who have them, too.
        let (edits, known, initials) = standing(one);
        let as_near = others.iter().filter(|(other, _, by_initials)| {
            if initials {
                *by_initials
            } else {
                *other <= edits
            }
        });
        let most = as_near
            .clone()
            .map(|(_, known, _)| *known)
            .fold(0.0, f32::max);
        one[BETTER_KNOWN] = as_near.filter(|(_, other, _)| *other > known).count() as f32;
        one[KNOWN_OVER] = known - most;
        one[OVER_NEAREST] = one[EDITS] - nearest;
        one[LIKENESS_OVER] = one[LIKENESS] - likest;
        one[CANDIDATES] = count;
        one[PLACE] = place as f32;
    }
}

/// Edits, popularity, and whether it was found by its first letters.
fn standing(one: &Features) -> (f32, f32, bool) {
    (one[EDITS], one[POPULARITY], one[INITIALS] > 0.0)
}

/// The feature that `fuzzy-matcher` gives.
pub(super) const LETTERS_IN_ORDER: usize = 30;
