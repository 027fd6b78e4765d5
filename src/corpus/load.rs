//! A folder of film files, one film file, or an NDJSON bundle to a [`Corpus`]. A corpus with any
//! problem is refused whole, so that a broken file never replaces what works.

mod film;
mod value;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::check::{Place, Problem, all_problems};
use super::{Corpus, Film, Slug, limits};

/// Why a corpus cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is nothing at the path.
    #[error("there is nothing at `{}`; name a folder of film files, a film file or an `.ndjson` bundle", .0.display())]
    Missing(PathBuf),
    /// The file system refuses it.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// What could not be read.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Loading stopped on a fault of the program.
    #[error("loading the corpus stopped on a fault of the program: {0}")]
    Stopped(String),
    /// It was read and is faulty.
    #[error("the corpus has {} problem{}", .0.len(), if .0.len() == 1 { "" } else { "s" })]
    Problems(Vec<Problem>),
}

/// Loads a corpus from a folder of film files, one film file, or a bundle (`.ndjson`).
///
/// # Errors
/// If there is nothing, or it cannot be read, or anything in it has a problem.
pub fn load(path: &Path) -> Result<Corpus, LoadError> {
    let read = read(path)?;
    let problems = all_problems(path, &read);
    if problems.is_empty() {
        Ok(Corpus::new(
            read.films.into_iter().map(|(_, film)| film).collect(),
        ))
    } else {
        Err(LoadError::Problems(problems))
    }
}

/// Parses one film file. `file` is where the text is from: its stem is the film's slug unless
/// the text names another, and problems name it as their place.
///
/// # Errors
/// With every problem of the text.
pub fn parse(text: &str, file: &Path) -> Result<Film, Vec<Problem>> {
    film::parse(text, &Place::file(file), file_slug(file))
}

/// What was found at a path, faulty or not.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) films: Vec<(Place, Film)>,
    pub(super) problems: Vec<Problem>,
}

pub(super) fn read(path: &Path) -> Result<Read, LoadError> {
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => LoadError::Missing(path.to_owned()),
        _ => LoadError::Unreadable {
            path: path.to_owned(),
            source,
        },
    };
    let mut read = Read::default();
    if fs::metadata(path).map_err(unreadable)?.is_dir() {
        let mut files = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            files.push(entry.map_err(unreadable)?.path());
        }
        files.retain(|file| is_film_file(file));
        files.sort();
        for file in files {
            read.film_file(&file);
        }
    } else if path.extension().is_some_and(|ending| ending == "ndjson") {
        read.bundle(path, &fs::read(path).map_err(unreadable)?);
    } else {
        read.film_file(path);
    }
    Ok(read)
}

/// Hidden files are an editor's own.
pub(super) fn is_film_file(file: &Path) -> bool {
    let hidden = file
        .file_name()
        .is_none_or(|name| name.to_string_lossy().starts_with('.'));
    !hidden
        && file
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
        && file.is_file()
}

fn file_slug(file: &Path) -> Option<&str> {
    file.file_stem().and_then(|stem| stem.to_str())
}

impl Read {
    fn film_file(&mut self, file: &Path) {
        let place = Place::file(file);
        let text = match read_limited(file) {
            Ok(bytes) => bytes,
            Err(problem) => return self.problems.push(problem),
        };
        self.film(&text, place, file_slug(file));
    }

    fn bundle(&mut self, file: &Path, bytes: &[u8]) {
        for (position, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let place = Place {
                line: Some((position + 1, 1)),
                ..Place::file(file)
            };
            if line.len() > limits::FILE_BYTES {
                self.problems.push(too_large(place));
            } else {
                self.film(line, place, None);
            }
        }
    }

    fn film(&mut self, bytes: &[u8], place: Place, slug: Option<&str>) {
        let text = match utf8(bytes, &place) {
            Ok(text) => text,
            Err(problem) => return self.problems.push(problem),
        };
        match film::parse(text, &place, slug) {
            Ok(film) => self.films.push((place, film)),
            Err(problems) => self.problems.extend(problems),
        }
    }
}

/// Reads one film file: its text, with the film or its problems.
pub(super) fn read_film(file: &Path) -> Result<(String, Result<Film, Vec<Problem>>), Problem> {
    let bytes = read_limited(file)?;
    let text = utf8(&bytes, &Place::file(file))?;
    Ok((text.to_owned(), parse(text, file)))
}

fn utf8<'a>(bytes: &'a [u8], place: &Place) -> Result<&'a str, Problem> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}')),
        Err(error) => Err(Problem {
            place: place.clone(),
            what: format!("is not UTF-8 text (at byte {})", error.valid_up_to() + 1),
            fix: "save it in the encoding UTF-8".into(),
        }),
    }
}

fn read_limited(file: &Path) -> Result<Vec<u8>, Problem> {
    let failed = |error: io::Error| Problem {
        place: Place::file(file),
        what: format!("cannot be read ({error})"),
        fix: "check that it is there and its permissions".into(),
    };
    let size = fs::metadata(file).map_err(failed)?.len();
    if size > limits::FILE_BYTES as u64 {
        return Err(too_large(Place::file(file)));
    }
    fs::read(file).map_err(failed)
}

fn too_large(place: Place) -> Problem {
    Problem {
        place,
        what: format!("is over {} MiB", limits::FILE_BYTES / 1024 / 1024),
        fix: "a film file holds a few articles; split or shorten it".into(),
    }
}

/// The slug of a film: what the object says, else its file's name, else title and year.
fn slug(
    written: Option<&str>,
    file: Option<&str>,
    title: &str,
    year: Option<i32>,
) -> Result<Slug, (String, String)> {
    let derived = Slug::derive(title, year);
    let fix = |what: &str| {
        format!(
            "{what} `{derived}`: up to {} of a-z, 0-9 and `-`",
            Slug::MAX
        )
    };
    match (written, file) {
        (Some(written), Some(file)) if written != file => Err((
            "differs from the file's name".into(),
            "leave `slug` out; the file's name is the slug".into(),
        )),
        (Some(written), _) => Slug::parse(written)
            .ok_or_else(|| ("is not a slug".into(), fix("make it something like"))),
        (None, Some(file)) => Slug::parse(file).ok_or_else(|| {
            (
                "has a name that is not a slug".into(),
                fix("rename it to something like"),
            )
        }),
        (None, None) => Ok(derived),
    }
}
