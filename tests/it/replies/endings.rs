//! `/ending`, `/films` and `/help`: what is answered, to whom, and what is said where nothing is.

use last_reel::corpus::Kind;
use last_reel::discord::commands::Outcome;

use super::{Bot, HOSTILE, LANTERN, LONG, OPEN, QUOTED};
use crate::canaries::{has_canary, squashed};

#[test]
fn an_ending_is_private_and_covered() {
    let bot = Bot::new();

    let said = bot.ask("/ending", &[("film", "harbour of glass")]);

    assert_eq!(said.kind(), 4);
    assert!(said.is_private());
    assert_eq!(said.outcome, Outcome::Answered);
    assert_eq!(said.title(), "Harbour of Glass (2015)");
    assert!(said.shown().contains("What happens in the ending"));
    assert!(has_canary(&said.hidden()), "{}", said.hidden());
    said.assert_no_canary();
}

#[test]
fn an_answer_says_where_it_is_from_and_where_one_is() {
    let bot = Bot::new();

    let said = bot.ask("/ending", &[("film", LANTERN)]);

    let shown = said.shown();
    assert!(
        shown.contains("Last Reel, by A. Writer, 2025-01-31"),
        "{shown}"
    );
    assert!(
        said.description()
            .contains("(<https://example.org/fixtures>)")
    );
    assert!(shown.contains("Another source tells it otherwise."));
    assert_eq!(said.footer(), "Ending · source 1 of 2");
    let picture = &said.embed()["thumbnail"]["url"];
    assert_eq!(picture, "https://example.org/the-lantern-keeper.jpg");
}

#[test]
fn a_long_section_says_which_page_it_is() {
    let bot = Bot::new();

    let said = bot.ask("/ending", &[("film", LONG)]);

    assert!(
        said.footer().starts_with("Ending · page 1 of "),
        "{}",
        said.footer()
    );
    assert!(said.has_button("Next page"));
    assert!(!said.has_button("Previous page"));
}

#[test]
fn the_menu_names_the_other_sections_by_their_kinds() {
    let bot = Bot::new();

    let said = bot.ask("/ending", &[("film", LANTERN)]);

    let names: Vec<_> = said.options().iter().map(|(name, _)| *name).collect();
    let expected = [
        "Recap",
        "Ending",
        "Meaning",
        "Characters, 3 entries",
        "Interpretations, 2 entries",
        "Themes, 4 entries",
        "Open questions",
        "Emotions",
        "Final thoughts",
    ];
    assert_eq!(names, expected);
    assert_eq!(bot.press(&said, "Recap").footer(), "Recap · source 1 of 2");
}

#[test]
fn a_section_is_found_by_kind_heading_or_label_misspelt_too() {
    let bot = Bot::new();

    for (typed, expected) in [
        ("themes", "Themes · page 1 of 2"),
        ("charcters", "Characters"),
        ("character arcs", "Characters"),
        ("alternat interpretatons", "Interpretations"),
        ("where everyone ends", "Characters"),
        ("the wedding ring", "Themes · Theme 2 of 4"),
        ("weding ring", "Themes · Theme 2 of 4"),
        ("ring wedding", "Themes · Theme 2 of 4"),
        ("lonely wlak", "Themes · Theme 4 of 4"),
        ("feminist", "Interpretations · Interpretation 2 of 2"),
        ("ferryman", "Characters · Character 3 of 3"),
    ] {
        let said = bot.ask("/ending", &[("film", LANTERN), ("section", typed)]);

        assert_eq!(
            said.footer(),
            format!("{expected} · source 1 of 2"),
            "{typed}"
        );
        assert!(has_canary(&said.hidden()), "{typed}");
        said.assert_no_canary();
    }
}

#[test]
fn a_source_is_chosen_by_name_or_number() {
    let bot = Bot::new();

    for typed in ["the other desk", "other", "#1", "b. critic"] {
        let said = bot.ask("/ending", &[("film", LANTERN), ("source", typed)]);

        assert_eq!(said.footer(), "Ending · source 2 of 2", "{typed}");
        assert!(said.shown().contains("The Other Desk"), "{typed}");
    }
}

#[test]
fn a_source_that_is_not_there_is_refused_and_the_nearest_sections_are_offered() {
    let bot = Bot::new();

    let missing = bot.ask(
        "/ending",
        &[
            ("film", LANTERN),
            ("section", "zzzzqqq"),
            ("public", "true"),
        ],
    );
    assert_eq!(missing.outcome, Outcome::NotCovered);
    assert!(missing.is_private() && !missing.shown().contains("zzzzqqq"));
    assert_eq!(missing.buttons().len(), 3, "{:?}", missing.buttons());
    missing.assert_no_canary();
    for (label, _) in missing.buttons() {
        let part = bot.press(&missing, label);
        assert_eq!(part.title(), "The Lantern Keeper (2019)", "{label}");
        assert!(has_canary(&part.hidden()), "{label}");
    }
    for (option, typed) in [("source", "nobody"), ("source", "#7")] {
        let said = bot.ask(
            "/ending",
            &[("film", LANTERN), (option, typed), ("public", "true")],
        );

        assert_eq!(said.outcome, Outcome::Refused, "{typed}");
        assert!(said.is_private());
        let shown = said.shown();
        assert!(shown.contains(&format!("Leave {option} empty")), "{shown}");
        assert!(!shown.contains(typed), "what was typed is not repeated");
    }
}

#[test]
fn a_quoted_article_says_that_it_is_an_excerpt() {
    let bot = Bot::new();

    let said = bot.ask("/ending", &[("film", QUOTED)]);

    assert!(
        said.shown()
            .contains("This is an excerpt; the rest is at its source.")
    );
    assert!(said.shown().contains("Endings Weekly"));
}

#[test]
fn what_gives_nothing_away_stands_in_the_open() {
    let bot = Bot::new();

    let said = bot.ask("/ending", &[("film", OPEN), ("section", "how it was made")]);

    let text = bot.corpus(|corpus| {
        let sections = &corpus.find(OPEN).unwrap().articles[0].sections;
        let open = sections.iter().find(|section| section.kind == Kind::Other);
        open.unwrap().passages[0].text.reveal().to_owned()
    });
    assert!(said.shown().contains("How it was made"));
    assert!(squashed(&said.shown()).contains(&squashed(&text)));
}

#[test]
fn a_public_answer_is_covered_silent_and_mentions_nobody() {
    let bot = Bot::new();

    for film in [LANTERN, LONG, HOSTILE, QUOTED] {
        let said = bot.ask("/ending", &[("film", film), ("public", "true")]);

        assert!(!said.is_private(), "{film}");
        assert!(said.is_silent(), "{film}");
        assert!(has_canary(&said.hidden()), "{film}");
        assert!(!said.has_button("Read without covers"), "{film}");
        assert!(!said.has_button("Post to channel"), "{film}");
        assert!(said.has_button("Delete"), "{film}");
        said.assert_no_canary();
        said.assert_fits_discord();
    }
}

#[test]
fn a_remake_is_told_apart() {
    let bot = Bot::new();

    let said = bot.ask("/ending", &[("film", "the lantern keeper")]);

    assert_eq!(said.outcome, Outcome::DidYouMean);
    let names: Vec<_> = said.buttons().iter().map(|(name, _)| *name).collect();
    assert!(names.contains(&"The Lantern Keeper (2019)"), "{names:?}");
    assert!(names.contains(&"The Lantern Keeper (1961)"), "{names:?}");
    let old = bot.press(&said, "The Lantern Keeper (1961)");
    assert_eq!(old.title(), "The Lantern Keeper (1961)");
    assert!(has_canary(&old.hidden()));
}

#[test]
fn a_misspelt_film_is_answered_at_once() {
    let bot = Bot::new();

    for (typed, expected) in [
        ("harbor of glas", "Harbour of Glass (2015)"),
        ("lantern keeper 2019", "The Lantern Keeper (2019)"),
        ("9 quiet rooms", "Nine Quiet Rooms (2008)"),
        ("glashafen", "Harbour of Glass (2015)"),
    ] {
        let said = bot.ask("/ending", &[("film", typed)]);

        assert_eq!(said.title(), expected, "{typed}");
    }
}

#[test]
fn an_unknown_film_gets_the_nearest_three_in_private() {
    let bot = Bot::new();

    for typed in ["qqqq xxyyz", "???"] {
        let said = bot.ask("/ending", &[("film", typed), ("public", "true")]);

        assert_eq!(said.outcome, Outcome::NotCovered, "{typed}");
        assert!(said.is_private(), "{typed}");
        assert_eq!(said.title(), "Not covered");
        assert_eq!(said.buttons().len(), 3, "{typed}: {:?}", said.buttons());
        said.assert_no_canary();
        said.assert_fits_discord();
    }
}

#[test]
fn an_empty_film_is_asked_for() {
    let bot = Bot::new();

    let said = bot.ask("/ending", &[("film", "  ")]);

    assert_eq!(said.outcome, Outcome::Refused);
    assert!(said.shown().contains("Which film?"));
}

#[test]
fn the_list_names_every_film_and_opens_each() {
    let bot = Bot::new();

    let said = bot.ask("/films", &[]);

    assert_eq!(said.title(), "5 films");
    assert_eq!(said.options().len(), 5);
    assert!(
        said.shown()
            .contains("The Lantern Keeper (2019) · 2 sources")
    );
    let opened = bot.press(&said, "Nine Quiet Rooms (2008)");
    assert_eq!(opened.title(), "Nine Quiet Rooms (2008)");
}

#[test]
fn a_search_of_the_list_names_what_is_like_it() {
    let bot = Bot::new();

    let said = bot.ask("/films", &[("search", "lantern keeper")]);

    assert!(said.title().ends_with("like that"), "{}", said.title());
    assert!(said.shown().contains("The Lantern Keeper (1961)"));
    assert!(said.shown().contains("The Lantern Keeper (2019)"));
}

#[test]
fn help_tells_of_the_commands_for_everyone() {
    let bot = Bot::new();

    let said = bot.ask("/help", &[]);

    let shown = said.shown();
    for command in ["/ending film", "/theme topic", "/films", "/help"] {
        assert!(shown.contains(command), "{command}: {shown}");
    }
    assert!(!shown.contains("/corpus"), "{shown}");
}

#[test]
fn a_command_of_an_older_version_is_refused_kindly() {
    let bot = Bot::new();

    for command in ["/movie", "/corpus", "/corpus drop", "/ending now"] {
        let said = bot.ask(command, &[]);

        assert_eq!(said.outcome, Outcome::Refused, "{command}");
        assert!(said.shown().contains("/help lists what there is"));
    }
}
