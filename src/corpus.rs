//! All films, loaded and checked. Types and look-up live here; reading files is in [`mod@load`],
//! faults are in [`mod@check`], outside text becomes film files in [`import`].

pub mod check;
pub mod import;
mod json;
mod kind;
pub mod load;
mod slug;
mod spoiler;

use serde::Serialize;

pub use check::{Problem, Remark};
pub use kind::Kind;
pub use load::{LoadError, load, parse};
pub use slug::Slug;
pub use spoiler::Spoiler;

/// Limits of a film file, in characters except where the name says bytes.
pub mod limits {
    /// One passage.
    pub const PASSAGE: usize = 20_000;
    /// A title, alias, label, heading, article title, or the name of a person or source.
    pub const LINE: usize = 300;
    /// A question or a claim of a dispute.
    pub const CLAIM: usize = 2_000;
    /// An article's id.
    pub const ARTICLE_ID: usize = 40;
    /// A web address: Discord takes 2,048 characters in an embed.
    pub const URL: usize = 2_048;
    /// A whole film file.
    pub const FILE_BYTES: usize = 4 * 1024 * 1024;
    /// A poll's question and its answers (Discord, "Poll Create Request Object").
    pub const POLL_QUESTION: usize = 300;
    /// One answer of a poll.
    pub const POLL_ANSWER: usize = 55;
    /// The answers of a poll.
    pub const POLL_ANSWERS: usize = 10;
}

/// All films, in the order of their slugs.
#[derive(Debug, Default)]
pub struct Corpus {
    films: Vec<Film>,
}

impl Corpus {
    /// Makes a corpus of checked films; of two films with one slug the later is found by it.
    pub fn new(mut films: Vec<Film>) -> Self {
        films.sort_by(|a, b| a.slug.cmp(&b.slug));
        Self { films }
    }

    /// All films, in the order of their slugs.
    pub fn films(&self) -> &[Film] {
        &self.films
    }

    /// Finds a film by its slug.
    pub fn find(&self, slug: &str) -> Option<&Film> {
        self.position(slug).map(|position| &self.films[position])
    }

    /// Finds a film's position in [`Corpus::films`] by its slug.
    pub fn position(&self, slug: &str) -> Option<usize> {
        // They are in the order of their slugs, so that no second copy of these is kept.
        let after = self
            .films
            .partition_point(|film| film.slug.as_str() <= slug);
        let position = after.checked_sub(1)?;
        (self.films[position].slug.as_str() == slug).then_some(position)
    }

    /// Counts films, articles and passages.
    pub fn size(&self) -> Size {
        let articles = || self.films.iter().flat_map(|film| &film.articles);
        Size {
            films: self.films.len(),
            articles: articles().count(),
            passages: articles()
                .flat_map(|article| &article.sections)
                .map(|section| section.passages.len())
                .sum(),
        }
    }
}

/// How much a corpus holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Films.
    pub films: usize,
    /// Articles of all films.
    pub articles: usize,
    /// Passages of all articles.
    pub passages: usize,
}

/// The work: one file in `data/films`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Film {
    /// The file's name without its ending; not part of the file.
    #[serde(skip)]
    pub slug: Slug,
    /// The title, as the film is best known.
    pub title: String,
    /// The year of release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Other names that people type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Who directed it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub directors: Vec<String>,
    /// A picture that spoils nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Poster>,
    /// How well known the film is (a count of votes, say); breaks ties only.
    #[serde(skip_serializing_if = "is_zero")]
    pub popularity: u64,
    /// What may be known before seeing the film.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlook: Option<Outlook>,
    /// What has been written about the ending, in order of preference; never empty.
    pub articles: Vec<Article>,
    /// Where the articles differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Film {
    /// The title with its year, as it tells remakes apart: `Anora (2024)`.
    pub fn name(&self) -> String {
        match self.year {
            Some(year) => format!("{} ({year})", self.title),
            None => self.title.clone(),
        }
    }
}

/// A poster: an `https` address and the words that stand for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Poster {
    /// Where the picture is.
    pub url: String,
    /// What it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
}

/// What may be known before seeing the film; written to spoil nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Outlook {
    /// How the ending feels: "bittersweet", "ambiguous".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tones: Vec<String>,
    /// Whether something follows the credits: "none", "after the credits".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits_scene: Option<String>,
    /// What some would rather be told: "violence".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub content_notes: Vec<String>,
}

/// One text about one film's ending, from one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Article {
    /// Unique in the film.
    pub id: String,
    /// The article's own title, a spoiler unless it says otherwise.
    pub title: Spoiler,
    /// Whether the title gives something away.
    #[serde(skip_serializing_if = "is_true")]
    pub title_spoils: bool,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Source::is_empty")]
    pub source: Source,
    /// Out of 10; none means unrated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<f64>,
    /// The headed parts, never empty.
    pub sections: Vec<Section>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_true(flag: &bool) -> bool {
    *flag
}

impl Article {
    /// Six characters that change when the text does, kept in components so that an old button
    /// never opens the wrong passage. 30 bits: enough to notice an edit, not to resist an attacker.
    pub fn fingerprint(&self) -> String {
        let mut text = self.title.reveal().to_owned();
        for section in &self.sections {
            for part in [
                section.kind.name(),
                "\u{1}",
                section.heading.as_ref().map_or("", Spoiler::reveal),
            ] {
                text.push_str(part);
            }
            for passage in &section.passages {
                text.push('\u{2}');
                text.push_str(passage.label.as_ref().map_or("", Spoiler::reveal));
                text.push('\u{3}');
                text.push_str(passage.text.reveal());
            }
        }
        slug::short_hash(text.as_bytes())
    }
}

/// Where an article comes from. Everything here may stand in the open.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Source {
    /// The publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The article's address, `http` or `https`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The day it appeared, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// What allows republishing it; without one it is quoted in part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

impl Source {
    /// Whether nothing at all is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A headed part of an article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// What it is about.
    pub kind: Kind,
    /// The article's own heading, a spoiler unless it says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<Spoiler>,
    /// Whether the heading gives something away.
    #[serde(skip_serializing_if = "is_true")]
    pub heading_spoils: bool,
    /// Whether the passages give something away.
    #[serde(skip_serializing_if = "is_true")]
    pub spoils: bool,
    /// Paragraphs, bullets and entries, never empty.
    pub passages: Vec<Passage>,
}

impl Section {
    /// The heading, if it gives nothing away.
    pub fn open_heading(&self) -> Option<&str> {
        self.heading
            .as_ref()
            .filter(|_| !self.heading_spoils)
            .map(Spoiler::reveal)
    }

    /// The passages that carry a label, with their positions.
    pub fn entries(&self) -> impl Iterator<Item = (usize, &Passage)> {
        self.passages
            .iter()
            .enumerate()
            .filter(|(_, passage)| passage.label.is_some())
    }
}

/// One paragraph or bullet of a section; with a label, an entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passage {
    /// What the entry is about: "The Wedding Ring".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Spoiler>,
    /// Whether the label gives something away.
    #[serde(skip_serializing_if = "is_true")]
    pub label_spoils: bool,
    /// Whether it stood in a list.
    #[serde(skip_serializing_if = "is_false")]
    pub bullet: bool,
    /// The text, on one line.
    pub text: Spoiler,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Passage {
    /// The label, if it gives nothing away.
    pub fn open_label(&self) -> Option<&str> {
        self.label
            .as_ref()
            .filter(|_| !self.label_spoils)
            .map(Spoiler::reveal)
    }
}

/// A question on which articles of one film differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dispute {
    /// What is debated.
    pub question: Spoiler,
    /// What each article says.
    pub claims: Vec<Claim>,
    /// The same question, put so that it may stand in the open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poll: Option<Poll>,
}

/// What one article says on a disputed question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    /// The id of the article.
    pub article: String,
    /// What it says.
    pub claim: Spoiler,
}

/// A question and answers that spoil nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Poll {
    /// The question.
    pub question: String,
    /// The answers to choose from.
    pub answers: Vec<String>,
}
