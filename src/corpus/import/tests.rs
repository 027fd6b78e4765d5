use super::*;
use crate::corpus::{Kind, Section};

/// A made-up page with most of what pages have around an article.
const PAGE: &str = "\
Skip to main content
Home » Films » The Drowned Clock Ending Explained
The Drowned Clock Ending Explained: Salt, Time, and a Debt

By Ada Quell | March 3, 2021

Major spoilers below for The Drowned Clock.

The Drowned Clock (also “Nine”) is a slow film about a keeper and the sea. Directed by Bo Vanter, it was shot in one winter, and it ends on a boat.

It is easy to miss why.

Table of Contents
  • What Happens at the End
  • Themes and Symbols
  • Other Readings

What Happens at the End

  • Mara rows out at night.
  • The Glove: it is hers, and he kept it all along.

Then comes what nobody expects: the keeper steps over the side. She lets him.

Tin Moon Movies in Order: The Complete Guide
Iron Harbour Ending Explained: Who Lit the Lamp?

After that the lamp goes out.

Themes and Symbols

The Clock

It stopped at nine, when the ship went down.

Nobody winds it again.

The Boat

Her father's boat carries two people and comes back with one.

Other Readings

The Cold Reading: She planned it from the first day on.

The Kind Reading: He asked her to, without a word.

Final Thoughts

Was it worth it? The film does not say, and it is better for that.

More Reading
Iron Harbour Ending Explained

2 Comments

Nice text, thank you very much for writing it. I cried.
";

fn recognised(text: &str) -> Imported {
    recognise(text, &Options::default()).unwrap()
}

fn shape(imported: &Imported) -> Vec<(Kind, Option<&str>, usize)> {
    imported
        .article
        .sections
        .iter()
        .map(|section| {
            let heading = section.heading.as_ref().map(Spoiler::reveal);
            (section.kind, heading, section.passages.len())
        })
        .collect()
}

fn labels(section: &Section) -> Vec<&str> {
    section
        .entries()
        .filter_map(|(_, passage)| passage.label.as_ref().map(Spoiler::reveal))
        .collect()
}

/// The words of an article and of the lines dropped, in one heap.
fn kept_and_dropped(imported: &Imported) -> Vec<String> {
    let article = &imported.article;
    let mut said = words(article.title.reveal());
    for section in &article.sections {
        said.extend(section.heading.iter().flat_map(|text| words(text.reveal())));
        for passage in &section.passages {
            said.extend(passage.label.iter().flat_map(|text| words(text.reveal())));
            said.extend(words(passage.text.reveal()));
        }
    }
    said.extend(imported.dropped.iter().flat_map(|line| words(&line.text)));
    said.sort();
    said
}

#[test]
fn a_whole_page_is_told_apart() {
    let imported = recognised(PAGE);

    assert_eq!(
        shape(&imported),
        [
            (Kind::Other, None, 2),
            (Kind::Ending, Some("What Happens at the End"), 4),
            (Kind::Themes, Some("Themes and Symbols"), 3),
            (Kind::Interpretations, Some("Other Readings"), 2),
            (Kind::FinalThoughts, Some("Final Thoughts"), 1),
        ]
    );
    let sections = &imported.article.sections;
    assert_eq!(labels(&sections[1]), ["The Glove"]);
    assert_eq!(labels(&sections[2]), ["The Clock", "The Boat"]);
    assert_eq!(
        labels(&sections[3]),
        ["The Cold Reading", "The Kind Reading"]
    );
}

#[test]
fn film_and_source_come_from_the_page() {
    let Imported { film, article, .. } = recognised(PAGE);

    assert_eq!(film.name(), "The Drowned Clock");
    assert_eq!(film.aliases, ["Nine"]);
    assert_eq!(film.directors, ["Bo Vanter"]);
    assert_eq!(article.id, "ending-explained");
    assert_eq!(
        article.title.reveal(),
        "The Drowned Clock Ending Explained: Salt, Time, and a Debt"
    );
    assert_eq!(article.source.author.as_deref(), Some("Ada Quell"));
    assert_eq!(article.source.published.as_deref(), Some("2021-03-03"));
    assert_eq!(article.source.licence, None);
}

#[test]
fn nothing_imported_is_marked_as_safe() {
    let article = recognised(PAGE).article;

    assert!(article.title_spoils);
    for section in &article.sections {
        assert!(section.spoils && section.heading_spoils);
        assert!(section.passages.iter().all(|passage| passage.label_spoils));
    }
}

#[test]
fn every_dropped_line_has_its_reason() {
    let dropped = recognised(PAGE).dropped;

    let shown: Vec<_> = dropped.iter().map(|line| (line.line, line.why)).collect();
    assert_eq!(
        shown,
        [
            (1, "part of the page around it"),
            (2, "a breadcrumb"),
            (5, "the author, taken as a fact"),
            (7, "a spoiler warning"),
            (13, "the table of contents"),
            (14, "the table of contents"),
            (15, "the table of contents"),
            (16, "the table of contents"),
            (25, "a link to another article"),
            (26, "a link to another article"),
            (52, "part of the page around it"),
            (53, "a link to another article"),
            (55, "comes after the article's end"),
            (57, "comes after the article's end"),
        ]
    );
}

#[test]
fn every_word_is_kept_or_listed_as_dropped() {
    let without_blank_lines = PAGE.replace("\n\n", "\n");
    for text in [PAGE, &without_blank_lines] {
        let mut all: Vec<String> = text.lines().flat_map(words).collect();
        all.sort();

        assert_eq!(kept_and_dropped(&recognised(text)), all);
    }
}

#[test]
fn no_mutilation_loses_a_word() {
    let lines: Vec<&str> = PAGE.lines().collect();
    let cuts = PAGE.char_indices().step_by(31).map(|(at, _)| &PAGE[..at]);
    let turns = (0..lines.len()).map(|at| [&lines[at..], &lines[..at]].concat());
    let holes = (0..lines.len()).map(|at| [&lines[..at], &lines[at + 1..]].concat());
    let broken = turns.chain(holes).map(|lines| lines.join("\n"));
    for text in cuts.map(str::to_owned).chain(broken) {
        let options = Options {
            film: Some("The Drowned Clock".into()),
            ..Options::default()
        };
        let Ok(imported) = recognise(&text, &options) else {
            continue;
        };
        let mut all: Vec<String> = text.lines().flat_map(words).collect();
        all.sort();

        let mut kept = kept_and_dropped(&imported);
        if !text.contains(imported.article.title.reveal()) {
            for word in ["the", "drowned", "clock", "ending", "explained"] {
                let at = kept.iter().position(|kept| kept == word).unwrap();
                kept.remove(at);
            }
        }
        assert_eq!(kept, all, "{text}");
    }
}

#[test]
fn an_article_without_headings_is_one_section_on_the_ending() {
    let text = "Tin Moon (1974)\n\nTin Moon ends where it began, in the crater, with the door \
                shut. Nobody opens it.\n\nThe dog waits outside for eleven days. Then the \
                credits roll over the sound of rain, and of a key that turns.";

    let imported = recognised(text);

    assert_eq!(imported.film.name(), "Tin Moon (1974)");
    assert_eq!(shape(&imported), [(Kind::Ending, None, 2)]);
}

#[test]
fn a_page_that_names_its_film_in_prose_alone_gets_a_plain_title() {
    let text = "This page is about the ending of “Tin Moon”. It ends where it began, in the \
                crater, with the door shut, and nobody opens it for eleven long days.\nIs \
                Anyone Inside?\nThe dog waits outside, and so does the film. Nobody ever \
                says who had the key.";

    let imported = recognised(text);

    assert_eq!(imported.film.title, "Tin Moon");
    assert_eq!(
        imported.article.title.reveal(),
        "Tin Moon: Ending Explained"
    );
    assert_eq!(
        shape(&imported),
        [
            (Kind::Other, None, 1),
            (Kind::Questions, Some("Is Anyone Inside?"), 1)
        ]
    );
}

#[test]
fn what_is_given_goes_before_what_the_page_says() {
    let options = Options {
        film: Some("Nine O'Clock".into()),
        year: Some(1931),
        source: Some("The Sea & Film Review".into()),
        url: Some("https://example.org/clock".into()),
        licence: Some("CC BY 4.0".into()),
    };

    let Imported { film, article, .. } = recognise(PAGE, &options).unwrap();

    assert_eq!(film.name(), "Nine O'Clock (1931)");
    assert_eq!(article.id, "the-sea-and-film-review");
    assert_eq!(article.source.url, options.url);
    assert_eq!(article.source.licence, options.licence);
    assert!(article.title.reveal().starts_with("The Drowned Clock"));
}

#[test]
fn shapeless_texts_are_refused() {
    let prose = "The dog waits outside for eleven days, and rain falls on the crater. ".repeat(5);
    for (text, expected) in [
        (String::new(), "only 0 words"),
        (prose, "no line of it names the film"),
        (
            "Tin Moon Ending Explained\n\nIt ends.".into(),
            "only 6 words",
        ),
        ("<!DOCTYPE html><p>Tin Moon".into(), "a web page in HTML"),
        ("[{\"title\": \"Tin Moon\"}]".into(), "JSON"),
        ("Tin\0Moon".into(), "no text at all"),
    ] {
        let error = recognise(&text, &Options::default()).unwrap_err();

        assert!(error.to_string().contains(expected), "{error}");
    }
}
