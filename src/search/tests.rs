//! Look-up on a corpus of made-up films.

use std::path::Path;

use super::*;
use crate::corpus::load::parse;

fn film(json: &serde_json::Value) -> Film {
    parse(&json.to_string(), Path::new("")).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn corpus() -> Corpus {
    let entry = |label: &str, text: &str| serde_json::json!({"label": label, "text": text});
    let plain = |text: &str| serde_json::json!({"text": text});
    let saltmere = serde_json::json!({
        "slug": "bundle",
        "title": "Saltmere", "year": 2019, "aliases": ["Salt"], "popularity": 900,
        "articles": [{
            "id": "one", "title": "Saltmere, explained",
            "sections": [
                {"kind": "recap", "heading": "The Story So Far", "passages": [plain("A keeper finds a lamp.")]},
                {"kind": "characters", "heading": "Character Arcs and Resolution", "passages": [
                    entry("Orla's Homecoming", "She comes back to the pier and learns to stay."),
                    entry("Pell's Complicated Part", "Pell rows the boat, and says nothing of the anchor."),
                ]},
                {"kind": "interpretations", "heading": "Alternate Interpretations", "passages": [
                    entry("The Feminist Reading", "The keepers were always women."),
                    entry("The Cynical Reading", "Nobody was ever saved."),
                ]},
                {"kind": "themes", "heading": "Themes and Symbolism", "passages": [
                    entry("The Glass Anchor", "An anchor that cannot hold: promises made on the pier."),
                    entry("Harrow Sands", "The beach that moves in the night."),
                    entry("The Lonely Lamp", "A light for no one; she walks away from it."),
                ]},
            ],
        }],
    });
    let mut films = vec![film(&{
        let mut object = saltmere;
        object["slug"] = "saltmere-2019".into();
        object
    })];
    for (title, year, popularity) in [
        ("The Ember Road", 1987, 5_000),
        ("The Ember Road", 2015, 400),
        ("Um", 2001, 30),
        ("Umbrella Weather", 2008, 80_000),
        ("Nine Quiet Winters", 1999, 7),
    ] {
        films.push(film(&serde_json::json!({
            "title": title, "year": year, "popularity": popularity,
            "articles": [{"id": "a", "title": "Explained", "sections": [
                {"kind": "ending", "passages": [plain("It ends.")]}]}],
        })));
    }
    Corpus::new(films)
}

fn first_film(corpus: &Corpus, query: &str) -> (String, Confidence) {
    let matches = Index::new(corpus).films(corpus, query, 5);
    let film = &corpus.films()[matches.hits[0].found];
    (film.name(), matches.confidence())
}

fn first_label(corpus: &Corpus, query: &str) -> String {
    let matches = Index::new(corpus).entries(corpus, query, Scope::default(), 3);
    let place = matches.hits[0].found;
    let section = &corpus.films()[place.section.film].articles[place.section.article].sections
        [place.section.section];
    let label = section.passages[place.passage].label.as_ref();
    label.map_or("", |label| label.reveal()).to_owned()
}

#[test]
fn films_are_found_whatever_is_typed() {
    let corpus = corpus();

    for query in [
        "satlmere",
        "salltmere",
        "saltmere 2019",
        "Saltmere (2019)",
        "salt",
        "SALTMÈRE",
    ] {
        let (name, confidence) = first_film(&corpus, query);

        assert_eq!(name, "Saltmere (2019)", "{query}");
        assert_eq!(confidence, Confidence::Sure, "{query}");
    }
}

#[test]
fn the_year_tells_remakes_apart() {
    let corpus = corpus();

    let (name, confidence) = first_film(&corpus, "ember road 2015");

    assert_eq!(name, "The Ember Road (2015)");
    assert_eq!(confidence, Confidence::Sure);
}

#[test]
fn of_remakes_the_better_known_comes_first_and_is_not_sure() {
    let corpus = corpus();

    let (name, confidence) = first_film(&corpus, "ember road");

    assert_eq!(name, "The Ember Road (1987)");
    assert_eq!(confidence, Confidence::Several);
}

#[test]
fn what_matches_nothing_says_so_and_has_the_nearest_three() {
    let corpus = corpus();

    for query in ["xyzzy plugh", "a film about trains", "???", ""] {
        let matches = Index::new(&corpus).films(&corpus, query, 3);

        assert_eq!(matches.hits.len(), 3, "{query}");
        assert_eq!(
            matches.confidence(),
            Confidence::None,
            "{query} {}",
            matches.confidence
        );
    }
}

#[test]
fn while_typing_the_better_known_comes_first_but_an_exact_title_wins() {
    let corpus = corpus();
    let first = |query| {
        let matches = Index::new(&corpus).choices(&corpus, query, 5);
        corpus.films()[matches.hits[0].found].name()
    };

    assert_eq!(first("um"), "Um (2001)");
    assert_eq!(first("umb"), "Umbrella Weather (2008)");
    assert_eq!(first("emb"), "The Ember Road (1987)");
}

#[test]
fn nothing_typed_offers_what_there_is_most_to_say_about() {
    let corpus = corpus();

    let matches = Index::new(&corpus).choices(&corpus, " ", 25);

    assert_eq!(matches.hits.len(), corpus.films().len());
}

#[test]
fn entries_are_found_by_words_in_any_order_and_misspelt() {
    let corpus = corpus();

    for (query, label) in [
        ("the glass anchor", "The Glass Anchor"),
        ("anchor glass", "The Glass Anchor"),
        ("glas anhcor", "The Glass Anchor"),
        ("pell part", "Pell's Complicated Part"),
        ("harrow", "Harrow Sands"),
        ("lonely lmap", "The Lonely Lamp"),
        ("feminist", "The Feminist Reading"),
        ("home coming orla", "Orla's Homecoming"),
        ("women", "The Feminist Reading"),
        ("orla boat", "Orla's Homecoming"),
    ] {
        assert_eq!(first_label(&corpus, query), label, "{query}");
    }
}

#[test]
fn entries_keep_to_the_kinds_asked_for() {
    let corpus = corpus();
    let scope = Scope {
        film: None,
        kinds: &[Kind::Characters],
    };

    let matches = Index::new(&corpus).entries(&corpus, "anchor", scope, 9);

    assert_eq!(matches.hits.len(), 1);
    assert_eq!(matches.hits[0].found.passage, 1);
}

#[test]
fn sections_are_found_by_kind_and_heading() {
    let corpus = corpus();
    let position = corpus.position("saltmere-2019").expect("it is there");
    let film = &corpus.films()[position];

    for (query, kind) in [
        ("alternat interpretatons", Kind::Interpretations),
        ("carachter arcs", Kind::Characters),
        ("symbols", Kind::Themes),
        ("recap", Kind::Recap),
        ("story so far", Kind::Recap),
    ] {
        let place = sections(film, position, query, 3).hits[0].found;

        assert_eq!(
            film.articles[place.article].sections[place.section].kind, kind,
            "{query}"
        );
    }
}

#[test]
fn any_query_is_answered() {
    use proptest::prelude::*;
    let corpus = corpus();
    let index = Index::new(&corpus);
    let typed = prop_oneof![
        any::<String>(),
        "\\PC{0,400}",
        "[\\x00-\\x7f]{0,80}",
        "[ :;.,!?'&|()0-9-]{0,40}",
        "(the |a |salt|mere|ii|1|\\(2019\\)| ){0,300}",
        Just("ß".repeat(4000)),
        Just("the ".repeat(1000)),
        Just("字".repeat(4000)),
    ];

    proptest!(|(query in typed, limit in 0_usize..30)| {
        for matches in [index.films(&corpus, &query, limit), index.choices(&corpus, &query, limit)] {
            prop_assert!(matches.hits.len() <= limit);
            prop_assert!((0.0..=1.0).contains(&matches.confidence));
        }
        index.entries(&corpus, &query, Scope::default(), limit);
        sections(&corpus.films()[0], 0, &query, limit);
        fold::typed_words_in("The Glass Anchor", &query);
    });
}
