//! What is suggested while somebody types: nothing that was not typed and gives something away.

use last_reel::corpus::Spoiler;
use last_reel::discord::commands::Outcome;

use super::said::units;
use super::{Bot, HOSTILE, LANTERN, LONG, OPEN, QUOTED};
use crate::canaries::{has_canary, squashed};

const FILMS: [&str; 5] = [LANTERN, LONG, HOSTILE, QUOTED, OPEN];

/// What people type, on purpose or by accident.
const TYPED: [&str; 24] = [
    "",
    " ",
    "a",
    "the",
    "ring",
    "weding",
    "themes",
    "theme 2",
    "walk",
    "light",
    "lantern",
    "knot",
    "pane",
    "host",
    "long label",
    "z",
    "zo",
    "#",
    "#0.1",
    "||",
    "@everyone",
    "***",
    "🎬",
    "\u{202e}gnir",
];

/// Every suggestion for every option while a text is typed.
fn all(bot: &Bot, typed: &str) -> Vec<(String, String)> {
    let mut found = bot.suggest("/ending", &[("film", typed)]);
    found.extend(bot.suggest("/films", &[("search", typed)]));
    found.extend(bot.suggest("/theme", &[("topic", typed)]));
    found.extend(bot.suggest("/theme", &[("topic", "ring"), ("film", typed)]));
    for film in FILMS {
        for (command, option) in [
            ("/ending", "section"),
            ("/ending", "source"),
            ("/theme", "topic"),
        ] {
            let choices = bot.suggest(command, &[("film", film), (option, typed)]);
            assert!(choices.len() <= 25, "{typed}: {}", choices.len());
            found.extend(choices);
        }
    }
    found
}

#[test]
fn no_suggestion_shows_a_word_that_was_not_typed() {
    let bot = Bot::new();
    let mut count = 0;

    for typed in TYPED {
        for (name, value) in all(&bot, typed) {
            assert!(!has_canary(&name), "{typed}: {name}");
            assert!(!has_canary(&value), "{typed}: {value}");
            count += 1;
        }
    }

    assert!(count > 500, "{count} suggestions");
    assert_eq!(bot.leaks_stopped(), 0);
}

#[test]
fn suggestions_keep_to_discords_limits() {
    let bot = Bot::new();
    let long = "k".repeat(300);

    for typed in TYPED.into_iter().chain([long.as_str()]) {
        for (name, value) in all(&bot, typed) {
            assert!((1..=100).contains(&units(&name)), "{typed}: {name}");
            assert!((1..=100).contains(&units(&value)), "{typed}: {value}");
        }
    }
}

#[test]
fn typing_a_film_suggests_it() {
    let bot = Bot::new();

    for typed in [
        "lantern",
        "latnern",
        "the lantern kee",
        "keeper of the light",
    ] {
        let choices = bot.suggest("/ending", &[("film", typed)]);

        let expected = ("The Lantern Keeper (2019)".to_owned(), LANTERN.to_owned());
        assert!(choices.contains(&expected), "{typed}: {choices:?}");
    }
}

#[test]
fn sections_are_suggested_before_anything_is_typed() {
    let bot = Bot::new();

    let choices = bot.suggest("/ending", &[("film", LANTERN), ("section", "")]);

    let names: Vec<_> = choices.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..2], ["Recap", "Ending"]);
    assert_eq!(names.len(), 9);
}

#[test]
fn an_entry_is_suggested_by_place_and_by_the_words_typed() {
    let bot = Bot::new();

    for (typed, expected) in [
        ("ring", "Theme 2 of 4: ring"),
        ("weding ring", "Theme 2 of 4: ring"),
        (
            "wedding ring zorbring",
            "Theme 2 of 4: The Wedding Ring and zorbring",
        ),
    ] {
        for (command, option) in [("/ending", "section"), ("/theme", "topic")] {
            let choices = bot.suggest(command, &[("film", LANTERN), (option, typed)]);

            let names: Vec<_> = choices.iter().map(|(name, _)| name.as_str()).collect();
            assert!(names.contains(&expected), "{typed}: {names:?}");
        }
    }
}

#[test]
fn across_films_only_what_was_typed_and_how_much_there_is_is_told() {
    let bot = Bot::new();

    let choices = bot.suggest("/theme", &[("topic", "ring")]);

    let [(name, value)] = choices.as_slice() else {
        panic!("{choices:?}");
    };
    assert!(name.starts_with("ring: "), "{name}");
    assert_eq!(value, "ring");
}

#[test]
fn nothing_is_suggested_for_a_film_that_is_not_covered() {
    let bot = Bot::new();

    let choices = bot.suggest("/ending", &[("film", "qqqq xxyyz"), ("section", "ring")]);

    assert_eq!(choices, []);
}

#[test]
fn whoever_may_not_moderate_is_suggested_nothing() {
    let bot = Bot::new();

    assert_eq!(bot.suggest("/corpus status", &[("film", "a")]), []);
    assert_eq!(bot.suggest("/nothing", &[("film", "a")]), []);
}

#[test]
fn every_suggested_value_is_accepted() {
    let bot = Bot::new();

    for film in FILMS {
        for (command, option) in [
            ("/ending", "section"),
            ("/ending", "source"),
            ("/theme", "topic"),
        ] {
            for (name, value) in bot.suggest(command, &[("film", film), (option, "")]) {
                let said = bot.ask(command, &[("film", film), (option, &value)]);

                assert_eq!(said.outcome, Outcome::Answered, "{film}: {name}, {value}");
            }
        }
    }
}

/// Some clients send the name where the value was meant.
#[test]
fn a_suggestions_name_is_as_good_as_its_value() {
    let bot = Bot::new();

    for film in FILMS {
        for (command, option) in [
            ("/ending", "section"),
            ("/ending", "source"),
            ("/theme", "topic"),
        ] {
            for (name, value) in bot.suggest(command, &[("film", film), (option, "")]) {
                let by_value = bot.ask(command, &[("film", film), (option, &value)]);
                let by_name = bot.ask(command, &[("film", film), (option, &name)]);

                assert_eq!(
                    by_name.description(),
                    by_value.description(),
                    "{film}: {name}"
                );
                assert_eq!(by_name.footer(), by_value.footer(), "{film}: {name}");
            }
        }
        for (name, value) in bot.suggest("/ending", &[("film", film)]) {
            if value == film {
                let said = bot.ask("/ending", &[("film", &name)]);
                assert_eq!(said.title(), bot.ask("/ending", &[("film", film)]).title());
            }
        }
    }
}

#[test]
fn a_suggestions_name_with_words_is_as_good_as_its_value() {
    let bot = Bot::new();

    for typed in ["ring", "lonely walk", "light", "feminist", "ferryman"] {
        for (command, option) in [("/ending", "section"), ("/theme", "topic")] {
            for (name, value) in bot.suggest(command, &[("film", LANTERN), (option, typed)]) {
                if value.starts_with("#1") {
                    continue; // two sources name their sections alike; `source` tells them apart
                }
                let by_value = bot.ask(command, &[("film", LANTERN), (option, &value)]);
                let by_name = bot.ask(command, &[("film", LANTERN), (option, &name)]);

                assert_eq!(
                    by_name.description(),
                    by_value.description(),
                    "{command}: {name}"
                );
            }
        }
        for (name, value) in bot.suggest("/theme", &[("topic", typed)]) {
            let by_value = bot.ask("/theme", &[("topic", &value)]);
            let by_name = bot.ask("/theme", &[("topic", &name)]);

            assert_eq!(by_name.description(), by_value.description(), "{name}");
        }
    }
}

/// Labels are searched, so what is typed meets them; still nothing more of them may be shown.
#[test]
fn typing_a_label_letter_by_letter_never_completes_it() {
    let bot = Bot::new();
    let labels: Vec<String> = bot.corpus(|corpus| {
        let articles = &corpus.find(LANTERN).unwrap().articles;
        let sections = articles.iter().flat_map(|article| &article.sections);
        let labels = sections.flat_map(|section| &section.passages);
        let labels = labels.filter_map(|passage| passage.label.as_ref());
        labels.map(Spoiler::reveal).map(str::to_owned).collect()
    });
    assert!(labels.len() >= 9, "{labels:?}");

    for label in labels {
        for end in (1..label.len()).filter(|end| label.is_char_boundary(*end)) {
            let typed = &label[..end];
            for (name, _) in bot.suggest("/theme", &[("film", LANTERN), ("topic", typed)]) {
                let told = squashed(&name);
                for canary in crate::fixtures::canaries() {
                    let was_typed = squashed(typed).contains(&canary);
                    assert!(was_typed || !told.contains(&canary), "{typed}: {name}");
                }
            }
        }
    }
}
