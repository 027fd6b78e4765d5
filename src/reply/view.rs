//! What a reply shows and what a press asks for: positions and fingerprints, never text.

use super::Lifted;
use crate::corpus::{Corpus, Kind, Slug};
use crate::search::PassagePlace;

/// What pressing a component asks for. It holds all the state there is: positions, never text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Show a view.
    Show(View),
    /// Ask whether a view is to be read without covers.
    Confirm(View),
    /// Post a view to the channel, covered.
    Post(View),
    /// Remove the message.
    Delete,
}

/// What a reply shows, so that any process can show it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// A part of an article.
    Part(PartView),
    /// Some entries, each in the open or, where `named` is false, with its film covered.
    Entries {
        /// The entries.
        places: Vec<EntryKey>,
        /// Whether the person named the film.
        named: bool,
        /// Why the covers are off, if they are.
        lifted: Option<Lifted>,
    },
    /// A page of the list of films, from 0.
    Films(usize),
}

impl View {
    /// The same view with its covers lifted for a reason, or closed.
    #[must_use]
    pub fn with(&self, lifted: Option<Lifted>) -> Self {
        match self.clone() {
            Self::Part(part) => Self::Part(PartView { lifted, ..part }),
            Self::Entries { places, named, .. } => Self::Entries {
                places,
                named,
                lifted,
            },
            films @ Self::Films(_) => films,
        }
    }
}

/// A part of an article of a film that the person named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartView {
    /// The film.
    pub slug: Slug,
    /// The article's position in the film.
    pub article: usize,
    /// The fingerprint of the article when the component was made.
    pub fingerprint: String,
    /// Which part.
    pub part: Part,
    /// Why the covers are off, if they are.
    pub lifted: Option<Lifted>,
}

/// A part of an article; positions from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first section of a kind, or the article's most fitting one.
    Kind(Kind),
    /// A page of a section.
    Page {
        /// The section's position.
        section: usize,
        /// The page.
        page: usize,
    },
    /// One entry.
    Entry {
        /// The section's position.
        section: usize,
        /// The passage's position in the section.
        passage: usize,
    },
}

/// An entry, found again by a hash of its film's slug and the fingerprint of its article, because
/// an id in a component must not name a film that nobody named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryKey {
    /// Six characters that stand for the film.
    pub film: String,
    /// The article's fingerprint.
    pub fingerprint: String,
    /// The article's position in the film.
    pub article: usize,
    /// The section's position.
    pub section: usize,
    /// The passage's position.
    pub passage: usize,
}

impl EntryKey {
    /// The key of a passage.
    pub fn new(corpus: &Corpus, place: PassagePlace) -> Self {
        let film = &corpus.films()[place.section.film];
        Self {
            film: film.slug.key(),
            fingerprint: film.articles[place.section.article].fingerprint(),
            article: place.section.article,
            section: place.section.section,
            passage: place.passage,
        }
    }
}
