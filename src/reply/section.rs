//! A part of an article: a page of a section, or one entry. Also which part a person's words mean,
//! and what is suggested while they type.

use crate::corpus::{Article, Film, Kind, Spoiler};
use crate::search::fold::content_words;

use super::excerpt::{pages, passage};
use super::names::{entry_position, kind_phrase, numbered_kind, section_name};
use super::{
    Audience, Block, Button, Control, Excerpt, Library, Lifted, MenuOption, Part, PartView, Press,
    PublicText, Reply, SourceLine, View,
};

/// Discord shows at most 25 options ("Select Menu Structure") and 25 choices.
pub(super) const MENU: usize = 25;

/// The view of a part of an article as it is now.
pub(super) fn view(film: &Film, article: usize, part: Part, lifted: Option<Lifted>) -> PartView {
    let fingerprint = film.articles[article].fingerprint();
    PartView {
        slug: film.slug.clone(),
        article,
        fingerprint,
        part,
        lifted,
    }
}

pub(super) fn show(
    library: &Library,
    view: &PartView,
    to: Audience,
    excerpt: Excerpt,
) -> Option<Reply> {
    let film = library.corpus.find(view.slug.as_str())?;
    let article = film
        .articles
        .get(view.article)
        .filter(|article| article.fingerprint() == view.fingerprint)?;
    let part = settle(article, view.part)?;
    let view = PartView {
        part,
        ..view.clone()
    };
    let (section_position, blocks, place, cut_off) = match part {
        Part::Entry {
            section,
            passage: position,
        } => {
            let (block, cut_off) = passage(
                article,
                &article.sections[section],
                &article.sections[section].passages[position],
                excerpt,
            );
            (
                section,
                vec![block],
                entry_position(article, section, position)?,
                cut_off,
            )
        }
        Part::Page { section, page } => {
            let (mut pages, cut_off) = pages(article, &article.sections[section], excerpt);
            let count = pages.len();
            let page = page.min(count - 1);
            let place = if count > 1 {
                format!("page {} of {count}", page + 1)
            } else {
                String::new()
            };
            (
                section,
                pages.swap_remove(page),
                place,
                cut_off && page + 1 == count,
            )
        }
        Part::Kind(_) => return None,
    };
    let mut reply = Reply {
        title: PublicText::declared(&film.name()),
        picture: film.poster.as_ref().map(|poster| poster.url.clone()),
        lifted: view.lifted,
        kept_back: kept_back(article),
        ..Reply::default()
    };
    let section = &article.sections[section_position];
    reply
        .blocks
        .push(Block::Heading(match section.open_heading() {
            Some(heading) => PublicText::declared(heading),
            None => kind_phrase(section.kind).into(),
        }));
    reply.blocks.extend(blocks);
    if cut_off {
        reply.blocks.push(Block::Line(match part {
            Part::Entry { .. } if article.source.licence.is_some() => {
                "Read on in the whole section.".into()
            }
            _ if article.source.is_empty() => "This is an excerpt.".into(),
            _ => "This is an excerpt; the rest is at its source.".into(),
        }));
    }
    if film.articles.len() > 1 {
        reply
            .blocks
            .push(Block::Line("Another source tells it otherwise.".into()));
    }
    reply
        .blocks
        .extend(source_line(film, article, true).map(Block::Source));
    let footer = [
        numbered_kind(article, section_position),
        place,
        of_sources(film, view.article),
    ];
    let footer: Vec<String> = footer.into_iter().filter(|part| !part.is_empty()).collect();
    reply.footer = Some(PublicText::own(&footer.join(" · ")));
    reply.controls = controls(film, &view, section_position, excerpt, to);
    Some(reply)
}

/// Titles, headings and labels that give something away.
pub(super) fn kept_back(article: &Article) -> Vec<Spoiler> {
    let title = article.title_spoils.then_some(&article.title);
    let headings = article
        .sections
        .iter()
        .filter(|section| section.heading_spoils)
        .filter_map(|section| section.heading.as_ref());
    let passages = article
        .sections
        .iter()
        .flat_map(|section| &section.passages);
    let labels = passages
        .filter(|passage| passage.label_spoils)
        .filter_map(|passage| passage.label.as_ref());
    title
        .into_iter()
        .chain(headings)
        .chain(labels)
        .cloned()
        .collect()
}

/// The part as positions that exist.
pub(super) fn settle(article: &Article, part: Part) -> Option<Part> {
    match part {
        Part::Kind(kind) => Some(Part::Page {
            section: best_section(article, kind),
            page: 0,
        }),
        Part::Page { section, .. } => article.sections.get(section).map(|_| part),
        Part::Entry { section, passage } => article
            .sections
            .get(section)?
            .passages
            .get(passage)?
            .label
            .as_ref()
            .map(|_| part),
    }
}

/// The first section of a kind; where there is none, what comes nearest to how it ends.
fn best_section(article: &Article, kind: Kind) -> usize {
    let of_kind = |kind: Kind| {
        article
            .sections
            .iter()
            .position(|section| section.kind == kind)
    };
    [kind, Kind::Ending, Kind::Meaning, Kind::FinalThoughts]
        .into_iter()
        .find_map(of_kind)
        .unwrap_or(0)
}

fn of_sources(film: &Film, article: usize) -> String {
    match film.articles.len() {
        1 => String::new(),
        count => format!("source {} of {count}", article + 1),
    }
}

/// Where an article comes from. Of a film that nobody named, neither the address nor a source
/// that is called like it.
pub(super) fn source_line(film: &Film, article: &Article, named: bool) -> Option<SourceLine> {
    let source = &article.source;
    let host = || {
        let rest = source.url.as_deref()?.split("://").nth(1)?;
        let host = rest.split(['/', '?', '#', ':']).next()?;
        Some(host.trim_start_matches("www.").to_owned())
    };
    let name = source.name.clone().or_else(|| host().filter(|_| named));
    let author = source.author.as_ref().map(|author| format!("by {author}"));
    let parts = [name, author, source.published.clone()];
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let tells = |name: &String| {
        let name = content_words(name);
        let said = content_words(&words);
        said.windows(name.len().max(1)).any(|run| run == name)
    };
    let tells_the_film = std::iter::once(&film.title).chain(&film.aliases).any(tells);
    if words.is_empty() || (!named && tells_the_film) {
        return None;
    }
    let url = source.url.clone().filter(|_| named);
    Some(SourceLine {
        words: PublicText::declared(&words),
        url,
    })
}

fn controls(
    film: &Film,
    view: &PartView,
    section: usize,
    excerpt: Excerpt,
    to: Audience,
) -> Vec<Control> {
    let article = &film.articles[view.article];
    let at = |part: Part| {
        View::Part(PartView {
            part,
            ..view.clone()
        })
    };
    let mut controls = Vec::new();
    if article.sections.len() > 1 {
        let options = window(article.sections.len(), section)
            .map(|position| MenuOption {
                label: PublicText::own(&section_name(article, position)),
                view: at(Part::Page {
                    section: position,
                    page: 0,
                }),
                current: position == section,
            })
            .collect();
        controls.push(Control::Menu {
            placeholder: "Another section".into(),
            options,
        });
    }
    let mut turns = match view.part {
        Part::Entry { passage, .. } => entry_turns(article, section, passage, at),
        Part::Page { page, .. } => page_turns(
            pages(article, &article.sections[section], excerpt).0.len(),
            section,
            page,
            at,
        ),
        Part::Kind(_) => Vec::new(),
    };
    if film.articles.len() > 1 {
        let next = (view.article + 1) % film.articles.len();
        let part = Part::Kind(article.sections[section].kind);
        turns.push(Button::new(
            "Another source",
            Press::Show(View::Part(self::view(film, next, part, view.lifted))),
        ));
    }
    if !turns.is_empty() {
        controls.push(Control::Buttons(turns));
    }
    controls.push(Control::Buttons(choices_of_audience(
        &View::Part(view.clone()),
        view.lifted,
        to,
    )));
    controls
}

fn page_turns(count: usize, section: usize, page: usize, at: impl Fn(Part) -> View) -> Vec<Button> {
    let page = page.min(count - 1);
    let mut turns = Vec::new();
    if page > 0 {
        turns.push(Button::new(
            "Previous page",
            Press::Show(at(Part::Page {
                section,
                page: page - 1,
            })),
        ));
    }
    if page + 1 < count {
        turns.push(Button::new(
            "Next page",
            Press::Show(at(Part::Page {
                section,
                page: page + 1,
            })),
        ));
    }
    turns
}

fn entry_turns(
    article: &Article,
    section: usize,
    passage: usize,
    at: impl Fn(Part) -> View,
) -> Vec<Button> {
    let entries: Vec<usize> = article.sections[section]
        .entries()
        .map(|(position, _)| position)
        .collect();
    let place = entries
        .iter()
        .position(|position| *position == passage)
        .unwrap_or_default();
    let turn = |label: &'static str, place: Option<usize>| {
        // Turning through the entries of an article that is only quoted would republish it.
        article.source.licence.as_ref()?;
        let passage = *entries.get(place?)?;
        Some(Button::new(
            label,
            Press::Show(at(Part::Entry { section, passage })),
        ))
    };
    let whole = Button::new(
        "Whole section",
        Press::Show(at(Part::Page { section, page: 0 })),
    );
    [
        turn("Previous entry", place.checked_sub(1)),
        turn("Next entry", Some(place + 1)),
        Some(whole),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The last row: what the person alone may do with a private reply, what those who may do with a
/// public one.
pub(super) fn choices_of_audience(
    view: &View,
    lifted: Option<Lifted>,
    to: Audience,
) -> Vec<Button> {
    match to {
        Audience::Public => vec![Button::new("Delete", Press::Delete)],
        Audience::Private => vec![
            match lifted {
                None => Button::new("Read without covers", Press::Confirm(view.clone())),
                Some(_) => Button::new("Cover it again", Press::Show(view.with(None))),
            },
            Button::new("Post to channel", Press::Post(view.with(None))),
        ],
    }
}

/// At most 25 positions around the current one; choosing the outermost moves on.
fn window(count: usize, current: usize) -> std::ops::Range<usize> {
    let start = current
        .saturating_sub(MENU / 2)
        .min(count.saturating_sub(MENU));
    start..count.min(start + MENU)
}
