//! `last-reel ask`: the answer in the terminal, and as Discord would get it.

use last_reel::app::App;
use last_reel::config::Config;
use last_reel::discord::answer::answer;
use last_reel::discord::commands::Given;
use last_reel::discord::request::{Asked, Request, Typed};
use serde_json::Value;
use serenity::model::permissions::Permissions;

use super::{Desk, run};
use crate::canaries::{assert_covered, has_canary};
use crate::fixtures;

#[test]
fn an_ending_is_covered() {
    for question in [
        "/ending harbour of glass",
        "/ending knot-of-tar-1999",
        "/ending nine quiet rooms section: themes",
        "/theme ring",
        "/theme ring film: the-lantern-keeper-2019",
        "/films",
        "/help",
    ] {
        let done = run(&["ask", question]);

        assert_eq!(done.code, 0, "{question}: {}", done.err);
        assert!(done.out.lines().count() > 3, "{question}: {}", done.out);
        assert!(!has_canary(&done.out), "{question}: {}", done.out);
        assert_eq!(done.err, "", "{question}");
    }
}

#[test]
fn an_answer_names_film_section_source_and_what_else_there_is() {
    let done = run(&["ask", "/ending the-lantern-keeper-2019"]);

    for part in [
        "The Lantern Keeper (2019)\n=========================\n",
        "What happens in the ending\n",
        "▓▓▓▓▓▓▓▓ covered, ",
        "Source: Last Reel, by A. Writer, 2025-01-31 <https://example.org/>",
        "[Ending · source 1 of 2]",
        "Another section: Recap | Ending | Meaning",
    ] {
        assert!(done.out.contains(part), "{part}: {}", done.out);
    }
}

#[test]
fn words_after_the_command_may_be_arguments_of_their_own() {
    let apart = run(&[
        "ask", "/ending", "harbour", "of", "glass", "section:", "themes",
    ]);
    let joined = run(&["ask", "/ending harbour of glass section: themes"]);

    assert_eq!(apart.out, joined.out);
    assert!(joined.out.contains("Themes and symbols"), "{}", joined.out);
}

#[test]
fn reveal_shows_what_is_under_the_covers() {
    let done = run(&[
        "ask",
        "--reveal",
        "/theme weding ring film: the-lantern-keeper-2019",
    ]);

    let text = done.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("The Wedding Ring and zorbring: The wedding ring changes hands"));
    assert!(!text.contains('▓'));
    assert_eq!(done.code, 0);
}

#[test]
fn json_is_the_body_that_discord_would_get() {
    let text = |name: &str, text: &str| (name.to_owned(), Given::Text(text.to_owned()));
    let film = || text("film", "the-lantern-keeper-2019");
    let public = ("public".to_owned(), Given::Flag(true));
    for (question, name, below, options) in [
        (
            "/ending the-lantern-keeper-2019",
            "ending",
            None,
            vec![film()],
        ),
        (
            "/ending the-lantern-keeper-2019 section: weding ring public: true",
            "ending",
            None,
            vec![film(), text("section", "weding ring"), public],
        ),
        ("/theme ring", "theme", None, vec![text("topic", "ring")]),
        ("/films", "films", None, vec![]),
        ("/help", "help", None, vec![]),
        ("/corpus status", "corpus", Some("status"), vec![]),
        ("/corpus reload", "corpus", Some("reload"), vec![]),
        (
            "/ending qqqq xxyyz",
            "ending",
            None,
            vec![text("film", "qqqq xxyyz")],
        ),
    ] {
        let done = run(&["ask", "--json", question]);

        let printed: Value = serde_json::from_str(&done.out).unwrap();
        assert_eq!(printed, body(name, below, options), "{question}");
        assert_covered(&printed, question);
    }
}

/// The body of the answer to a moderator, on the same films.
fn body(name: &str, below: Option<&str>, options: Vec<(String, Given)>) -> Value {
    let config = Config::read(|variable| match variable {
        "LAST_REEL_DATA" => fixtures::path("films").to_str().map(str::to_owned),
        "LAST_REEL_MODERATORS" => Some("1".into()),
        _ => None,
    });
    let app = App::open(&config.unwrap()).unwrap();
    let request = Request {
        id: 0,
        token: String::new(),
        user: 1,
        guild: None,
        permissions: Permissions::empty(),
        asked: Asked::Command(Typed {
            name: name.into(),
            subcommand: below.map(str::to_owned),
            options,
        }),
    };
    answer(&app, &request).body
}

#[test]
fn json_and_reveal_exclude_each_other() {
    let done = run(&["ask", "--json", "--reveal", "/ending harbour of glass"]);

    assert_eq!(done.code, 2);
    assert_eq!(done.out, "");
}

#[test]
fn nothing_found_is_exit_code_1_and_says_what_comes_nearest() {
    let film = run(&["ask", "/ending qqqq xxyyz"]);
    let topic = run(&["ask", "/theme xqxqxq"]);

    assert!(
        film.out.contains("No film of that name is covered."),
        "{}",
        film.out
    );
    assert_eq!(film.out.matches("• ").count(), 3, "{}", film.out);
    assert!(topic.out.contains("Nothing like that is covered."));
    assert_eq!((film.code, topic.code), (1, 1));
}

#[test]
fn what_cannot_be_asked_is_exit_code_2() {
    for (question, said) in [
        (
            "/movie heat",
            "there is no command `/movie`; there are `/ending`",
        ),
        ("/corpus", "`/corpus` needs one more word: `/corpus reload`"),
        ("/ending", "`/ending` needs `film`"),
        ("/help me", "`/help` takes nothing more"),
        (
            "/ending heat public: perhaps",
            "`public` is `true` or `false`",
        ),
    ] {
        let done = run(&["ask", question]);

        assert_eq!(done.code, 2, "{question}");
        assert!(done.err.contains(said), "{question}: {}", done.err);
    }
}

#[test]
fn whoever_sits_at_the_terminal_may_reload() {
    let done = run(&["ask", "/corpus reload"]);

    assert_eq!(done.code, 0);
    assert!(done.out.contains("Now 5 films, 7 articles"), "{}", done.out);
}

#[test]
fn a_corpus_that_cannot_be_used_is_told() {
    let desk = Desk::new();
    let broken = fixtures::path("broken");

    let missing = desk.run(["ask", "/films"], &[], "");
    let faulty = desk.run(["ask", "/films"], &[("LAST_REEL_DATA", &broken)], "");

    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("data/films"), "{}", missing.err);
    assert_eq!(faulty.code, 1);
    assert!(faulty.err.lines().count() >= 14, "{}", faulty.err);
    assert_eq!((missing.out, faulty.out), (String::new(), String::new()));
}
