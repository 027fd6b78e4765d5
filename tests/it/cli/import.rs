//! `last-reel import`: made-up texts into film files, as a person does it.

use std::fs;

use last_reel::corpus::{Corpus, load};

use super::{Desk, Done};
use crate::canaries::squashed;

const TEXT: &str = "\
Copper Tide (2013): Ending Explained

By D. Scribbler

Rating: 7/10

Plot Recap

A clerk finds a tide table that is wrong by one hour, and zorbtide is in it.

The harbour closes before anybody can read it aloud.

Ending Explained

The hour was stolen by zorbclerk, who gives it back on the last night.

Nobody notices, and that is the point.

Themes and Symbolism

The Borrowed Hour: An hour is the only thing that zorbclerk ever owned.

The Tide Table: It is wrong on purpose, and zorbtide knew.

Final Thoughts

A quiet film that keeps its word.
";

const OTHER: &str = "\
Why Copper Tide Ends at Low Water

By E. Rival

Copper Tide (2013) is the kind of film that people argue about on the way home.

What Happens at the End

Nothing was stolen. The clerk dreams of zorbdawn and wakes before the harbour opens.

  • The lamp on the pier stays dark.
  • The second key is never found, whatever the town says.

What It Means

A town may need a thief more than it needs an hour, and zorbtown would rather not know.
";

/// Imports `text` into the folder `films` of the desk.
fn import(desk: &Desk, name: &str, text: &str, more: &[&str]) -> Done {
    desk.write(name, text);
    let arguments = ["import", name, "--into", "films"]
        .into_iter()
        .chain(more.iter().copied());
    desk.run(arguments, &[], "")
}

fn films(desk: &Desk) -> Corpus {
    load(&desk.path("films")).unwrap()
}

#[test]
fn a_text_becomes_a_film_file_and_all_that_was_recognised_is_told() {
    let desk = Desk::new();

    let more = [
        "--source",
        "The Gazette",
        "--url",
        "https://example.org/tide",
        "--licence",
        "CC0-1.0",
    ];
    let done = import(&desk, "tide.txt", TEXT, &more);

    assert_eq!(done.code, 0, "{done:?}");
    for line in [
        "film      Copper Tide (from the article's title)",
        "year      2013",
        "author    D. Scribbler",
        "rating    7/10",
        "ending          Ending Explained: 2 paragraphs",
        "entry: The Borrowed Hour",
        "dropped   2 lines",
        "a new film",
        "wrote films/copper-tide-2013.json",
    ] {
        assert!(done.out.contains(line), "{line}: {}", done.out);
    }
    let corpus = films(&desk);
    let article = &corpus.find("copper-tide-2013").unwrap().articles[0];
    assert_eq!(article.sections.len(), 4);
    assert_eq!(article.source.name.as_deref(), Some("The Gazette"));
    assert_eq!(article.source.licence.as_deref(), Some("CC0-1.0"));
    assert!(
        article
            .sections
            .iter()
            .all(|section| section.spoils && section.heading_spoils)
    );
}

#[test]
fn no_sentence_is_lost() {
    let desk = Desk::new();

    for (name, text) in [("tide.txt", TEXT), ("rival.txt", OTHER)] {
        assert_eq!(
            import(
                &desk,
                name,
                text,
                &["--film", "Copper Tide", "--year", "2013"]
            )
            .code,
            0
        );
        let kept = squashed(&fs::read_to_string(desk.path("films/copper-tide-2013.json")).unwrap());

        for sentence in text.split(['\n', '.', ':', '•', '(']) {
            let sentence = squashed(sentence);
            let fact = sentence.starts_with("rating") || sentence.starts_with("710");
            let fact = fact || sentence.starts_with("by") || sentence.starts_with("2013");
            assert!(fact || kept.contains(&sentence), "{sentence}: {kept}");
        }
    }
}

#[test]
fn the_same_text_again_changes_nothing() {
    let desk = Desk::new();
    import(&desk, "tide.txt", TEXT, &[]);
    let before = fs::read(desk.path("films/copper-tide-2013.json")).unwrap();

    let again = import(&desk, "tide.txt", TEXT, &[]);

    assert_eq!(again.code, 0);
    assert!(
        again
            .out
            .contains("nothing new for films/copper-tide-2013.json"),
        "{}",
        again.out
    );
    assert!(
        again
            .out
            .contains("the article is there already, `ending-explained`")
    );
    assert_eq!(
        fs::read(desk.path("films/copper-tide-2013.json")).unwrap(),
        before
    );
}

#[test]
fn another_article_on_the_film_joins_it_in_either_order() {
    for order in [[TEXT, OTHER], [OTHER, TEXT]] {
        let desk = Desk::new();

        for (place, text) in order.into_iter().enumerate() {
            let done = import(
                &desk,
                &format!("{place}.txt"),
                text,
                &["--film", "Copper Tide"],
            );
            assert_eq!(done.code, 0, "{done:?}");
        }

        let corpus = films(&desk);
        assert_eq!(corpus.films().len(), 1);
        let film = &corpus.films()[0];
        assert_eq!(film.name(), "Copper Tide (2013)");
        assert_eq!(film.articles.len(), 2);
        assert_eq!(fs::read_dir(desk.path("films")).unwrap().count(), 1);
    }
}

#[test]
fn several_files_are_imported_in_one_run() {
    let desk = Desk::new();
    desk.write("a.txt", TEXT);
    desk.write("b.txt", OTHER);

    let done = desk.run(
        [
            "import",
            "a.txt",
            "b.txt",
            "--into",
            "films",
            "--film",
            "Copper Tide",
        ],
        &[],
        "",
    );

    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(films(&desk).films()[0].articles.len(), 2);
}

#[test]
fn an_article_in_other_words_is_not_overwritten() {
    let desk = Desk::new();
    import(&desk, "tide.txt", TEXT, &[]);
    let before = fs::read(desk.path("films/copper-tide-2013.json")).unwrap();

    let changed = TEXT.replace("A clerk finds", "The clerk loses");
    let done = import(&desk, "tide.txt", &changed, &[]);

    assert_eq!(done.code, 1);
    assert!(done.out.contains("nothing is overwritten"), "{}", done.out);
    assert_eq!(
        fs::read(desk.path("films/copper-tide-2013.json")).unwrap(),
        before
    );
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let desk = Desk::new();

    let fresh = import(&desk, "tide.txt", TEXT, &["--dry-run"]);
    assert!(!desk.path("films").exists());
    import(&desk, "tide.txt", TEXT, &["--film", "Copper Tide"]);
    let before = fs::read(desk.path("films/copper-tide-2013.json")).unwrap();
    let more = import(
        &desk,
        "rival.txt",
        OTHER,
        &["--film", "Copper Tide", "--dry-run"],
    );

    assert_eq!((fresh.code, more.code), (0, 0));
    assert!(
        fresh
            .out
            .contains("would write films/copper-tide-2013.json"),
        "{}",
        fresh.out
    );
    assert!(
        more.out
            .contains("would add to films/copper-tide-2013.json"),
        "{}",
        more.out
    );
    assert_eq!(
        fs::read(desk.path("films/copper-tide-2013.json")).unwrap(),
        before
    );
}

#[test]
fn a_broken_film_file_is_left_alone() {
    let desk = Desk::new();
    import(&desk, "tide.txt", TEXT, &[]);
    desk.write("films/copper-tide-2013.json", "{ broken");

    let done = import(&desk, "tide.txt", TEXT, &[]);

    assert_eq!(done.code, 1);
    assert!(
        done.out.contains("copper-tide-2013.json:1:"),
        "{}",
        done.out
    );
    assert!(done.out.contains("nothing was changed"), "{}", done.out);
    let left = fs::read_to_string(desk.path("films/copper-tide-2013.json")).unwrap();
    assert_eq!(left, "{ broken");
}

#[test]
fn a_broken_film_beside_it_is_no_hindrance() {
    let desk = Desk::new();
    fs::create_dir(desk.path("films")).unwrap();
    desk.write("films/other-2000.json", "{ broken");

    let done = import(&desk, "tide.txt", TEXT, &[]);

    assert_eq!(done.code, 0, "{done:?}");
    assert!(
        done.out.contains("other files in `films` have 1 problem"),
        "{}",
        done.out
    );
    assert!(desk.path("films/copper-tide-2013.json").exists());
}

#[test]
fn what_is_no_article_is_refused_with_a_reason_and_the_rest_imported() {
    let desk = Desk::new();
    desk.write("empty.txt", "");
    desk.write("short.txt", "Nothing much.");
    desk.write("tide.txt", TEXT);
    fs::write(desk.path("film.mkv"), [0, 159, 146, 150]).unwrap();

    let files = [
        "import",
        "empty.txt",
        "short.txt",
        "film.mkv",
        "gone.txt",
        "tide.txt",
        "--into",
        "films",
    ];
    let done = desk.run(files, &[], "");

    assert_eq!(done.code, 1);
    assert_eq!(done.out.matches("  refused: ").count(), 4, "{}", done.out);
    assert!(done.out.contains("4 refused"));
    assert_eq!(films(&desk).films().len(), 1);
}

#[test]
fn what_cannot_be_imported_into_is_exit_code_2() {
    let desk = Desk::new();
    desk.write("tide.txt", TEXT);
    desk.write("rival.txt", OTHER);

    let file = desk.run(["import", "tide.txt", "--into", "tide.txt"], &[], "");
    let url = [
        "import",
        "tide.txt",
        "rival.txt",
        "--into",
        "films",
        "--url",
        "https://e.org",
    ];
    let url = desk.run(url, &[], "");
    let nothing = desk.run(["import", "--into", "films"], &[], "");

    assert!(
        file.err.contains("`tide.txt` is not a folder"),
        "{}",
        file.err
    );
    assert!(
        url.err.contains("`--url` is the address of one article"),
        "{}",
        url.err
    );
    assert_eq!((file.code, url.code, nothing.code), (2, 2, 2));
    assert!(!desk.path("films").exists());
}
