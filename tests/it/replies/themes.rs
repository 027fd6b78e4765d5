//! `/theme`: entries on a topic, of one film or across films.

use last_reel::corpus::Kind;
use last_reel::discord::commands::Outcome;

use super::{Bot, HOSTILE, LANTERN, LONG};
use crate::canaries::{has_canary, squashed, surfaces};

#[test]
fn a_theme_of_a_named_film_is_covered_under_the_films_name() {
    let bot = Bot::new();

    let said = bot.ask("/theme", &[("topic", "weding ring"), ("film", LANTERN)]);

    assert!(said.is_private());
    assert_eq!(said.title(), "The Lantern Keeper (2019)");
    assert!(said.shown().contains("Theme 2 of 4"), "{}", said.shown());
    assert!(said.hidden().contains("The Wedding Ring and zorbring"));
    assert!(said.shown().contains("Last Reel, by A. Writer"));
    said.assert_no_canary();
    said.assert_fits_discord();
}

#[test]
fn a_theme_across_films_has_each_film_under_its_cover() {
    let bot = Bot::new();

    for topic in ["ring", "salt", "lens", "light", "door", "wallpaper"] {
        let said = bot.ask("/theme", &[("topic", topic)]);

        assert_eq!(said.outcome, Outcome::Answered, "{topic}");
        assert!(said.shown().contains("Result 1"), "{topic}");
        let names = bot.corpus(|corpus| {
            let films = corpus.films().iter();
            films.map(|film| squashed(&film.name())).collect::<Vec<_>>()
        });
        let (shown, hidden) = (squashed(&said.body.to_string()), squashed(&said.hidden()));
        assert!(names.iter().any(|name| hidden.contains(name)), "{topic}");
        let open: String = surfaces(&said.body)
            .iter()
            .map(|(_, text)| squashed(text))
            .collect();
        assert!(
            !names.iter().any(|name| open.contains(name)),
            "{topic}: {open}"
        );
        for slug in [LANTERN, LONG, HOSTILE] {
            assert!(!shown.contains(&squashed(slug)) || hidden.contains(&squashed(slug)));
            assert!(
                !said.presses().iter().any(|(_, id)| id.contains(slug)),
                "{topic}"
            );
        }
        said.assert_no_canary();
        said.assert_fits_discord();
    }
}

#[test]
fn one_of_several_results_opens_alone_and_still_covers_its_film() {
    let bot = Bot::new();
    let said = bot.ask("/theme", &[("topic", "pane")]);

    let alone = bot.press(&said, "Result 2");

    assert_eq!(alone.kind(), 7);
    assert!(
        alone
            .shown()
            .contains("1 entry, with its film under the cover.")
    );
    assert!(alone.hidden().contains("Harbour of Glass"));
    assert!(!alone.shown().contains("Harbour"));
}

#[test]
fn a_result_of_a_named_film_opens_as_an_entry_of_its_section() {
    let bot = Bot::new();
    let said = bot.ask("/theme", &[("topic", "ring"), ("film", LANTERN)]);

    let entry = bot.press(&said, "Theme 2 of 4");

    assert_eq!(entry.footer(), "Themes · Theme 2 of 4 · source 1 of 2");
    assert!(entry.has_button("Next entry") && entry.has_button("Previous entry"));
    let whole = bot.press(&entry, "Whole section");
    assert_eq!(whole.footer(), "Themes · page 1 of 2 · source 1 of 2");
}

#[test]
fn a_topic_that_is_nowhere_gets_the_nearest_three() {
    let bot = Bot::new();

    let anywhere = bot.ask("/theme", &[("topic", "xqxqxq")]);
    let here = bot.ask("/theme", &[("topic", "xqxqxq"), ("film", LANTERN)]);
    let nothing = bot.ask("/theme", &[("topic", " ")]);

    for said in [&anywhere, &here] {
        assert_eq!(said.outcome, Outcome::NotCovered);
        assert!(said.is_private());
        assert!(!said.shown().contains("xqxqxq"));
        assert!(said.shown().contains("Nothing like that is covered."));
        assert_eq!(said.buttons().len(), 3, "{:?}", said.buttons());
        said.assert_no_canary();
    }
    let result = bot.press(&anywhere, "Result 1");
    assert!(has_canary(&result.hidden()));
    result.assert_no_canary();
    let (entry, _) = here.buttons()[0];
    assert!(entry.starts_with("Theme "), "{entry}");
    assert_eq!(bot.press(&here, entry).title(), "The Lantern Keeper (2019)");
    assert_eq!(nothing.outcome, Outcome::Refused);
    assert!(nothing.shown().contains("Which theme?"));
}

#[test]
fn an_unknown_film_gets_the_nearest_three() {
    let bot = Bot::new();

    let said = bot.ask("/theme", &[("topic", "ring"), ("film", "qqqq xxyyz")]);

    assert_eq!(said.outcome, Outcome::NotCovered);
    assert_eq!(said.buttons().len(), 3);
}

#[test]
fn an_entry_picked_from_the_suggestions_is_the_one_shown() {
    let bot = Bot::new();
    let themes = bot.section(LANTERN, 0, Kind::Themes);

    for passage in 0..4 {
        let value = bot.value(LANTERN, 0, themes, Some(passage));
        let said = bot.ask("/theme", &[("topic", &value), ("film", LANTERN)]);

        let expected = format!("Theme {} of 4", passage + 1);
        assert!(said.shown().contains(&expected), "{}", said.shown());
        assert!(has_canary(&said.hidden()));
    }
}

#[test]
fn an_entry_of_another_film_or_version_is_not_mistaken() {
    let bot = Bot::new();
    let themes = bot.section(LONG, 0, Kind::Themes);
    let foreign = bot.value(LONG, 0, themes, Some(0));

    for value in [
        foreign.as_str(),
        "#0.5.1~aaaaaa",
        "#0.5.99~aaaaaa",
        "#9.9.9~",
    ] {
        let said = bot.ask("/theme", &[("topic", value), ("film", LANTERN)]);

        assert_eq!(said.outcome, Outcome::NotCovered, "{value}");
        said.assert_no_canary();
        assert!(said.is_private());
    }
}
