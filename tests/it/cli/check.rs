//! `last-reel check`: every problem at once, and what follows from them.

use std::path::Path;

use super::Desk;
use crate::fixtures;

/// A film that only an editor would remark upon: it has no outlook and names no source.
const REMARKED: &str = r#"{ "title": "Plain", "year": 2001, "articles": [{ "id": "notes",
    "title": "Notes", "sections": [{ "kind": "ending", "passages": [{ "text": "It ends." }] }] }] }"#;

fn check(desk: &Desk, arguments: &[&Path]) -> super::Done {
    let arguments = std::iter::once(Path::new("check")).chain(arguments.iter().copied());
    desk.run(arguments, &[], "")
}

#[test]
fn a_sound_corpus_is_exit_code_0() {
    let desk = Desk::new();

    let done = check(&desk, &[&fixtures::path("films")]);

    assert_eq!(done.code, 0, "{done:?}");
    assert!(
        done.out
            .contains("5 films, 7 articles, 193 passages; 0 problems"),
        "{}",
        done.out
    );
    assert_eq!(done.err, "");
}

#[test]
fn every_problem_of_several_paths_is_told_in_one_run() {
    let desk = Desk::new();
    let paths = ["broken", "films", "broken.ndjson"].map(fixtures::path);

    let done = check(&desk, &[&paths[0], &paths[1], &paths[2]]);

    assert_eq!(done.code, 1);
    for path in paths {
        let report = last_reel::corpus::check::check(&path).unwrap();
        for problem in &report.problems {
            assert!(
                done.out.contains(&problem.to_string()),
                "{problem}: {}",
                done.out
            );
        }
        let summary = format!("{}: {} film", path.display(), report.size.films);
        assert!(done.out.contains(&summary), "{summary}: {}", done.out);
    }
}

#[test]
fn remarks_fail_only_where_that_is_asked_for() {
    let desk = Desk::new();
    let film = desk.write("plain-2001.json", REMARKED);

    let kind = check(&desk, &[&film]);
    let strict = check(&desk, &[Path::new("--strict"), &film]);

    assert!(kind.out.contains("remark: "), "{}", kind.out);
    assert_eq!(kind.out, strict.out);
    assert_eq!((kind.code, strict.code), (0, 1));
}

#[test]
fn nothing_at_a_path_is_exit_code_2() {
    let desk = Desk::new();

    let named = check(&desk, &[Path::new("nowhere")]);
    let default = check(&desk, &[]);

    assert_eq!((named.code, default.code), (2, 2));
    assert!(named.err.contains("nowhere"), "{}", named.err);
    assert!(default.err.contains("data/films"), "{}", default.err);
}

#[test]
fn the_shipped_films_are_sound() {
    let desk = Desk::new();
    let films = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/films");

    let done = check(&desk, &[Path::new("--strict"), &films]);

    assert_eq!(done.code, 0, "{}", done.out);
}
