//! `last-reel search`: for people, and one query a line for measuring.

use serde_json::{Value, json};

use super::{Done, run, run_with};
use crate::canaries::has_canary;

const LANTERN: &str = "the-lantern-keeper-2019";

/// The answers, a line each.
fn answers(done: &Done) -> Vec<Value> {
    assert_eq!(done.code, 0, "{}", done.err);
    let lines = done.out.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn ask(queries: &[Value]) -> Done {
    let lines: Vec<_> = queries.iter().map(Value::to_string).collect();
    run_with(&["search", "--ndjson"], &lines.join("\n"))
}

#[test]
fn a_person_is_shown_what_matches_and_why_but_no_plot() {
    for (query, more, expected) in [
        ("harbor of glas", None, "1. Harbour of Glass (2015)"),
        (
            "weding ring",
            Some(LANTERN),
            "1. Themes, entry 2 of 4, article 1 of 2",
        ),
        (
            "themes",
            Some(LANTERN),
            "1. Themes, article 1 of 2, in The Lantern Keeper (2019)",
        ),
    ] {
        let mut arguments = vec!["search", query];
        arguments.extend(more.iter().flat_map(|film| ["--film", film]));
        let done = run(&arguments);

        assert_eq!(done.code, 0, "{query}: {}", done.err);
        assert!(done.out.contains(expected), "{query}: {}", done.out);
        assert!(!has_canary(&done.out), "{query}: {}", done.out);
    }
}

#[test]
fn a_kind_narrows_the_search() {
    let all = run(&["search", "harbour"]);
    let films = run(&["search", "harbour", "--kind", "film"]);

    assert!(all.out.contains("Passages: "), "{}", all.out);
    assert!(films.out.contains("Films: "), "{}", films.out);
    assert!(!films.out.contains("Passages: "), "{}", films.out);
}

#[test]
fn nothing_found_is_exit_code_1_with_the_nearest() {
    let done = run(&["search", "qqqq xxyyz"]);

    assert_eq!(done.code, 1);
    assert!(
        done.out.contains("Films: no match; the nearest"),
        "{}",
        done.out
    );
    assert_eq!(done.out.matches("  3. ").count(), 1, "{}", done.out);
}

#[test]
fn what_cannot_be_searched_is_exit_code_2() {
    for arguments in [
        vec!["search"],
        vec!["search", "ring", "--kind", "section"],
        vec!["search", "ring", "--film", "qqqq"],
        vec!["search", "ring", "--ndjson"],
    ] {
        let done = run(&arguments);

        assert_eq!(done.code, 2, "{arguments:?}: {}", done.out);
        assert!(!done.err.is_empty());
    }
}

#[test]
fn each_line_is_answered_in_order_with_its_id() {
    let done = ask(&[
        json!({ "id": "f", "kind": "film", "query": "harbor of glas" }),
        json!({ "id": "c", "kind": "choice", "query": "nine", "limit": 1 }),
        json!({ "id": "e", "kind": "entry", "query": "weding ring" }),
        json!({ "id": "s", "kind": "section", "query": "themes", "film": LANTERN }),
        json!({ "id": "p", "kind": "passage", "query": "an hour of salt", "film": LANTERN, "limit": 9 }),
    ]);

    let answers = answers(&done);
    let ids: Vec<_> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, ["f", "c", "e", "s", "p"]);
    let known = [
        ["article", "section", "passage"].as_slice(),
        ["slug", "score"].as_slice(),
    ]
    .concat();
    for answer in &answers {
        let fields: Vec<_> = answer.as_object().unwrap().keys().collect();
        assert_eq!(fields.len(), 4, "{answer}");
        assert!(answer["micros"].is_u64());
        let confidence = answer["confidence"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&confidence), "{answer}");
        let hits = answer["hits"].as_array().unwrap();
        assert!(!hits.is_empty(), "{answer}");
        for hit in hits {
            assert!(hit["slug"].is_string() && hit["score"].is_f64(), "{hit}");
            let mut fields = hit.as_object().unwrap().keys();
            assert!(fields.all(|field| known.contains(&field.as_str())), "{hit}");
        }
        let scores: Vec<_> = hits
            .iter()
            .map(|hit| hit["score"].as_f64().unwrap())
            .collect();
        assert!(scores.is_sorted_by(|a, b| a >= b), "{answer}");
    }
    assert!(!has_canary(&done.out));
}

#[test]
fn hits_say_as_much_of_the_place_as_their_kind_has() {
    let done = ask(&[
        json!({ "id": "1", "kind": "film", "query": "harbour of glass" }),
        json!({ "id": "2", "kind": "choice", "query": "nine", "limit": 1 }),
        json!({ "id": "3", "kind": "section", "query": "themes", "film": LANTERN }),
        json!({ "id": "4", "kind": "entry", "query": "weding ring", "film": LANTERN }),
    ]);

    let answers = answers(&done);
    let first = |answer: usize| {
        let mut hit = answers[answer]["hits"][0].clone();
        hit.as_object_mut().unwrap().remove("score");
        hit
    };
    assert_eq!(first(0), json!({ "slug": "harbour-of-glass-2015" }));
    assert_eq!(first(1), json!({ "slug": "nine-quiet-rooms-2008" }));
    assert_eq!(answers[1]["hits"].as_array().unwrap().len(), 1);
    assert_eq!(
        first(2),
        json!({ "slug": LANTERN, "article": 0, "section": 5 })
    );
    let entry = json!({ "slug": LANTERN, "article": 0, "section": 5, "passage": 1 });
    assert_eq!(first(3), entry);
}

#[test]
fn a_line_that_is_no_query_is_named() {
    let good = json!({ "id": "1", "kind": "film", "query": "harbour" }).to_string();
    for (bad, said) in [
        ("nonsense", "standard input, line 3"),
        (r#"{"id":"2","kind":"actor","query":"x"}"#, "line 3"),
        (
            r#"{"id":"2","kind":"entry","query":"x","film":"nowhere"}"#,
            "no film `nowhere`",
        ),
        (r#"{"id":"2","kind":"section","query":"x"}"#, "name it"),
    ] {
        let done = run_with(
            &["search", "--ndjson"],
            &format!("{good}\n\n{bad}\n{good}\n"),
        );

        assert_eq!(done.code, 2, "{bad}");
        assert!(done.err.contains(said), "{bad}: {}", done.err);
    }
}

#[test]
fn no_lines_are_no_fault() {
    assert_eq!(
        answers(&run_with(&["search", "--ndjson"], "")),
        Vec::<Value>::new()
    );
}
