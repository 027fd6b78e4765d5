//! Which films there are: the list in pages, what a search finds, and "did you mean".

use crate::corpus::{Film, Kind};
use crate::search::{Confidence, Match};

use super::section::{MENU, view};
use super::{
    Block, Button, Choice, Control, Library, MenuOption, Part, Press, PublicText, Reply, View,
    counted,
};

/// Films on a page of the list; Discord's menus hold 25.
const PAGE: usize = 20;
/// Films offered as "did you mean".
const OFFERED: usize = 3;

/// Suggestions for a film: the name with its year, and the slug as value.
pub fn film_choices(library: &Library, typed: &str) -> Vec<Choice> {
    let found = library.index.choices(&library.corpus, typed, MENU);
    let films = found
        .hits
        .iter()
        .map(|hit| &library.corpus.films()[hit.found]);
    films
        .map(|film| Choice::new(PublicText::declared(&film.name()), film.slug.as_str()))
        .collect()
}

/// "Did you mean": the nearest films as buttons. `sure` says whether one of them is likely meant.
pub fn did_you_mean(library: &Library, hits: &[Match<usize>], confidence: Confidence) -> Reply {
    let films: Vec<&Film> = hits
        .iter()
        .take(OFFERED)
        .map(|hit| &library.corpus.films()[hit.found])
        .collect();
    let words = match (films.is_empty(), confidence) {
        (true, _) => "No film is covered yet.",
        (false, Confidence::None) => {
            "No film of that name is covered. These come nearest; `/films` lists all of them."
        }
        (false, _) => "Which of these did you mean?",
    };
    let title = if confidence == Confidence::None {
        "Not covered"
    } else {
        "Did you mean …?"
    };
    let mut reply = Reply {
        title: title.into(),
        blocks: vec![Block::Line(words.into())],
        ..Reply::default()
    };
    reply.blocks.extend(
        films
            .iter()
            .map(|film| Block::Bullet(PublicText::declared(&film.name()))),
    );
    if !films.is_empty() {
        reply.controls.push(Control::Buttons(
            films
                .into_iter()
                .map(|film| {
                    Button::new(
                        PublicText::declared(&film.name()),
                        Press::Show(ending(film)),
                    )
                })
                .collect(),
        ));
    }
    reply
}

fn ending(film: &Film) -> View {
    View::Part(view(film, 0, Part::Kind(Kind::Ending), None))
}

/// A page of all films, by title.
pub(super) fn page(library: &Library, page: usize) -> Reply {
    let mut films: Vec<&Film> = library.corpus.films().iter().collect();
    films.sort_by_cached_key(|film| (film.title.to_lowercase(), film.year));
    let pages = films.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let shown = &films[page * PAGE..films.len().min((page + 1) * PAGE)];
    let mut reply = listed(shown, counted(films.len(), "film"));
    if pages > 1 {
        reply.footer = Some(format!("Page {} of {pages}", page + 1).into());
        let turn =
            |label: &'static str, page: usize| Button::new(label, Press::Show(View::Films(page)));
        let previous = (page > 0).then(|| turn("Previous page", page.wrapping_sub(1)));
        let next = (page + 1 < pages).then(|| turn("Next page", page + 1));
        reply
            .controls
            .push(Control::Buttons(previous.into_iter().chain(next).collect()));
    }
    reply
}

/// The films that a search finds, best first.
pub fn films_found(library: &Library, typed: &str) -> Reply {
    let matches = library.index.choices(&library.corpus, typed, PAGE);
    if matches.hits.is_empty() {
        let nearest = library.index.films(&library.corpus, typed, OFFERED);
        return did_you_mean(library, &nearest.hits, Confidence::None);
    }
    let films: Vec<&Film> = matches
        .hits
        .iter()
        .map(|hit| &library.corpus.films()[hit.found])
        .collect();
    listed(
        &films,
        format!("{} like that", counted(films.len(), "film")),
    )
}

fn listed(films: &[&Film], title: String) -> Reply {
    let mut reply = Reply {
        title: title.into(),
        ..Reply::default()
    };
    reply.blocks.extend(films.iter().map(|film| {
        let sources = if film.articles.len() > 1 {
            format!(" · {}", counted(film.articles.len(), "source"))
        } else {
            String::new()
        };
        Block::Bullet(PublicText::declared(&format!("{}{sources}", film.name())))
    }));
    if films.is_empty() {
        reply
            .blocks
            .push(Block::Line("No film is covered yet.".into()));
    } else {
        let options = films.iter().map(|film| MenuOption {
            label: PublicText::declared(&film.name()),
            view: ending(film),
            current: false,
        });
        reply.controls.push(Control::Menu {
            placeholder: "How does it end?".into(),
            options: options.collect(),
        });
    }
    reply
}
