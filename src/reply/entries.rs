//! Entries on a topic: themes, characters, readings. Where the person named no film, its name is
//! under the cover, too.

use crate::corpus::{Article, Corpus, Kind, Spoiler};
use crate::search::{self, PassagePlace, Scope};

use super::excerpt::{cut, length};
use super::names::{entry_position, kind_phrase};
use super::section::{MENU, choices_of_audience, source_line, view};
use super::{
    Audience, Block, Choice, Control, Covered, EntryKey, Excerpt, Library, Lifted, MenuOption,
    Part, PublicText, Reply, View, counted,
};

/// The most entries in one reply: their keys must fit a component's id.
const MOST: usize = 3;
/// What all entries of one reply may hold together; see the page of a section.
const ALL: usize = 1_500;

/// The view of the best entries for a topic. `named` says whether the person named the film.
pub fn entries_found(library: &Library, places: &[PassagePlace], named: bool) -> View {
    let places = places
        .iter()
        .take(MOST)
        .map(|place| EntryKey::new(&library.corpus, *place))
        .collect();
    View::Entries {
        places,
        named,
        lifted: None,
    }
}

pub(super) fn show(
    library: &Library,
    places: &[EntryKey],
    named: bool,
    lifted: Option<Lifted>,
    to: Audience,
    excerpt: Excerpt,
) -> Option<Reply> {
    let found: Vec<PassagePlace> = places
        .iter()
        .map(|key| find(&library.corpus, key))
        .collect::<Option<_>>()?;
    let first = *found.first()?;
    let film = &library.corpus.films()[first.section.film];
    let kind = film.articles[first.section.article].sections[first.section.section].kind;
    let mut reply = Reply {
        lifted,
        ..Reply::default()
    };
    if named {
        reply.title = PublicText::declared(&film.name());
        reply.picture = film.poster.as_ref().map(|poster| poster.url.clone());
        reply.blocks.push(Block::Heading(kind_phrase(kind).into()));
    } else {
        reply.title = kind_phrase(kind).into();
        reply.blocks.push(Block::Line(
            format!(
                "{}, each with its film under the cover.",
                counted(found.len(), "entry")
            )
            .into(),
        ));
    }
    let mut options = Vec::new();
    for (position, place) in found.iter().enumerate() {
        let film = &library.corpus.films()[place.section.film];
        let article = &film.articles[place.section.article];
        let section = &article.sections[place.section.section];
        let passage = &section.passages[place.passage];
        let name = match entry_position(article, place.section.section, place.passage) {
            Some(name) if named => name,
            _ => format!("Result {}", position + 1),
        };
        reply.blocks.push(Block::Heading(name.as_str().into()));
        let most = if article.source.licence.is_some() {
            ALL
        } else {
            excerpt.0
        };
        let label = passage.label.clone();
        let room = (ALL / found.len())
            .saturating_sub(label.as_ref().map_or(0, |label| length(label.reveal())));
        let (text, rest) = cut(passage.text.reveal(), most.min(room.max(ALL / 6)));
        reply.blocks.push(Block::Covered(Covered {
            film: (!named).then(|| PublicText::declared(&film.name())),
            label,
            text: Spoiler::new(text),
            bullet: false,
        }));
        if !rest.is_empty() {
            reply
                .blocks
                .push(Block::Line("This is its beginning.".into()));
        }
        reply
            .blocks
            .extend(source_line(article, named).map(Block::Source));
        let part = Part::Entry {
            section: place.section.section,
            passage: place.passage,
        };
        let alone = View::Entries {
            places: vec![places[position].clone()],
            named,
            lifted,
        };
        options.push(MenuOption {
            label: name.into(),
            view: if named {
                View::Part(view(film, place.section.article, part, lifted))
            } else {
                alone
            },
            current: false,
        });
    }
    if named || options.len() > 1 {
        reply.controls.push(Control::Menu {
            placeholder: "Open one of them".into(),
            options,
        });
    }
    let this = View::Entries {
        places: places.to_vec(),
        named,
        lifted,
    };
    reply
        .controls
        .push(Control::Buttons(choices_of_audience(&this, lifted, to)));
    Some(reply)
}

fn find(corpus: &Corpus, key: &EntryKey) -> Option<PassagePlace> {
    corpus
        .films()
        .iter()
        .enumerate()
        .filter(|(_, film)| film.slug.key() == key.film)
        .find_map(|(position, film)| {
            let article = film
                .articles
                .get(key.article)
                .filter(|article| article.fingerprint() == key.fingerprint)?;
            article
                .sections
                .get(key.section)?
                .passages
                .get(key.passage)?;
            let section = search::SectionPlace {
                film: position,
                article: key.article,
                section: key.section,
            };
            Some(PassagePlace {
                section,
                passage: key.passage,
            })
        })
}

/// Suggestions for a topic. In a film that the person named: its entries by position, with the
/// words typed that match. Without a film only the words typed, and how many entries they find.
pub fn entry_choices(
    library: &Library,
    film: Option<usize>,
    kinds: &[Kind],
    typed: &str,
) -> Vec<Choice> {
    let typed = typed.trim();
    if let (Some(film), true) = (film, typed.is_empty()) {
        return all_places(&library.corpus, film, kinds)
            .filter_map(|place| entry_choice(library, place, ""))
            .take(MENU)
            .collect();
    }
    if typed.is_empty() {
        return Vec::new();
    }
    let matches = library
        .index
        .entries(&library.corpus, typed, Scope { film, kinds }, MENU);
    let places = matches.hits.iter().map(|hit| hit.found);
    if film.is_some() {
        return places
            .filter_map(|place| entry_choice(library, place, typed))
            .collect();
    }
    let mut films: Vec<usize> = places.map(|place| place.section.film).collect();
    let entries = films.len();
    films.sort_unstable();
    films.dedup();
    let words = PublicText::new(typed);
    if entries == 0 || words.is_empty() {
        return Vec::new();
    }
    let name = format!(
        "{}: {} in {}",
        words.as_str(),
        counted(entries, "entry"),
        counted(films.len(), "film")
    );
    vec![Choice::new(name.into(), typed)]
}

fn all_places(corpus: &Corpus, film: usize, kinds: &[Kind]) -> impl Iterator<Item = PassagePlace> {
    let articles = corpus.films()[film].articles.iter().enumerate();
    let sections = articles.flat_map(move |(article, the_article)| {
        the_article
            .sections
            .iter()
            .enumerate()
            .map(move |(section, the_section)| {
                (
                    search::SectionPlace {
                        film,
                        article,
                        section,
                    },
                    the_section,
                )
            })
    });
    sections
        .filter(move |(_, section)| kinds.is_empty() || kinds.contains(&section.kind))
        .flat_map(|(place, section)| {
            section.entries().map(move |(passage, _)| PassagePlace {
                section: place,
                passage,
            })
        })
}

/// "Theme 2 of 4: ring", repeating of the label only words that were typed; the whole label once
/// all of its content words were typed, or if it gives nothing away.
pub(super) fn entry_choice(library: &Library, place: PassagePlace, typed: &str) -> Option<Choice> {
    let film = &library.corpus.films()[place.section.film];
    let article = &film.articles[place.section.article];
    let passage = article.sections[place.section.section]
        .passages
        .get(place.passage)?;
    let position = entry_position(article, place.section.section, place.passage)?;
    let label = passage.label.as_ref()?;
    let matched = search::fold::typed_words_in(label.reveal(), typed);
    let shown = match passage.open_label() {
        Some(open) => open.to_owned(),
        None if matched.whole => label.reveal().to_owned(),
        None => matched.words.join(" "),
    };
    let name = if shown.is_empty() {
        position
    } else {
        format!("{position}: {shown}")
    };
    let value = value(
        article,
        place.section.article,
        place.section.section,
        Some(place.passage),
    );
    let open = matched.whole || passage.open_label().is_some();
    let kept_back = (!open).then(|| label.clone());
    Some(Choice {
        name: name.into(),
        value,
        kept_back,
    })
}

/// A suggestion's value: positions and the article's fingerprint, never a label, because other
/// people can read the options of a public answer.
pub(super) fn value(
    article: &Article,
    position: usize,
    section: usize,
    passage: Option<usize>,
) -> String {
    let passage = passage
        .map(|passage| format!(".{passage}"))
        .unwrap_or_default();
    format!("#{position}.{section}{passage}~{}", article.fingerprint())
}

/// Article, section and, of an entry, passage.
type Positions = (usize, usize, Option<usize>);

/// Reads a suggestion's value: the fingerprint and the positions.
pub(super) fn positions(value: &str) -> Option<(&str, Positions)> {
    let (positions, fingerprint) = value.trim().strip_prefix('#')?.split_once('~')?;
    let mut numbers = positions
        .split('.')
        .map(|number| number.parse::<usize>().ok());
    let (article, section) = (numbers.next()??, numbers.next()??);
    let passage = match numbers.next() {
        None => None,
        Some(passage) => Some(passage?),
    };
    numbers
        .next()
        .is_none()
        .then_some((fingerprint, (article, section, passage)))
}

/// Finds an entry by the value of a suggestion made for it.
pub fn find_entry(library: &Library, film: usize, value: &str) -> Option<PassagePlace> {
    let (fingerprint, (article, section, passage)) = positions(value)?;
    let the_article = library.corpus.films()[film].articles.get(article)?;
    (the_article.fingerprint() == fingerprint).then_some(())?;
    let passage = passage?;
    the_article.sections.get(section)?.passages.get(passage)?;
    Some(PassagePlace {
        section: search::SectionPlace {
            film,
            article,
            section,
        },
        passage,
    })
}
