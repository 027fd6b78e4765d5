//! What we say, free of any platform. A reply is composed here from films and matches; renderers
//! ([`text`] for the terminal, `discord::render` for Discord) turn it into what people see.

mod confirm;
mod entries;
mod excerpt;
mod films;
mod help;
mod names;
mod part;
mod public;
mod section;
mod stale;
mod status;
pub mod text;
mod view;

use crate::corpus::{Corpus, Spoiler};
use crate::search::Index;

pub use confirm::confirm;
pub use entries::{entries_found, entry_choices, find_entry, nearest_found, topic_typed};
pub use films::{did_you_mean, film_choices, films_found};
pub use help::{Topic, help};
pub use names::{counted, kind_name, kind_phrase};
pub use part::{find_part, nearest_parts, section_choices};
pub use public::PublicText;
pub(crate) use public::is_bidi;

pub use stale::stale;
pub use status::{problems, reloaded, status};
pub use view::{EntryKey, Part, PartView, Press, View};

/// All that answers are made of: the corpus and the index over it.
#[derive(Debug)]
pub struct Library {
    /// All films.
    pub corpus: Corpus,
    /// The search structure over them.
    pub index: Index,
}

impl Library {
    /// Indexes a corpus.
    pub fn new(corpus: Corpus) -> Self {
        let index = Index::new(&corpus);
        Self { corpus, index }
    }
}

/// Shows a view: the one way from a component, a command or a post to a reply. None if what it
/// shows is gone or has changed since the view was made.
pub fn show(library: &Library, view: &View, to: Audience, excerpt: Excerpt) -> Option<Reply> {
    match view {
        View::Part(part) => section::show(library, part, to, excerpt),
        View::Entries {
            places,
            named,
            lifted,
        } => entries::show(library, places, *named, *lifted, to, excerpt),
        View::Films(page) => Some(films::page(library, *page)),
    }
}

/// Who sees a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The person who asked, alone.
    Private,
    /// Everybody in the channel.
    Public,
}

/// One suggestion of an autocomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub name: PublicText,
    /// What choosing it fills in: a slug, or positions and a fingerprint; never plot text.
    pub value: String,
    /// The label of the entry it stands for, of which only what was typed may be shown.
    pub kept_back: Option<Spoiler>,
}

impl Choice {
    /// A suggestion that stands for something public.
    pub fn new(name: PublicText, value: impl Into<String>) -> Self {
        Self {
            name,
            value: value.into(),
            kept_back: None,
        }
    }
}

/// What we say.
#[derive(Debug, Default)]
pub struct Reply {
    /// What it is about: a film's name, or a few words of ours.
    pub title: PublicText,
    /// The address of a picture that spoils nothing.
    pub picture: Option<String>,
    /// What is said, from top to bottom.
    pub blocks: Vec<Block>,
    /// Where one is: "Page 2 of 4".
    pub footer: Option<PublicText>,
    /// Menus and buttons, a row each.
    pub controls: Vec<Control>,
    /// Why the covers are off, if they are.
    pub lifted: Option<Lifted>,
    /// What must not be shown though it is near: the titles, headings and labels of the article.
    pub kept_back: Vec<Spoiler>,
}

impl Reply {
    /// Everything in it that anyone may read.
    pub fn public_texts(&self) -> impl Iterator<Item = &PublicText> {
        let blocks = self.blocks.iter().filter_map(|block| match block {
            Block::Heading(words) | Block::Line(words) | Block::Bullet(words) => Some(words),
            Block::Source(source) => Some(&source.words),
            Block::Covered(_) => None,
        });
        let controls = self.controls.iter().flat_map(|control| match control {
            Control::Menu {
                placeholder,
                options,
            } => std::iter::once(placeholder)
                .chain(options.iter().map(|option| &option.label))
                .collect::<Vec<_>>(),
            Control::Buttons(buttons) => buttons.iter().map(|button| &button.label).collect(),
        });
        std::iter::once(&self.title)
            .chain(blocks)
            .chain(&self.footer)
            .chain(controls)
    }

    /// Everything in it that gives an ending away.
    pub fn spoilers(&self) -> impl Iterator<Item = &Spoiler> {
        let covered = self.blocks.iter().filter_map(|block| match block {
            Block::Covered(covered) => Some(covered.label.iter().chain([&covered.text])),
            _ => None,
        });
        covered.flatten().chain(&self.kept_back)
    }
}

/// A part of a reply.
#[derive(Debug)]
pub enum Block {
    /// A short line that heads what follows.
    Heading(PublicText),
    /// A sentence that may be read by anyone.
    Line(PublicText),
    /// A bullet that may be read by anyone.
    Bullet(PublicText),
    /// One paragraph under a cover.
    Covered(Covered),
    /// Where the text above comes from.
    Source(SourceLine),
}

/// One paragraph under a cover.
#[derive(Debug, Clone)]
pub struct Covered {
    /// A film's name, where the person did not name the film.
    pub film: Option<PublicText>,
    /// The label of an entry.
    pub label: Option<Spoiler>,
    /// The text, or a piece of it.
    pub text: Spoiler,
    /// Whether it stood in a list.
    pub bullet: bool,
}

/// Where a text comes from.
#[derive(Debug, Clone)]
pub struct SourceLine {
    /// Publication, author and date.
    pub words: PublicText,
    /// The article's address.
    pub url: Option<String>,
}

/// Why a cover is lifted. Nothing else lifts one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifted {
    /// The person asked to read it privately and confirmed it.
    Confirmed,
}

impl Lifted {
    /// The reason, as the reply states it.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Confirmed => "Covers are off because you asked to read this privately.",
        }
    }
}

/// A menu or a row of buttons.
#[derive(Debug)]
pub enum Control {
    /// One of several.
    Menu {
        /// What the choice is about.
        placeholder: PublicText,
        /// What can be chosen, at most 25.
        options: Vec<MenuOption>,
    },
    /// At most five buttons.
    Buttons(Vec<Button>),
}

/// One choice of a menu.
#[derive(Debug)]
pub struct MenuOption {
    /// What it says.
    pub label: PublicText,
    /// What choosing it shows.
    pub view: View,
    /// Whether it is what is shown now.
    pub current: bool,
}

/// A button.
#[derive(Debug)]
pub struct Button {
    /// What it says.
    pub label: PublicText,
    /// What pressing it does.
    pub press: Press,
}

impl Button {
    /// A button that does something.
    pub fn new(label: impl Into<PublicText>, press: Press) -> Self {
        Self {
            label: label.into(),
            press,
        }
    }
}

/// How much of an article without a licence is quoted, in characters of one section.
#[derive(Debug, Clone, Copy)]
pub struct Excerpt(pub usize);

impl Default for Excerpt {
    fn default() -> Self {
        Self(1_500)
    }
}
