//! Outside text to film files. [`recognise`] reads a page, [`merge()`] joins it to what is known of
//! the film, [`Folder`] does so for a folder of film files. The parts of a page are told apart by
//! their form and usual words; every line ends in the article or among the dropped ones.

mod block;
mod facts;
mod folder;
mod furniture;
mod kind;
mod label;
mod line;
mod merge;
mod page;
mod passages;
mod sections;
mod title;

use unicode_segmentation::UnicodeSegmentation;

use super::slug::words;
use super::{Article, Source, Spoiler, limits};
use block::Block;
use page::Lines;

pub use folder::{Folder, FolderError, Placed, Refused, Saved, read_text};
pub use merge::{Change, Merged, Revised, merge};

/// A text shorter than this, in words, explains no ending.
const SHORTEST: usize = 30;

/// What the importing person says of a page; it goes before what the page says.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The film's title.
    pub film: Option<String>,
    /// The film's year.
    pub year: Option<i32>,
    /// The publication.
    pub source: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// What allows republishing the article.
    pub licence: Option<String>,
}

/// What was recognised in a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// What the page says of the film.
    pub film: FilmFacts,
    /// The article; its id is one that [`merge()`] may number.
    pub article: Article,
    /// The lines that are no part of the article, in order.
    pub dropped: Vec<Dropped>,
}

/// What a page says of its film.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilmFacts {
    /// The title.
    pub title: String,
    /// Where the title was found: "the article's title".
    pub title_from: &'static str,
    /// The year of release.
    pub year: Option<i32>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Who directed it.
    pub directors: Vec<String>,
}

impl FilmFacts {
    /// The title with its year.
    pub fn name(&self) -> String {
        match self.year {
            Some(year) => format!("{} ({year})", self.title),
            None => self.title.clone(),
        }
    }
}

/// A line that is no part of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Where it begins, from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
    /// Why it was dropped: "a breadcrumb".
    pub why: &'static str,
}

impl Dropped {
    fn new(block: &Block, why: &'static str) -> Self {
        Self {
            line: block.line,
            text: block.text.clone(),
            why,
        }
    }
}

/// Why a text cannot become an article. The message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Shapeless {
    /// It is in another format.
    #[error("it is {0}; save the article's text as plain text and import that")]
    Format(&'static str),
    /// There is too little of it.
    #[error(
        "only {0} words of it read as an article, and an explained ending has more; check that the whole text was saved"
    )]
    Short(usize),
    /// It names no film.
    #[error("no line of it names the film; say which with `--film TITLE`")]
    NoFilm,
}

/// Recognises film and article in a page's text.
///
/// # Errors
/// If the text is in another format, too short, or names no film.
pub fn recognise(text: &str, options: &Options) -> Result<Imported, Shapeless> {
    if let Some(format) = foreign_format(text) {
        return Err(Shapeless::Format(format));
    }
    let all = text.unicode_words().count();
    if all < SHORTEST {
        return Err(Shapeless::Short(all));
    }
    let blocks = block::parse(text);
    let head = title::find(&blocks, options.film.as_deref());
    let Lines {
        title,
        mut stated,
        mut dropped,
        body,
    } = Lines::sort(&blocks, &head);
    let title = title.as_deref();
    let opening = opening(&body);
    let mut film = film(options, head.named, title, &body).ok_or(Shapeless::NoFilm)?;
    stated.complete(&mut film, &opening);
    film.year = options.year.or(film.year);
    let names: Vec<&str> = std::iter::once(&film.title)
        .chain(&film.aliases)
        .map(String::as_str)
        .collect();
    let (parts, more_dropped) = sections::split(&body, title, &names);
    dropped.extend(more_dropped);
    let sections = passages::sections(parts);
    let count = sections
        .iter()
        .flat_map(|section| &section.passages)
        .map(|passage| passage.text.reveal().unicode_words().count())
        .sum();
    if count < SHORTEST {
        return Err(Shapeless::Short(count));
    }
    dropped.sort_by_key(|dropped| dropped.line);
    let title = title.map_or_else(
        || format!("{}: Ending Explained", film.title),
        str::to_owned,
    );
    Ok(Imported {
        film,
        article: Article {
            id: article_id(options.source.as_deref()),
            title: Spoiler::new(title),
            title_spoils: true,
            source: Source {
                name: options.source.clone(),
                url: options.url.clone(),
                author: stated.author,
                published: stated.published,
                licence: options.licence.clone(),
            },
            rating: stated.rating,
            sections,
        },
        dropped,
    })
}

fn foreign_format(text: &str) -> Option<&'static str> {
    let begin = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let lower: String = begin.chars().take(15).collect::<String>().to_lowercase();
    if lower.starts_with("<!doctype") || lower.starts_with("<html") || lower.starts_with("<?xml") {
        Some("a web page in HTML")
    } else if begin.starts_with(['{', '['])
        && serde_json::from_str::<serde::de::IgnoredAny>(begin).is_ok()
    {
        Some("JSON")
    } else if text.contains('\0') {
        Some("no text at all")
    } else {
        None
    }
}

/// The first paragraphs, where an article says what it is about.
fn opening(body: &[Block]) -> String {
    body.iter()
        .filter(|block| line::is_prose(&block.text))
        .take(3)
        .map(|block| block.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The film, from the surest place that names it.
fn film(
    options: &Options,
    named: Option<title::Named>,
    title: Option<&str>,
    body: &[Block],
) -> Option<FilmFacts> {
    let year = named.as_ref().and_then(|named| named.year);
    let text: String = body
        .iter()
        .flat_map(|block| [block.text.as_str(), "\n"])
        .collect();
    let given = || Some((options.film.clone()?, "`--film`"));
    let titled = || Some((named?.film, "the article's title"));
    // Nothing but the film's title, if the text says it, too.
    let bare = || {
        let title = title.filter(|title| title::says(&text, title))?;
        Some((title.to_owned(), "the article's title"))
    };
    let in_address = || {
        let film = title::film_of_address(options.url.as_deref()?, &text)?;
        Some((film, "the page's address"))
    };
    let in_opening = || Some((title::film_in(&opening(body))?, "the opening words"));
    let (title, title_from) = given()
        .or_else(titled)
        .or_else(bare)
        .or_else(in_address)
        .or_else(in_opening)?;
    Some(FilmFacts {
        title,
        title_from,
        year,
        ..FilmFacts::default()
    })
}

/// A neutral id: people see it, so nothing of the article's title goes in.
fn article_id(source: Option<&str>) -> String {
    let mut id = String::new();
    for word in source.map(words).unwrap_or_default() {
        // Room for a number that tells it from another.
        if id.len() + 1 + word.len() > limits::ARTICLE_ID - 4 {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(&word);
    }
    if id.is_empty() {
        "ending-explained".to_owned()
    } else {
        id
    }
}

#[cfg(test)]
mod seeds;
#[cfg(test)]
mod tests;
