//! The blocks of an article to headed sections. Every block ends in a section or among the
//! dropped lines; what reads as a sentence is never dropped for its place alone.

use super::block::{Block, Form};
use super::furniture::{self, Furniture};
use super::label::Draft;
use super::title::{self, film_of};
use super::{Dropped, kind, line, words};
use crate::corpus::Kind;

/// A headed part of the article, before its labels are found.
#[derive(Debug, Default)]
pub(super) struct Part<'a> {
    heading: Option<&'a Block>,
    pub(super) passages: Vec<Draft>,
}

impl Part<'_> {
    pub(super) fn heading(&self) -> Option<&str> {
        self.heading
            .map(|heading| heading.text.trim_end_matches(':'))
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        self.heading().and_then(kind::of_heading)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Text,
    Heading,
    Dropped(&'static str),
}

/// Splits the blocks of an article's body into parts. `title` and `names` are the article's
/// title and the names of its film, by which links to other articles are told from headings.
///
/// A heading of a known kind with nothing but headings of no kind under it holds entries: they
/// become the labels of what stands under each.
pub(super) fn split<'a>(
    blocks: &'a [Block],
    title: Option<&str>,
    names: &[&str],
) -> (Vec<Part<'a>>, Vec<Dropped>) {
    let mut dropped = Vec::new();
    let mut parts = Vec::new();
    let mut part = Part::default();
    let mut label: Option<&Block> = None;
    let mut holds_entries = false;
    for (block, role) in blocks.iter().zip(roles(blocks, title, names)) {
        match role {
            Role::Dropped(why) => dropped.push(Dropped::new(block, why)),
            Role::Text => part.passages.push(Draft {
                label: label.take().map(|label| label.text.clone()),
                bullet: block.is_bullet(),
                text: block.text.clone(),
            }),
            Role::Heading => {
                let bare = part.passages.is_empty();
                holds_entries = kind::of_heading(&block.text).is_none()
                    && (holds_entries || (bare && part.kind().is_some()));
                let unused = if holds_entries {
                    label.replace(block)
                } else {
                    let next = Part {
                        heading: Some(block),
                        passages: Vec::new(),
                    };
                    let done = std::mem::replace(&mut part, next);
                    let unused = done.heading.filter(|_| bare);
                    parts.push(done);
                    unused.or(label.take())
                };
                dropped.extend(unused.map(|block| Dropped::new(block, NOTHING_UNDER)));
            }
        }
    }
    let unused = part.heading.filter(|_| part.passages.is_empty());
    parts.push(part);
    for block in unused.into_iter().chain(label) {
        dropped.push(Dropped::new(block, NOTHING_UNDER));
    }
    parts.retain(|part| !part.passages.is_empty());
    (parts, dropped)
}

const NOTHING_UNDER: &str = "a heading with nothing under it";
const LINK: &str = "a link to another article";

fn roles(blocks: &[Block], title: Option<&str>, names: &[&str]) -> Vec<Role> {
    let mut roles = furniture_roles(blocks, title);
    let prose: String = blocks
        .iter()
        .filter(|block| line::is_prose(&block.text))
        .flat_map(|block| [block.text.as_str(), "\n"])
        .collect();
    let leads_away = |text: &str| {
        (line::is_title_case(text) || !line::ends_sentence(text))
            && (furniture::is_teaser(text) || names_another_film(text, names, &prose))
    };
    let tight = blocks.iter().filter(|block| !block.apart).count() * 2 > blocks.len();
    // From the end, because what follows a line tells whether it is a heading.
    let mut next: Option<(Role, bool)> = None;
    for (at, block) in blocks.iter().enumerate().rev() {
        if roles[at] != Role::Text {
            continue;
        }
        roles[at] = match block.form {
            _ if leads_away(&block.text) => Role::Dropped(LINK),
            Form::Heading => Role::Heading,
            Form::Plain if may_be_heading(&block.text) => {
                let crowded =
                    !tight && (!block.apart || blocks.get(at + 1).is_some_and(|next| !next.apart));
                match next {
                    Some((Role::Text, _)) => Role::Heading,
                    _ if line::ends_sentence(&block.text) || !line::is_title_case(&block.text) => {
                        Role::Text
                    }
                    // A heading over sub-headings.
                    Some((Role::Heading, next_has_kind))
                        if !next_has_kind && kind::of_heading(&block.text).is_some() =>
                    {
                        Role::Heading
                    }
                    _ if crowded => Role::Dropped(LINK),
                    _ => Role::Dropped(NOTHING_UNDER),
                }
            }
            _ => Role::Text,
        };
        if !matches!(roles[at], Role::Dropped(_)) {
            next = Some((roles[at], kind::of_heading(&block.text).is_some()));
        }
    }
    roles
}

/// A colon in a line that is no title makes it a field or an entry, unless it names a kind:
/// "Final thoughts: what stays".
pub(super) fn may_be_heading(text: &str) -> bool {
    line::is_heading(text)
        && (!text.contains(": ")
            || line::is_title_case(text)
            || text.ends_with('?')
            || kind::of_heading(text).is_some())
}

/// The roles of what its own words show to be no part of the article; all else is text so far.
fn furniture_roles(blocks: &[Block], title: Option<&str>) -> Vec<Role> {
    let title = title.map(words).unwrap_or_default();
    let mut roles = vec![Role::Text; blocks.len()];
    let mut in_links = false;
    let mut had_prose = false;
    for (at, block) in blocks.iter().enumerate() {
        in_links &= block.is_bullet();
        roles[at] = match furniture::find(&block.text) {
            Some(Furniture::End) if had_prose && !goes_on(&blocks[at + 1..]) => {
                roles[at..].fill(Role::Dropped("comes after the article's end"));
                break;
            }
            Some(Furniture::Line(why)) => Role::Dropped(why),
            Some(Furniture::Links | Furniture::End) => {
                in_links = true;
                Role::Dropped("part of the page around it")
            }
            None if furniture::is_breadcrumb(&block.text) => Role::Dropped("a breadcrumb"),
            None if in_links && !line::ends_sentence(&block.text) => Role::Dropped(LINK),
            None if !title.is_empty() && words(&block.text) == title => {
                Role::Dropped("repeats the title")
            }
            None => Role::Text,
        };
        had_prose |= line::is_prose(&block.text);
    }
    drop_contents(blocks, &mut roles);
    roles
}

/// Whether headings that articles have follow still.
fn goes_on(rest: &[Block]) -> bool {
    rest.iter()
        .any(|block| line::is_heading(&block.text) && kind::of_heading(&block.text).is_some())
}

/// A table of contents: lines that all stand again further down.
fn drop_contents(blocks: &[Block], roles: &mut [Role]) {
    const NAMES: [&str; 6] = [
        "table of contents",
        "contents",
        "in this article",
        "jump to",
        "on this page",
        "quick links",
    ];
    let Some(start) = blocks
        .iter()
        .position(|block| NAMES.contains(&words(&block.text).join(" ").as_str()))
    else {
        return;
    };
    let stands_again = |at: &usize| {
        let said = words(&blocks[*at].text);
        blocks[at + 1..]
            .iter()
            .any(|later| words(&later.text) == said)
    };
    let end = (start + 1..blocks.len())
        .find(|at| !stands_again(at))
        .unwrap_or(blocks.len());
    roles[start..end].fill(Role::Dropped("the table of contents"));
}

/// Whether a line is the title of an article on a film that this one never mentions.
fn names_another_film(text: &str, names: &[&str], prose: &str) -> bool {
    if line::word_count(text) > 20 || !text.to_lowercase().contains("end") {
        return false;
    }
    let Some(other) = film_of(text, "") else {
        return false;
    };
    let other_words = words(&other.film);
    let own = names.iter().any(|name| {
        let name = words(name);
        other_words
            .windows(name.len().max(1))
            .any(|run| run == name)
    });
    !own && kind::of_heading(&other.film).is_none() && !title::says(prose, &other.film)
}
