//! Every fault of a corpus, each with its place and what to do. Problems refuse a corpus,
//! remarks are advice to its editors.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::load::{self, LoadError};
use super::{Film, Size, Slug};

/// A fault that refuses a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub fix: String,
}

/// Advice for editors; refuses nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where it is.
    pub place: Place,
    /// What it is, and what might be done.
    pub what: String,
}

/// A place in a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, or the folder.
    pub file: PathBuf,
    /// Line and column, from 1.
    pub line: Option<(usize, usize)>,
    /// The JSON path: `articles[0].title`; empty for the whole file.
    pub path: String,
}

impl Place {
    /// A whole file.
    pub fn file(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            ..Self::default()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some((line, column)) = self.line {
            write!(f, ":{line}:{column}")?;
        }
        if !self.path.is_empty() {
            write!(f, ": `{}`", self.path)?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, what, fix } = self;
        if place.path.is_empty() {
            write!(f, "{place}: {what}; {fix}")
        } else {
            write!(f, "{place} {what}; {fix}")
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: remark: {}", self.place, self.what)
    }
}

/// What [`check`] found at one path.
#[derive(Debug)]
pub struct Report {
    /// What refuses the corpus.
    pub problems: Vec<Problem>,
    /// Advice.
    pub remarks: Vec<Remark>,
    /// How much there is that could be read.
    pub size: Size,
}

/// Checks a film file, a folder of them or a bundle, and reports everything at once.
///
/// # Errors
/// Only if there is nothing at the path, or the file system refuses it.
pub fn check(path: &Path) -> Result<Report, LoadError> {
    let read = load::read(path)?;
    let problems = all_problems(path, &read);
    let remarks = read
        .films
        .iter()
        .flat_map(|(place, film)| remarks(place, film))
        .collect();
    let corpus = super::Corpus::new(read.films.into_iter().map(|(_, film)| film).collect());
    Ok(Report {
        problems,
        remarks,
        size: corpus.size(),
    })
}

/// The problems of single films, and those that only show across films.
pub(super) fn all_problems(path: &Path, read: &load::Read) -> Vec<Problem> {
    let mut problems = read.problems.clone();
    let mut first: HashMap<&Slug, &Place> = HashMap::new();
    let mut namesakes: HashMap<(String, Option<i32>), Vec<usize>> = HashMap::new();
    for (position, (place, film)) in read.films.iter().enumerate() {
        if let Some(other) = first.insert(&film.slug, place) {
            problems.push(Problem {
                place: place.clone(),
                what: format!("has the slug `{}`, which {other} has too", film.slug),
                fix: "give one of them another `slug`, or join their articles in one film".into(),
            });
        }
        let others = namesakes
            .entry((film.title.to_lowercase(), film.year))
            .or_default();
        let same = |other: &Film| {
            let either_unnamed = film.directors.is_empty() || other.directors.is_empty();
            either_unnamed || film.directors == other.directors
        };
        let mut others_there = others.iter().map(|other| &read.films[*other]);
        if let Some((other, _)) = others_there.find(|(_, other)| same(other)) {
            problems.push(Problem {
                place: place.clone(),
                what: format!("has the title and year of {other}"),
                fix: "if they are two films, name their `directors`; else join their articles in one file".into(),
            });
        }
        others.push(position);
    }
    if read.films.is_empty() && problems.is_empty() {
        problems.push(Problem {
            place: Place::file(path),
            what: "has no film in it".into(),
            fix: "add a film file such as `anora-2024.json`, or name another path".into(),
        });
    }
    problems
}

fn remarks(place: &Place, film: &Film) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut remark = |path: &str, what: String| {
        remarks.push(Remark {
            place: Place {
                path: path.into(),
                ..place.clone()
            },
            what,
        });
    };
    let derived = Slug::derive(&film.title, film.year);
    if !film.slug.as_str().starts_with(derived.as_str()) {
        remark(
            "",
            format!(
                "the slug is `{}`, though title and year make `{derived}`",
                film.slug
            ),
        );
    }
    if film.outlook.is_none() {
        remark(
            "outlook",
            "is missing; tones, credits scene and content notes help people choose".into(),
        );
    }
    for (position, article) in film.articles.iter().enumerate() {
        if article.source.name.is_none() && article.source.url.is_none() {
            remark(
                &format!("articles[{position}].source"),
                "names no source; people will see an answer without one".into(),
            );
        }
    }
    remarks
}
