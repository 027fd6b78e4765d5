//! Which part of an article a person's words mean, and what is suggested while they type.

use crate::corpus::{Article, Film, Kind};
use crate::search::{self, Confidence, PassagePlace, Scope, SectionPlace};

use super::entries::{self, entry_choice, positions};
use super::names::{entry_position, numbered_kind, section_name};
use super::section::{MENU, settle, view};
use super::{
    Block, Button, Choice, Control, Library, Part, PartView, Press, PublicText, Reply, View,
};

/// Parts offered where none fits.
const OFFERED: usize = 3;

/// Finds the part of an article that a person means by a suggestion's value, a suggestion's name,
/// or words of their own, misspelt too.
pub fn find_part(
    library: &Library,
    film: usize,
    article: Option<usize>,
    typed: &str,
) -> Option<PartView> {
    let the_film = &library.corpus.films()[film];
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
    let of_article = |candidate: usize| article.is_none_or(|article| article == candidate);
    for candidate in (0..the_film.articles.len()).filter(|candidate| of_article(*candidate)) {
        if let Some(named) = suggestion_named(the_film, candidate, typed) {
            return Some(view(the_film, candidate, named, None));
        }
    }
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
        entry_named(the_article, section, typed).map(|passage| Part::Entry { section, passage })
    })
}

/// The entry of a section whose suggestion reads so: "Theme 2 of 4", perhaps with ": ring".
pub(super) fn entry_named(article: &Article, section: usize, typed: &str) -> Option<usize> {
    let typed = typed.split_once(':').map_or(typed, |(name, _)| name);
    let typed = typed
        .split_once(", source ")
        .map_or(typed, |(name, _)| name);
    let same = |name: String| name.eq_ignore_ascii_case(typed.trim());
    let mut entries = article.sections[section].entries();
    entries
        .find(|(passage, _)| entry_position(article, section, *passage).is_some_and(same))
        .map(|(passage, _)| passage)
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
        Choice::new(PublicText::own(&name), value)
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

/// Says that a film has no such part, and offers the three that come nearest.
pub fn nearest_parts(library: &Library, film: usize, typed: &str) -> Reply {
    let the_film = &library.corpus.films()[film];
    let at =
        |article: usize, part: Part| Press::Show(View::Part(view(the_film, article, part, None)));
    let sections = search::sections(the_film, film, typed, OFFERED)
        .hits
        .into_iter()
        .map(|hit| {
            let SectionPlace {
                article, section, ..
            } = hit.found;
            let name = section_name(&the_film.articles[article], section);
            Button::new(
                PublicText::own(&name),
                at(article, Part::Page { section, page: 0 }),
            )
        });
    let scope = Scope {
        film: Some(film),
        kinds: &[],
    };
    let entries = search::nearest_entries(&library.corpus, typed, scope, OFFERED);
    let entries = entries
        .into_iter()
        .filter_map(|PassagePlace { section, passage }| {
            let (article, section) = (section.article, section.section);
            let name = entry_position(&the_film.articles[article], section, passage)?;
            Some(Button::new(
                PublicText::own(&name),
                at(article, Part::Entry { section, passage }),
            ))
        });
    let whole = Button::new("How it ends", at(0, Part::Kind(Kind::Ending)));
    let nearest: Vec<Button> = sections
        .chain(entries)
        .chain([whole])
        .take(OFFERED)
        .collect();
    Reply {
        title: PublicText::declared(&the_film.name()),
        blocks: vec![Block::Line(
            "This film has no such section. These come nearest; without `section` there is a menu of all.".into(),
        )],
        controls: vec![Control::Buttons(nearest)],
        ..Reply::default()
    }
}
