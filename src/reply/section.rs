//! A part of an article: a page of a section, or one entry. Also which part a person's words mean,
//! and what is suggested while they type.

use crate::corpus::{Article, Film, Kind, Spoiler};
use crate::search::{self, Confidence, PassagePlace, Scope, SectionPlace};

use super::entries::{self, entry_choice, positions};
use super::excerpt::{pages, passage};
use super::names::{entry_position, kind_phrase, numbered_kind, section_name};
use super::{
    Audience, Block, Button, Choice, Control, Excerpt, Library, Lifted, MenuOption, Part, PartView,
    Press, PublicText, Reply, SourceLine, View,
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
        .extend(source_line(article, true).map(Block::Source));
    let footer = [
        numbered_kind(article, section_position),
        place,
        of_sources(film, view.article),
    ];
    reply.footer = Some(
        footer
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
            .into(),
    );
    reply.controls = controls(film, &view, section_position, excerpt, to);
    Some(reply)
}

/// Titles, headings and labels that give something away.
fn kept_back(article: &Article) -> Vec<Spoiler> {
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
fn settle(article: &Article, part: Part) -> Option<Part> {
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

/// Where an article comes from; without the address where that would name a covered film.
pub(super) fn source_line(article: &Article, with_address: bool) -> Option<SourceLine> {
    let source = &article.source;
    let url = source.url.clone().filter(|_| with_address);
    let host = || {
        let rest = source.url.as_deref()?.split("://").nth(1)?;
        rest.split(['/', '?', '#', ':'])
            .next()
            .map(|host| host.trim_start_matches("www.").to_owned())
    };
    let name = source
        .name
        .clone()
        .or_else(|| host().filter(|_| with_address));
    let author = source.author.as_ref().map(|author| format!("by {author}"));
    let words: Vec<String> = [name, author, source.published.clone()]
        .into_iter()
        .flatten()
        .collect();
    (!words.is_empty()).then(|| SourceLine {
        words: PublicText::declared(&words.join(", ")),
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
                label: section_name(article, position).into(),
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
    let turn = |label: &str, place: Option<usize>| {
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
                None => Button::new("Read it privately", Press::Confirm(view.clone())),
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

/// Finds the part of an article that a person means by a suggestion's value, a suggestion's name,
/// or words of their own, misspelt too.
pub fn find_part(
    library: &Library,
    film: usize,
    article: Option<usize>,
    typed: &str,
) -> Option<PartView> {
    let the_film = &library.corpus.films()[film];
    let preferred = article.unwrap_or(0);
    if let Some((fingerprint, positions)) = positions(typed) {
        let article = the_film
            .articles
            .get(positions.0)
            .filter(|article| article.fingerprint() == fingerprint)?;
        let part = match positions {
            (_, section, None) => Part::Page { section, page: 0 },
            (_, section, Some(passage)) => Part::Entry { section, passage },
        };
        return settle(article, part).map(|part| view(the_film, positions.0, part, None));
    }
    if let Some(named) = suggestion_named(the_film, preferred, typed) {
        return Some(view(the_film, preferred, named, None));
    }
    let of_article = |candidate: usize| article.is_none_or(|article| article == candidate);
    let sections = search::sections(the_film, film, typed, MENU);
    let scope = Scope {
        film: Some(film),
        kinds: &[],
    };
    let entries = library.index.entries(&library.corpus, typed, scope, MENU);
    let section = sections
        .hits
        .iter()
        .map(|hit| hit.found)
        .find(|place: &SectionPlace| of_article(place.article));
    let entry = entries
        .hits
        .iter()
        .map(|hit| hit.found)
        .find(|place: &PassagePlace| of_article(place.section.article));
    let section = section.filter(|_| sections.confidence() != Confidence::None);
    let entry = entry.filter(|_| entries.confidence() != Confidence::None);
    match (section, entry) {
        (Some(place), None) => Some(place),
        (Some(place), Some(_)) if sections.confidence >= entries.confidence => Some(place),
        (_, Some(place)) => {
            let part = Part::Entry {
                section: place.section.section,
                passage: place.passage,
            };
            return Some(view(the_film, place.section.article, part, None));
        }
        (None, None) => None,
    }
    .map(|place| {
        view(
            the_film,
            place.article,
            Part::Page {
                section: place.section,
                page: 0,
            },
            None,
        )
    })
}

/// The part whose suggestion reads so: some clients send a suggestion's name instead of its value.
fn suggestion_named(film: &Film, article: usize, typed: &str) -> Option<Part> {
    let the_article = &film.articles[article];
    let same = |name: &str| name.eq_ignore_ascii_case(typed.trim());
    (0..the_article.sections.len()).find_map(|section| {
        if same(&section_name(the_article, section)) || same(&numbered_kind(the_article, section)) {
            return Some(Part::Page { section, page: 0 });
        }
        let prefix = |name: &str| {
            same(name)
                || typed
                    .trim()
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with(':'))
        };
        let mut entries = the_article.sections[section].entries();
        entries
            .find(|(passage, _)| {
                entry_position(the_article, section, *passage).is_some_and(|name| prefix(&name))
            })
            .map(|(passage, _)| Part::Entry { section, passage })
    })
}

/// Suggestions for a part of a film: its sections while nothing is typed, then what matches.
pub fn section_choices(
    library: &Library,
    film: usize,
    article: Option<usize>,
    typed: &str,
) -> Vec<Choice> {
    let the_film = &library.corpus.films()[film];
    let section_choice = |article: usize, section: usize| {
        let name = section_name(&the_film.articles[article], section);
        let value = entries::value(&the_film.articles[article], article, section, None);
        Choice::new(name.into(), value)
    };
    let article = article.unwrap_or(0);
    if typed.trim().is_empty() {
        return (0..the_film.articles[article].sections.len())
            .take(MENU)
            .map(|section| section_choice(article, section))
            .collect();
    }
    let sections = search::sections(the_film, film, typed, MENU);
    let entries = library.index.entries(
        &library.corpus,
        typed,
        Scope {
            film: Some(film),
            kinds: &[],
        },
        MENU,
    );
    let of_sections = sections.hits.iter().map(|hit| {
        (
            hit.score,
            hit.found.article,
            section_choice(hit.found.article, hit.found.section),
        )
    });
    let of_entries = entries.hits.iter().filter_map(|hit| {
        Some((
            hit.score,
            hit.found.section.article,
            entry_choice(library, hit.found, typed)?,
        ))
    });
    let mut choices: Vec<_> = of_sections.chain(of_entries).collect();
    choices.sort_by(|a, b| {
        (a.1 != article)
            .cmp(&(b.1 != article))
            .then(b.0.total_cmp(&a.0))
    });
    choices
        .into_iter()
        .map(|(_, _, choice)| choice)
        .take(MENU)
        .collect()
}
