//! The lines of a page, sorted: what states facts, what stands around the article, and the
//! article's own.

use super::block::Block;
use super::facts::{self, Fact};
use super::furniture::{self, Furniture};
use super::title::{self, Head};
use super::{Dropped, FilmFacts, words};

/// The lines of a page, sorted by what they are for.
#[derive(Default)]
pub(super) struct Lines {
    /// The article's title, without the site's name.
    pub(super) title: Option<String>,
    pub(super) stated: Stated,
    pub(super) dropped: Vec<Dropped>,
    /// The article's own, its title aside; links and the like are still among them.
    pub(super) body: Vec<Block>,
}

impl Lines {
    pub(super) fn sort(blocks: &[Block], head: &Head) -> Self {
        let prose_at = title::prose_at(blocks);
        let mut sorted = Self::default();
        let title = head.title_at.map(|at| blocks[at].text.as_str());
        let title_words = title.map(words).unwrap_or_default();
        let last = blocks.len().saturating_sub(1);
        for (at, block) in blocks.iter().enumerate() {
            if head.title_at == Some(at) {
                let (title, site) = match block.text.split_once(" | ") {
                    Some((title, site)) => (title, Some(site)),
                    None => (block.text.as_str(), None),
                };
                sorted.title = Some(title.to_owned());
                sorted.dropped.extend(site.map(|site| Dropped {
                    line: block.line,
                    text: site.to_owned(),
                    why: "the site's name",
                }));
                continue;
            }
            // Facts stand before the text, and an author may sign below it.
            let stating = if at < prose_at || at == last {
                facts::of_line(&block.text)
            } else {
                Vec::new()
            };
            if let Some(fact) = stating.first() {
                sorted.dropped.push(Dropped::new(block, fact.reason()));
                sorted.stated.take(stating);
            } else if at < head.body_at {
                let why = why_before(block, &title_words);
                sorted.dropped.push(Dropped::new(block, why));
            } else if title.is_some() && at < prose_at && furniture::is_quotation(&block.text) {
                sorted
                    .dropped
                    .push(Dropped::new(block, "a quotation before the article"));
            } else if let Some((name, text)) = furniture::picture_name(&block.text) {
                let part = |text: &str| Block {
                    text: text.to_owned(),
                    ..block.clone()
                };
                sorted
                    .dropped
                    .push(Dropped::new(&part(name), "a picture's name"));
                sorted.body.push(part(text));
            } else {
                sorted.body.push(block.clone());
            }
        }
        sorted
    }
}

/// Why a line before the article's text is no part of it.
fn why_before(block: &Block, title: &[String]) -> &'static str {
    if furniture::is_breadcrumb(&block.text) {
        "a breadcrumb"
    } else if title::repeats(&block.text, title) {
        "repeats the title"
    } else if let Some(Furniture::Line(why)) = furniture::find(&block.text) {
        why
    } else {
        "stands before the article"
    }
}

/// What the lines of a page state.
#[derive(Default)]
pub(super) struct Stated {
    pub(super) year: Option<i32>,
    pub(super) rating: Option<f64>,
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    pub(super) directors: Vec<String>,
    pub(super) aliases: Vec<String>,
}

impl Stated {
    /// Takes facts; of two that say the same thing the first counts.
    fn take(&mut self, facts: Vec<Fact>) {
        for fact in facts {
            match fact {
                Fact::Year(year) => self.year = self.year.or(year),
                Fact::Rating(rating) => self.rating = self.rating.or(rating),
                Fact::Author(author) => self.author = self.author.take().or(author),
                Fact::Published(date) => self.published = self.published.take().or(date),
                Fact::Directors(names) if self.directors.is_empty() => self.directors = names,
                Fact::Alias(alias) => self.aliases.push(alias),
                Fact::Directors(_) | Fact::Unused => {}
            }
        }
    }

    /// Adds what is stated of the film, here and in the opening; its title's year goes first.
    pub(super) fn complete(&mut self, film: &mut FilmFacts, opening: &str) {
        film.year = film
            .year
            .or(self.year)
            .or_else(|| facts::year_in(opening, &film.title));
        film.directors = std::mem::take(&mut self.directors);
        if film.directors.is_empty() {
            film.directors = facts::directors_in(opening);
        }
        film.aliases = std::mem::take(&mut self.aliases);
        film.aliases.extend(facts::alias_in(opening, &film.title));
    }
}
