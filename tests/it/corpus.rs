//! The corpus as it lies on disk: the fixture films load, and every fault of the faulty ones is
//! reported in one run.

use std::collections::BTreeSet;

use last_reel::corpus::check::check;
use last_reel::corpus::{Corpus, Film, LoadError, Spoiler, load};
use serde_json::Value;

use crate::fixtures;

fn films() -> Corpus {
    match load(&fixtures::path("films")) {
        Ok(corpus) => corpus,
        Err(LoadError::Problems(problems)) => {
            let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
            panic!("the fixtures have problems:\n{}", problems.join("\n"));
        }
        Err(error) => panic!("{error}"),
    }
}

/// Every text of a film that gives something away.
fn spoilers(film: &Film) -> Vec<&Spoiler> {
    let mut found = Vec::new();
    for article in &film.articles {
        found.extend(article.title_spoils.then_some(&article.title));
        for section in &article.sections {
            found.extend(section.heading.iter().filter(|_| section.heading_spoils));
            for passage in section.passages.iter().filter(|_| section.spoils) {
                found.extend(passage.label.iter().filter(|_| passage.label_spoils));
                found.push(&passage.text);
            }
        }
    }
    for dispute in &film.disputes {
        found.push(&dispute.question);
        found.extend(dispute.claims.iter().map(|claim| &claim.claim));
    }
    found
}

/// The film's own file with all spoilers taken out.
fn public(film: &Film) -> String {
    fn clear(value: &mut Value, spoilers: &[&Spoiler]) {
        match value {
            Value::String(text) if spoilers.iter().any(|each| each.reveal() == *text) => {
                text.clear();
            }
            Value::Array(items) => items.iter_mut().for_each(|item| clear(item, spoilers)),
            Value::Object(fields) => fields.values_mut().for_each(|item| clear(item, spoilers)),
            _ => {}
        }
    }
    let mut json = serde_json::to_value(film).unwrap();
    clear(&mut json, &spoilers(film));
    json.to_string()
}

#[test]
fn the_fixture_films_load() {
    let corpus = films();

    let slugs: Vec<_> = corpus
        .films()
        .iter()
        .map(|film| film.slug.as_str())
        .collect();
    assert_eq!(
        slugs,
        [
            "harbour-of-glass-2015",
            "knot-of-tar-1999",
            "nine-quiet-rooms-2008",
            "the-lantern-keeper-1961",
            "the-lantern-keeper-2019",
        ]
    );
}

#[test]
fn every_spoiler_of_the_fixtures_holds_a_canary() {
    let canaries = fixtures::canaries();
    assert!(canaries.iter().all(|canary| canary.starts_with("zorb")));
    let corpus = films();

    let spoilers: Vec<_> = corpus.films().iter().flat_map(spoilers).collect();

    assert!(
        spoilers.len() > 200,
        "{} are enough to tell",
        spoilers.len()
    );
    for spoiler in spoilers {
        let text = spoiler.reveal().to_lowercase();
        assert!(
            canaries.iter().any(|canary| text.contains(canary)),
            "{text}"
        );
    }
}

#[test]
fn nothing_public_in_the_fixtures_holds_a_canary() {
    for film in films().films() {
        let public = public(film).to_lowercase();

        assert!(public.contains("source"), "{} has public text", film.slug);
        assert!(!public.contains("zorb"), "{}: {public}", film.slug);
    }
}

#[test]
fn the_list_of_canaries_is_complete() {
    let listed: BTreeSet<String> = fixtures::canaries().into_iter().collect();
    let mut texts = String::new();
    for film in films().films() {
        texts.extend(
            spoilers(film)
                .iter()
                .map(|s| s.reveal().to_lowercase() + " "),
        );
    }

    for word in texts.split(|c: char| !c.is_ascii_alphabetic()) {
        if let Some(start) = word.find("zorb") {
            let word = &word[start..];
            let known = listed.iter().any(|canary| word.starts_with(canary));
            assert!(known, "`{word}` is not in canaries.txt");
        }
    }
}

/// The problems at a path as a person reads them, without the path itself.
fn problems(below: &str) -> Vec<String> {
    let path = fixtures::path(below);
    let shown = path.display().to_string();
    let report = check(&path).unwrap();
    let lines = report.problems.iter().map(ToString::to_string);
    lines
        .map(|line| {
            line.replace(&format!("{shown}/"), "")
                .replace(&shown, below)
        })
        .collect()
}

#[test]
fn every_problem_of_a_folder_is_reported_in_one_run() {
    let found = problems("broken");

    assert_eq!(
        found,
        [
            "Not A Slug.json:1:1: has a name that is not a slug; \
             rename it to something like `not-a-slug-2008`: up to 60 of a-z, 0-9 and `-`",
            "control-2004.json:13:15: `articles[0].sections[0].passages[0].text` \
             has the control character U+0007; remove it",
            "missing-2009.json:1:1: `title` is missing; add the film's title as text",
            "missing-2009.json:4:5: `articles[0].title` is missing; \
             add the article's title as text",
            "missing-2009.json:6:7: `articles[0].sections` is empty; \
             add a section with `kind` and `passages`",
            "no-such-article-2006.json:25:11: `disputes[0].claims[0].article` \
             names no article of this film; write the `id` of one of them",
            "not-json-2000.json:5:1: is not JSON: expected value; \
             mend it there; an editor that knows JSON shows the spot",
            "over-long-2005.json:14:15: `articles[0].sections[0].passages[0].label` \
             has 301 characters, over the 300 allowed; shorten or split it",
            "same-id-2003.json:20:7: `articles[1].id` is used by another article of the film; \
             choose another id",
            "unknown-fields-2001.json:14:15: `articles[0].sections[0].passages[0].colour` \
             is not a known field; known here are `label`, `label_spoils`, `bullet`, `text`",
            "unknown-fields-2001.json:21:3: `alias` is not a known field; did you mean `aliases`?",
            "wrong-kinds-2002.json:3:3: `year` is text, not a number; write a number",
            "wrong-kinds-2002.json:10:11: `articles[0].sections[0].kind` is not a known kind; \
             choose one of `recap`, `ending`, `meaning`, `characters`, `interpretations`, \
             `themes`, `questions`, `emotions`, `final-thoughts`, `other`",
            "wrong-kinds-2002.json:18:7: `articles[0].rating` is not a rating out of 10; \
             write a number from 0 to 10, or leave it out",
            "wrong-kinds-2002.json:21:3: `poster` is null, not an object; leave the field out",
            "twins-again-2007.json: has the title and year of twins-2007.json; \
             if they are two films, name their `directors`; \
             else join their articles in one file",
        ]
    );
}

#[test]
fn every_problem_of_a_bundle_is_reported_with_its_line() {
    let found = problems("broken.ndjson");

    assert_eq!(
        found,
        [
            "broken.ndjson:2:28: is not JSON: expected `:`; \
             mend it there; an editor that knows JSON shows the spot",
            "broken.ndjson:4:168: `popularty` is not a known field; did you mean `popularity`?",
            "broken.ndjson:6:168: `slug` is not a slug; \
             make it something like `fifth-2014`: up to 60 of a-z, 0-9 and `-`",
            "broken.ndjson:5:1: has the slug `first-2010`, which broken.ndjson:1:1 has too; \
             give one of them another `slug`, or join their articles in one film",
        ]
    );
}

#[test]
fn loading_refuses_what_check_reports_in_the_same_words() {
    for below in ["broken", "broken.ndjson"] {
        let path = fixtures::path(below);
        let report = check(&path).unwrap();

        let refused = load(&path);

        let Err(LoadError::Problems(problems)) = refused else {
            panic!("{below}: {refused:?}");
        };
        assert!(!problems.is_empty());
        assert_eq!(problems, report.problems);
    }
}

#[test]
fn a_path_with_nothing_there_is_no_problem_of_a_corpus() {
    let missing = load(&fixtures::path("nowhere"));

    let Err(error @ LoadError::Missing(_)) = missing else {
        panic!("{missing:?}");
    };
    assert!(error.to_string().contains("nowhere"), "{error}");
}
