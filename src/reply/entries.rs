//! Entries on a topic: themes, characters, readings. Where the person named no film, its name is
//! under the cover, too.

use std::collections::HashMap;

use crate::corpus::{Article, Corpus, Film, Kind, Passage, Spoiler};
use crate::search::{self, PassagePlace, Scope, SectionPlace};

use super::excerpt::{cut, length};
use super::names::{entry_position, kind_phrase};
use super::part::entry_named;
use super::section::{MENU, choices_of_audience, kept_back, source_line, view};
use super::{
    Audience, Block, Button, Choice, Control, Covered, EntryKey, Excerpt, Library, Lifted,
    MenuOption, Part, Press, PublicText, Reply, View, counted,
};

/// The most entries in one reply: their keys must fit a component's id.
const MOST: usize = 3;
/// What all entries of one reply may hold together; see the page of a section.
const ALL: usize = 1_500;
/// What an entry gets at least, however long its label.
const LEAST: usize = 250;

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
    let mut reply = opening(film, kind, named, found.len());
    reply.lifted = lifted;
    let mut quoted: HashMap<SectionPlace, usize> = HashMap::new();
    let mut options = Vec::new();
    for (position, place) in found.iter().enumerate() {
        let film = &library.corpus.films()[place.section.film];
        let article = &film.articles[place.section.article];
        let name = match entry_position(article, place.section.section, place.passage) {
            Some(name) if named => PublicText::own(&name),
            _ => PublicText::own(&format!("Result {}", position + 1)),
        };
        reply.blocks.push(Block::Heading(name.clone()));
        let so_far = quoted.entry(place.section).or_default();
        let most = if article.source.licence.is_some() {
            ALL
        } else {
            excerpt.0.saturating_sub(*so_far)
        };
        let passage = &article.sections[place.section.section].passages[place.passage];
        let (covered, cut_off) = share(passage, ALL / found.len(), most);
        *so_far += length(covered.text.reveal());
        let film_name = (!named).then(|| PublicText::declared(&film.name()));
        reply.blocks.push(Block::Covered(Covered {
            film: film_name,
            ..covered
        }));
        if cut_off {
            reply
                .blocks
                .push(Block::Line("This is its beginning.".into()));
        }
        reply
            .blocks
            .extend(source_line(film, article, named).map(Block::Source));
        reply.kept_back.extend(kept_back(article));
        if !named {
            let titles = [film.name(), film.title.clone()];
            reply.kept_back.extend(titles.map(Spoiler::new));
        }
        let part = Part::Entry {
            section: place.section.section,
            passage: place.passage,
        };
        let view = if named {
            View::Part(view(film, place.section.article, part, lifted))
        } else {
            View::Entries {
                places: vec![places[position].clone()],
                named,
                lifted,
            }
        };
        options.push(MenuOption {
            label: name,
            view,
            current: false,
        });
    }
    let all = |named: bool| View::Entries {
        places: places.to_vec(),
        named,
        lifted,
    };
    reply.controls.push(if named || options.len() > 1 {
        Control::Menu {
            placeholder: "Open one of them".into(),
            options,
        }
    } else {
        Control::Buttons(vec![Button::new("Name its film", Press::Show(all(true)))])
    });
    reply.controls.push(Control::Buttons(choices_of_audience(
        &all(named),
        lifted,
        to,
    )));
    Some(reply)
}

/// Says that no entry is like that, and offers the three that come nearest: by position in a film
/// that the person named, else as results with their film covered.
pub fn nearest_found(library: &Library, film: Option<usize>, kinds: &[Kind], typed: &str) -> Reply {
    let nearest = search::nearest_entries(&library.corpus, typed, Scope { film, kinds }, MOST);
    let button = |(position, place): (usize, &PassagePlace)| {
        let article = &library.corpus.films()[place.section.film].articles[place.section.article];
        let name = match entry_position(article, place.section.section, place.passage) {
            Some(name) if film.is_some() => name,
            _ => format!("Result {}", position + 1),
        };
        let view = entries_found(library, &[*place], film.is_some());
        Button::new(PublicText::own(&name), Press::Show(view))
    };
    let buttons: Vec<Button> = nearest.iter().enumerate().map(button).collect();
    let line = if buttons.is_empty() {
        "Nothing like that is covered. `/films` lists what is."
    } else {
        "Nothing like that is covered. These come nearest."
    };
    Reply {
        title: film
            .map(|film| PublicText::declared(&library.corpus.films()[film].name()))
            .unwrap_or_default(),
        blocks: vec![Block::Line(line.into())],
        controls: vec![Control::Buttons(buttons)],
        ..Reply::default()
    }
}

/// Title and first lines: the film only if the person named it.
fn opening(film: &Film, kind: Kind, named: bool, count: usize) -> Reply {
    if named {
        return Reply {
            title: PublicText::declared(&film.name()),
            picture: film.poster.as_ref().map(|poster| poster.url.clone()),
            blocks: vec![Block::Heading(kind_phrase(kind).into())],
            ..Reply::default()
        };
    }
    let each = if count == 1 {
        "with its"
    } else {
        "each with its"
    };
    let line = format!("{}, {each} film under the cover.", counted(count, "entry"));
    Reply {
        title: kind_phrase(kind).into(),
        blocks: vec![Block::Line(line.into())],
        ..Reply::default()
    }
}

/// An entry's share of a reply, and whether a rest of it is left out. `room` is for its label as
/// well; `most` is how much of its section may still be quoted.
fn share(passage: &Passage, room: usize, most: usize) -> (Covered, bool) {
    let label = passage
        .label
        .as_ref()
        .map_or(0, |label| length(label.reveal()));
    let room = room.saturating_sub(label).max(LEAST);
    let (text, rest) = cut(passage.text.reveal(), room.min(most));
    let covered = Covered {
        film: None,
        label: passage.label.clone(),
        text: Spoiler::new(text),
        bullet: false,
    };
    (covered, !rest.is_empty())
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
            let section = SectionPlace {
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
    let places: Vec<PassagePlace> = places.collect();
    let mut films: Vec<usize> = places.iter().map(|place| place.section.film).collect();
    films.sort_unstable();
    films.dedup();
    // Of what was typed, only words that stand in a label.
    let labels = places
        .iter()
        .filter_map(|place| passage(&library.corpus, *place)?.label.as_ref());
    let mut words: Vec<String> = Vec::new();
    for word in labels.flat_map(|label| search::fold::typed_words_in(label.reveal(), typed).words) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.is_empty() {
        return Vec::new();
    }
    let words = words.join(" ");
    let name = format!(
        "{words}: {} in {}",
        counted(places.len(), "entry"),
        counted(films.len(), "film")
    );
    vec![Choice::new(name.into(), words)]
}

fn passage(corpus: &Corpus, place: PassagePlace) -> Option<&Passage> {
    let article = corpus
        .films()
        .get(place.section.film)?
        .articles
        .get(place.section.article)?;
    article
        .sections
        .get(place.section.section)?
        .passages
        .get(place.passage)
}

/// The words of a topic as typed, also where a client sent a suggestion's name:
/// "ring: 3 entries in 2 films".
pub fn topic_typed(typed: &str) -> &str {
    let counts = |part: &str, nouns: [&str; 2]| {
        part.split_once(' ')
            .is_some_and(|(number, noun)| number.parse::<usize>().is_ok() && nouns.contains(&noun))
    };
    let told = |told: &str| {
        told.split_once(" in ").is_some_and(|(entries, films)| {
            counts(entries, ["entry", "entries"]) && counts(films, ["film", "films"])
        })
    };
    match typed.rsplit_once(": ") {
        Some((words, rest)) if told(rest) => words,
        _ => typed,
    }
}

fn all_places(corpus: &Corpus, film: usize, kinds: &[Kind]) -> impl Iterator<Item = PassagePlace> {
    search::sections_of(corpus, film)
        .filter(move |(_, section)| Scope { film: None, kinds }.is_of(section.kind))
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
    let mut position = entry_position(article, place.section.section, place.passage)?;
    if place.section.article > 0 {
        position = format!("{position}, source {}", place.section.article + 1);
    }
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

/// Finds an entry by the value of a suggestion made for it, or by its name: some clients send
/// that instead.
pub fn find_entry(library: &Library, film: usize, value: &str) -> Option<PassagePlace> {
    let articles = &library.corpus.films()[film].articles;
    let Some((fingerprint, (article, section, passage))) = positions(value) else {
        return search::sections_of(&library.corpus, film).find_map(|(place, _)| {
            entry_named(&articles[place.article], place.section, value).map(|passage| {
                PassagePlace {
                    section: place,
                    passage,
                }
            })
        });
    };
    let the_article = articles.get(article)?;
    (the_article.fingerprint() == fingerprint).then_some(())?;
    let passage = passage?;
    the_article
        .sections
        .get(section)?
        .passages
        .get(passage)?
        .label
        .as_ref()?;
    Some(PassagePlace {
        section: SectionPlace {
            film,
            article,
            section,
        },
        passage,
    })
}
