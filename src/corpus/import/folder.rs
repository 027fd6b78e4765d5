//! The folder that imported articles go to: finds each film's file, refuses what would be
//! overwritten unseen, and writes whole files or nothing.

mod file;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Change, FilmFacts, Imported, Revised, merge, words};
use crate::corpus::{Film, Problem, Slug, limits, load};
use file::FilmFile;

pub use file::Saved;

/// The film files of one folder, with the articles placed in them since.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    files: Vec<FilmFile>,
    broken: Vec<Broken>,
}

/// A film file that cannot be read as one.
#[derive(Debug)]
struct Broken {
    slug: String,
    /// Whatever `title` it has, if it is JSON.
    title: Option<String>,
    problems: Vec<Problem>,
    /// Whether they have refused an article, and were handed out with that.
    told: bool,
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It is something else.
    #[error("`{}` is not a folder; name the folder of film files", .0.display())]
    NotAFolder(PathBuf),
    /// The file system refuses it.
    #[error("cannot use `{}`", path.display())]
    Unusable {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Why an article or a film is not taken. The message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Its text cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// Several films could be meant.
    #[error("it could be about {}; say which with `--year N`, or add it to the file by hand", .0.join(" or "))]
    Ambiguous(Vec<String>),
    /// The film has it in other words.
    #[error(transparent)]
    Revised(#[from] Revised),
    /// The film's file has problems.
    #[error("the film's file has problems; mend them first (nothing was changed)")]
    Broken(Vec<Problem>),
    /// What would be written has problems.
    #[error("the film file would have problems (nothing was changed)")]
    Unfit(Vec<Problem>),
    /// The name is taken.
    #[error("`{}` is there and is no file of this film; rename it first", .0.display())]
    Occupied(PathBuf),
    /// Somebody else wrote the file.
    #[error("`{}` was changed while this ran; import again", .0.display())]
    Changed(PathBuf),
    /// The file system refuses it.
    #[error("cannot write `{}`: {source}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Where an article went.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The film with its year.
    pub film: String,
    /// Its file.
    pub file: PathBuf,
    /// What it changed there.
    pub changes: Vec<Change>,
    /// Whether that is anything to write.
    pub is_new: bool,
    /// If the film is new: films of the same title and another year.
    pub namesakes: Vec<String>,
}

/// Reads a text to import.
///
/// # Errors
/// If it is missing, no file, too large or not UTF-8; the message says what to do.
pub fn read_text(file: &Path) -> Result<String, Refused> {
    let unreadable = |what: String| Refused::Unreadable(what);
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => unreadable("there is no such file; check its name".to_owned()),
        _ => unreadable(format!(
            "it cannot be read ({error}); check its permissions"
        )),
    };
    let found = fs::metadata(file).map_err(failed)?;
    if !found.is_file() {
        return Err(unreadable(
            "it is no file; name the text files themselves".into(),
        ));
    }
    if found.len() > limits::FILE_BYTES as u64 {
        let most = limits::FILE_BYTES / 1024 / 1024;
        return Err(unreadable(format!(
            "it is over {most} MiB; save the text of one article in it"
        )));
    }
    String::from_utf8(fs::read(file).map_err(failed)?).map_err(|error| {
        let byte = error.utf8_error().valid_up_to() + 1;
        unreadable(format!(
            "it is not UTF-8 text (at byte {byte}); save it in the encoding UTF-8"
        ))
    })
}

impl Folder {
    /// Opens a folder of film files; one that is not there yet is empty.
    ///
    /// # Errors
    /// If it is no folder or cannot be read. Broken film files are no error until an article
    /// belongs in one.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let mut folder = Self {
            path: path.to_owned(),
            files: Vec::new(),
            broken: Vec::new(),
        };
        let unusable = |source| FolderError::Unusable {
            path: path.to_owned(),
            source,
        };
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(FolderError::NotAFolder(path.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(folder),
            Err(error) => return Err(unusable(error)),
        }
        let mut files = Vec::new();
        for entry in fs::read_dir(path).map_err(unusable)? {
            files.push(entry.map_err(unusable)?.path());
        }
        files.retain(|file| load::is_film_file(file));
        files.sort();
        for file in files {
            folder.read(file);
        }
        Ok(folder)
    }

    fn read(&mut self, path: PathBuf) {
        let slug = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let (title, problems) = match load::read_film(&path) {
            Ok((text, Ok(film))) => {
                self.files.push(FilmFile {
                    film,
                    read: Some((path, text)),
                    changed: false,
                });
                return;
            }
            Ok((text, Err(problems))) => (loose_title(&text), problems),
            Err(problem) => (None, vec![problem]),
        };
        self.broken.push(Broken {
            slug,
            title,
            problems,
            told: false,
        });
    }

    /// The problems of film files that cannot be read, other than those that refused an article.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.broken
            .iter()
            .filter(|broken| !broken.told)
            .flat_map(|broken| &broken.problems)
    }

    /// Places an article in its film's file, in memory; [`Folder::save`] writes.
    ///
    /// The film is found by its title or an alias, and by its year where both have one; of two
    /// films with one title and year, by its directors.
    ///
    /// # Errors
    /// If several films could be meant, the film's file is broken, or the film has the article
    /// in other words.
    pub fn place(&mut self, imported: &Imported) -> Result<Placed, Refused> {
        let found = self.find(&imported.film)?;
        if found.is_none() {
            self.refuse_broken(&imported.film)?;
        }
        let merged = merge(found.map(|at| &self.files[at].film), imported)?;
        let is_new = merged.is_new();
        let path = self.file(&merged.film.slug);
        let name = merged.film.name();
        let namesakes = self
            .files
            .iter()
            .filter(|file| found.is_none() && words(&file.film.title) == words(&merged.film.title))
            .map(|file| file.film.name())
            .collect();
        if let Some(at) = found {
            let there = &mut self.files[at];
            there.film = merged.film;
            there.changed |= is_new;
        } else {
            self.files.push(FilmFile {
                film: merged.film,
                read: None,
                changed: true,
            });
        }
        Ok(Placed {
            film: name,
            file: path,
            changes: merged.changes,
            is_new,
            namesakes,
        })
    }

    fn find(&self, facts: &FilmFacts) -> Result<Option<usize>, Refused> {
        let said = words(&facts.title);
        let named_so = |film: &Film| {
            std::iter::once(&film.title)
                .chain(&film.aliases)
                .any(|name| words(name) == said)
        };
        let years_fit = |film: &Film| match (film.year, facts.year) {
            (Some(year), Some(other)) => year == other,
            _ => true,
        };
        let mut found: Vec<usize> = (0..self.files.len())
            .filter(|at| named_so(&self.files[*at].film) && years_fit(&self.files[*at].film))
            .collect();
        // Of several, those that fit better: by title, then year, then director.
        let by_title = |film: &Film| words(&film.title) == said;
        let by_year = |film: &Film| film.year.is_some() && film.year == facts.year;
        let by_director = |film: &Film| {
            film.directors.iter().any(|name| {
                facts
                    .directors
                    .iter()
                    .any(|other| words(name) == words(other))
            })
        };
        let tests: [&dyn Fn(&Film) -> bool; 3] = [&by_title, &by_year, &by_director];
        for fits in tests {
            if found.len() > 1 && found.iter().any(|at| fits(&self.files[*at].film)) {
                found.retain(|at| fits(&self.files[*at].film));
            }
        }
        if found.len() > 1 {
            let names = found.iter().map(|at| {
                let film = &self.files[*at].film;
                format!("{} in `{}`", film.name(), self.file(&film.slug).display())
            });
            return Err(Refused::Ambiguous(names.collect()));
        }
        Ok(found.pop())
    }

    /// A broken file is taken for the film's if its name or its title says so.
    fn refuse_broken(&mut self, facts: &FilmFacts) -> Result<(), Refused> {
        let said = words(&facts.title);
        let undated = Slug::derive(&facts.title, None);
        let is_this = |broken: &&mut Broken| {
            let rest = broken.slug.strip_prefix(undated.as_str());
            let year = |rest: &str| {
                rest.strip_prefix('-')
                    .and_then(|year| year.parse::<i32>().ok())
            };
            let by_name = rest.is_some_and(|rest| {
                rest.is_empty()
                    || year(rest).is_some_and(|year| facts.year.is_none_or(|other| other == year))
            });
            by_name
                || broken
                    .title
                    .as_ref()
                    .is_some_and(|title| words(title) == said)
        };
        match self.broken.iter_mut().find(is_this) {
            Some(broken) => {
                broken.told = true;
                Err(Refused::Broken(broken.problems.clone()))
            }
            None => Ok(()),
        }
    }

    fn file(&self, slug: &Slug) -> PathBuf {
        self.path.join(format!("{slug}.json"))
    }

    /// Writes every film that has changed; a dry run does all but writing. Each file is written
    /// whole or not at all, and only if it reads back as the film it holds.
    pub fn save(&mut self, dry_run: bool) -> Vec<Result<Saved, Refused>> {
        let path = self.path.clone();
        self.files
            .iter_mut()
            .filter(|file| file.changed)
            .map(|file| {
                let saved = file.save(&path, dry_run)?;
                file.changed = false;
                Ok(saved)
            })
            .collect()
    }
}

/// The `title` of a film file that is JSON, whatever else is wrong with it.
fn loose_title(text: &str) -> Option<String> {
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    Some(json.get("title")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::import::{Options, recognise};

    fn page(title: &str, word: &str) -> Imported {
        let text = format!("The {word} waits outside, and the {word} knows why it rains. ");
        recognise(
            &format!("{title}\n\n{}", text.repeat(5)),
            &Options::default(),
        )
        .unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn import(path: &Path, pages: &[Imported]) -> Vec<Saved> {
        let mut folder = Folder::open(path).unwrap();
        for page in pages {
            folder.place(page).unwrap();
        }
        folder.save(false).into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn a_file_gets_its_year_in_its_name_once_it_is_known() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), &[page("Tin Moon Ending Explained", "dog")]);
        assert_eq!(names(dir.path()), ["tin-moon.json"]);

        let saved = import(dir.path(), &[page("Tin Moon (1974)", "cat")]);

        assert_eq!(names(dir.path()), ["tin-moon-1974.json"]);
        assert_eq!(
            saved[0].renamed_from,
            Some(dir.path().join("tin-moon.json"))
        );
    }

    #[test]
    fn the_same_again_writes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let pages = [
            page("Tin Moon (1974)", "dog"),
            page("Tin Moon (1974)", "cat"),
        ];
        import(dir.path(), &pages);
        let before = fs::read(dir.path().join("tin-moon-1974.json")).unwrap();

        let saved = import(dir.path(), &pages);

        assert_eq!(saved, []);
        assert_eq!(
            fs::read(dir.path().join("tin-moon-1974.json")).unwrap(),
            before
        );
    }

    #[test]
    fn an_alias_finds_the_film_and_a_year_tells_remakes_apart() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), &[page("Tin Moon (1974)", "dog")]);
        let file = dir.path().join("tin-moon-1974.json");
        let aliased = fs::read_to_string(&file).unwrap().replacen(
            "\"year\"",
            "\"aliases\": [\"Zinnmond\"], \"year\"",
            1,
        );
        fs::write(&file, aliased).unwrap();

        let mut folder = Folder::open(dir.path()).unwrap();
        let same = folder
            .place(&page("Zinnmond Ending Explained", "cat"))
            .unwrap();
        let remake = folder.place(&page("Tin Moon (2020)", "owl")).unwrap();

        assert_eq!((same.file, same.film.as_str()), (file, "Tin Moon (1974)"));
        assert_eq!(remake.film, "Tin Moon (2020)");
        assert_eq!(remake.namesakes, ["Tin Moon (1974)"]);
        let refused = folder.place(&page("Tin Moon Ending Explained", "fox"));
        assert!(matches!(refused, Err(Refused::Ambiguous(_))), "{refused:?}");
    }

    #[test]
    fn a_broken_file_of_the_film_is_never_overwritten() {
        for (name, text) in [
            ("tin-moon-1974.json", "{ \"title\": \"Tin Moon\", "),
            ("moon.json", "{ \"title\": \"Tin Moon\", \"yaer\": 1974 }"),
        ] {
            let dir = tempfile::tempdir().unwrap();
            fs::write(dir.path().join(name), text).unwrap();
            let mut folder = Folder::open(dir.path()).unwrap();

            let refused = folder.place(&page("Tin Moon (1974)", "dog"));

            assert!(matches!(&refused, Err(Refused::Broken(problems)) if !problems.is_empty()));
            assert_eq!(folder.problems().count(), 0);
            folder.place(&page("Iron Harbour (1950)", "cat")).unwrap();
            assert_eq!(folder.save(false).len(), 1);
            assert_eq!(fs::read_to_string(dir.path().join(name)).unwrap(), text);
        }
    }

    #[test]
    fn a_file_of_another_film_or_another_hand_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), &[page("Iron Harbour (1950)", "dog")]);
        let taken = dir.path().join("tin-moon-1974.json");
        fs::rename(dir.path().join("iron-harbour-1950.json"), &taken).unwrap();

        let mut folder = Folder::open(dir.path()).unwrap();
        folder.place(&page("Tin Moon (1974)", "cat")).unwrap();
        assert!(matches!(
            folder.save(false)[..],
            [Err(Refused::Occupied(_))]
        ));

        let mut folder = Folder::open(dir.path()).unwrap();
        folder.place(&page("Iron Harbour (1950)", "cat")).unwrap();
        fs::write(&taken, "edited meanwhile").unwrap();
        assert!(matches!(folder.save(false)[..], [Err(Refused::Changed(_))]));
        assert_eq!(fs::read_to_string(&taken).unwrap(), "edited meanwhile");
    }

    #[test]
    fn a_dry_run_writes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("films");
        let mut folder = Folder::open(&path).unwrap();
        folder.place(&page("Tin Moon (1974)", "dog")).unwrap();

        let saved = folder.save(true);

        assert!(matches!(&saved[..], [Ok(saved)] if !saved.existed));
        assert!(!path.exists());
    }

    #[test]
    fn files_that_cannot_be_read_say_why() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("page.txt");
        fs::write(&file, b"caf\xe9").unwrap();
        let large = dir.path().join("large.txt");
        fs::write(&large, vec![b'x'; limits::FILE_BYTES + 1]).unwrap();

        for (path, expected) in [
            (file, "not UTF-8 text (at byte 4)"),
            (large, "over 4 MiB"),
            (dir.path().join("missing.txt"), "no such file"),
            (dir.path().to_owned(), "no file"),
        ] {
            let error = read_text(&path).unwrap_err().to_string();

            assert!(error.contains(expected), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_as_open_as_any_other() {
        use std::os::unix::fs::PermissionsExt;

        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("plain.txt"), "").unwrap();
        import(dir.path(), &[page("Tin Moon (1974)", "dog")]);

        let mode = |name: &str| {
            fs::metadata(dir.path().join(name))
                .unwrap()
                .permissions()
                .mode()
        };
        assert_eq!(mode("tin-moon-1974.json"), mode("plain.txt"));
    }
}
