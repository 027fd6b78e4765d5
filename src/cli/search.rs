//! `last-reel search`: what a query matches and why, without showing any plot.

mod lines;
mod shown;

use std::io::{self, BufReader, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::ValueEnum;

use crate::corpus;
use crate::reply::Library;
use crate::search::{Confidence, Match, Matches, PassagePlace, Scope, SectionPlace};

/// The arguments of `last-reel search`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What a person might type
    #[arg(required_unless_present = "ndjson", conflicts_with = "ndjson")]
    query: Option<String>,
    /// Look for one kind of thing only
    #[arg(long)]
    kind: Option<Kind>,
    /// Look for entries, sections and passages in this film (a slug or a title)
    #[arg(long, value_name = "FILM")]
    film: Option<String>,
    /// How many matches to show of each kind
    #[arg(long, default_value_t = 3)]
    limit: usize,
    /// Read one query a line from standard input, write one answer a line
    #[arg(long)]
    ndjson: bool,
}

/// What can be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// The film asked for
    Film,
    /// The film being typed, as in the autocomplete box
    Choice,
    /// A labelled passage
    Entry,
    /// A section of a film
    Section,
    /// Any passage, by its text
    Passage,
}

/// Searches as asked in the corpus at `data`.
///
/// # Errors
/// If the corpus cannot be used, the film is not covered, or reading or writing fails.
pub fn run(args: &Args, data: &Path) -> anyhow::Result<ExitCode> {
    let library = Library::new(corpus::load(data)?);
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.ndjson {
        lines::answer_all(&library, BufReader::new(io::stdin().lock()), &mut out)?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let film = match &args.film {
        Some(name) => Some(find_film(&library, name)?),
        None => None,
    };
    let query = args.query.as_deref().unwrap_or_default();
    let found = shown::show(&library, args, film, query, &mut out)?;
    out.flush()?;
    Ok(if found {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Finds the one film that a slug or a name means.
fn find_film(library: &Library, name: &str) -> anyhow::Result<usize> {
    if let Some(position) = library.corpus.position(name) {
        return Ok(position);
    }
    let matches = library.index.films(&library.corpus, name, 1);
    match (matches.confidence(), matches.hits.first()) {
        (Confidence::Sure, Some(hit)) => Ok(hit.found),
        (_, Some(hit)) => bail!(
            "no film is surely `{name}`; the nearest is `{}`",
            slug(library, hit.found)
        ),
        (_, None) => bail!("the corpus has no film"),
    }
}

fn slug(library: &Library, film: usize) -> &str {
    library.corpus.films()[film].slug.as_str()
}

/// Looks in one film, or in all.
const fn scope(film: Option<usize>) -> Scope<'static> {
    Scope { film, kinds: &[] }
}

/// Where something was found, as positions from 0 as far as they go.
struct Spot {
    film: usize,
    article: Option<usize>,
    section: Option<usize>,
    passage: Option<usize>,
}

impl From<usize> for Spot {
    fn from(film: usize) -> Self {
        Self {
            film,
            article: None,
            section: None,
            passage: None,
        }
    }
}

impl From<SectionPlace> for Spot {
    fn from(place: SectionPlace) -> Self {
        Self {
            film: place.film,
            article: Some(place.article),
            section: Some(place.section),
            passage: None,
        }
    }
}

impl From<PassagePlace> for Spot {
    fn from(place: PassagePlace) -> Self {
        Self {
            passage: Some(place.passage),
            ..place.section.into()
        }
    }
}

/// What a look-up found, of any kind.
struct Found {
    confidence: f64,
    said: Confidence,
    hits: Vec<Match<Spot>>,
}

impl<T: Into<Spot>> From<Matches<T>> for Found {
    fn from(matches: Matches<T>) -> Self {
        Self {
            confidence: matches.confidence,
            said: matches.confidence(),
            hits: matches
                .hits
                .into_iter()
                .map(|hit| Match {
                    found: hit.found.into(),
                    score: hit.score,
                    why: hit.why,
                })
                .collect(),
        }
    }
}

/// Looks up a query; sections need a film.
fn look_up(
    library: &Library,
    kind: Kind,
    film: Option<usize>,
    query: &str,
    limit: usize,
) -> anyhow::Result<Found> {
    let Library { corpus, index } = library;
    Ok(match kind {
        Kind::Film => index.films(corpus, query, limit).into(),
        Kind::Choice => index.choices(corpus, query, limit).into(),
        Kind::Entry => index.entries(corpus, query, scope(film), limit).into(),
        Kind::Passage => index.passages(corpus, query, scope(film), limit).into(),
        Kind::Section => {
            let film = film.context("sections are looked for in one film; name it")?;
            crate::search::sections(&corpus.films()[film], film, query, limit).into()
        }
    })
}
