//! Writing one film file: checked before, atomic, and never over what another hand wrote.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Refused;
use crate::corpus::{Film, Problem, check::Place, limits, load};

/// A film and its file.
#[derive(Debug)]
pub(super) struct FilmFile {
    pub(super) film: Film,
    /// The file as it was read; none if it is still to be made.
    pub(super) read: Option<(PathBuf, String)>,
    pub(super) changed: bool,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The file.
    pub file: PathBuf,
    /// What the file was called before, if it has another name now.
    pub renamed_from: Option<PathBuf>,
    /// Whether the file was there.
    pub existed: bool,
}

impl FilmFile {
    /// Writes the film, whole or not at all; a dry run does all but that.
    pub(super) fn save(&mut self, folder: &Path, dry_run: bool) -> Result<Saved, Refused> {
        let file = folder.join(format!("{}.json", self.film.slug));
        let text = film_text(&self.film, &file)?;
        let before = self.read.as_ref().map(|(path, _)| path.clone());
        let moves = before.as_ref().is_some_and(|before| *before != file);
        if (moves || before.is_none()) && file.exists() {
            return Err(Refused::Occupied(file));
        }
        if let Some((path, read)) = &self.read
            && load::read_film(path).map(|(text, _)| text).ok().as_ref() != Some(read)
        {
            return Err(Refused::Changed(path.clone()));
        }
        if !dry_run {
            let unwritable = |source| Refused::Unwritable {
                path: file.clone(),
                source,
            };
            fs::create_dir_all(folder).map_err(unwritable)?;
            if let Some(before) = before.as_ref().filter(|_| moves) {
                // The old text under the new name is a film file, too, should the rest fail.
                fs::rename(before, &file).map_err(unwritable)?;
            }
            write_whole(&file, &text, before.is_some()).map_err(unwritable)?;
            self.read = Some((file.clone(), text));
        }
        Ok(Saved {
            file,
            existed: before.is_some(),
            renamed_from: before.filter(|_| moves),
        })
    }
}

/// The text of a film file, once it is sure that it reads back as the same film.
fn film_text(film: &Film, path: &Path) -> Result<String, Refused> {
    let unfit = |what: &str| {
        Refused::Unfit(vec![Problem {
            place: Place::file(path),
            what: what.to_owned(),
            fix: "import fewer articles into it, or shorten them".into(),
        }])
    };
    let text =
        serde_json::to_string_pretty(film).map_err(|error| unfit(&error.to_string()))? + "\n";
    if text.len() > limits::FILE_BYTES {
        return Err(unfit("would be larger than a film file may be"));
    }
    let back = load::parse(&text, path).map_err(Refused::Unfit)?;
    if back == *film {
        Ok(text)
    } else {
        Err(unfit("would not read back as it was written"))
    }
}

/// Writes beside the file and renames, so that a reader sees the old text or the new.
fn write_whole(file: &Path, text: &str, replace: bool) -> io::Result<()> {
    // Through a link, what it points to is replaced, not the link.
    let file = if replace {
        fs::canonicalize(file)?
    } else {
        file.to_owned()
    };
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".import-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask
    let mut new = builder.tempfile_in(folder)?;
    if replace {
        new.as_file()
            .set_permissions(fs::metadata(&file)?.permissions())?;
    }
    new.write_all(text.as_bytes())?;
    new.as_file().sync_all()?;
    if replace {
        new.persist(&file).map_err(io::Error::from)?;
    } else {
        new.persist_noclobber(&file).map_err(io::Error::from)?;
    }
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}
