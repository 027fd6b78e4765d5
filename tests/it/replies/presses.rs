//! Presses: of one's own answer, of a public one, of somebody else's; old ones and made-up ones.

use last_reel::corpus::Kind;
use last_reel::discord::commands::{Effect, Outcome};

use super::said::Said;
use super::{Bot, HOSTILE, LANTERN, LONG, QUOTED, REASON};
use crate::canaries::has_canary;
use crate::stand_in::{ANN, BEN, MOD};

fn private(bot: &Bot) -> Said {
    bot.ask("/ending", &[("film", LANTERN)])
}

fn public(bot: &Bot) -> Said {
    bot.press(&private(bot), "Post to channel")
}

#[test]
fn a_press_on_a_private_answer_updates_it() {
    let bot = Bot::new();

    let said = bot.press(&private(&bot), "Another source");

    assert_eq!(said.kind(), 7);
    assert!(said.is_private());
    assert_eq!(said.footer(), "Ending · source 2 of 2");
}

#[test]
fn a_post_is_public_covered_and_silent() {
    let bot = Bot::new();

    for film in [LANTERN, LONG, HOSTILE, QUOTED] {
        let private = bot.ask("/ending", &[("film", film)]);
        let said = bot.press(&private, "Post to channel");

        assert_eq!(said.kind(), 4, "{film}");
        assert!(!said.is_private() && said.is_silent(), "{film}");
        assert_eq!(
            said.body["data"]["allowed_mentions"]["parse"],
            serde_json::json!([])
        );
        assert_eq!(said.hidden(), private.hidden(), "{film}");
        said.assert_no_canary();
    }
}

/// A private answer whose covers were lifted, after the question whether they should be.
fn lifted(bot: &Bot) -> Said {
    let asked = bot.press(&private(bot), "Read without covers");
    asked.assert_no_canary();
    assert!(!has_canary(&asked.hidden()) && asked.is_private());
    bot.press(&asked, "Show it to me")
}

#[test]
fn covers_stay_on_if_that_is_the_answer() {
    let bot = Bot::new();
    let asked = bot.press(&private(&bot), "Read without covers");

    let said = bot.press(&asked, "Keep it covered");

    assert!(has_canary(&said.hidden()));
    said.assert_no_canary();
}

#[test]
fn covers_are_lifted_in_private_only_and_the_reason_is_named() {
    let bot = Bot::new();

    let lifted = lifted(&bot);

    assert!(lifted.is_private());
    assert!(lifted.shown().contains(REASON));
    assert!(has_canary(&lifted.shown()));
    assert!(!lifted.description().contains("||"));
    let again = bot.press(&lifted, "Cover it again");
    assert!(!again.shown().contains(REASON));
    again.assert_no_canary();
    assert!(has_canary(&again.hidden()));
}

#[test]
fn what_was_read_without_covers_is_posted_covered() {
    let bot = Bot::new();
    let lifted = lifted(&bot);

    let said = bot.press(&lifted, "Post to channel");

    assert!(!said.is_private());
    assert!(has_canary(&said.hidden()));
    said.assert_no_canary();
}

#[test]
fn covers_stay_off_while_one_reads_on_in_private() {
    let bot = Bot::new();
    let lifted = lifted(&bot);

    for label in ["Themes, 4 entries", "Another source"] {
        let next = bot.press(&lifted, label);

        assert!(next.is_private());
        assert!(next.shown().contains(REASON), "{label}");
    }
}

#[test]
fn the_askers_press_updates_a_post() {
    let bot = Bot::new();
    let post = public(&bot);

    let said = bot.press(&post, "Another source");

    assert_eq!(said.kind(), 7);
    assert!(said.is_silent(), "an update keeps the post silent");
    assert!(said.has_button("Delete"));
    said.assert_no_canary();
}

#[test]
fn another_persons_press_opens_a_private_copy() {
    let bot = Bot::new();
    let post = public(&bot);

    for by in [BEN, MOD] {
        let said = bot.press_id(by, &post, &post.id_of("Another source"));

        assert_eq!(said.kind(), 4, "{}", by.name);
        assert!(said.is_private());
        assert_eq!(said.footer(), "Ending · source 2 of 2");
        assert!(said.has_button("Read without covers"));
        said.assert_no_canary();
    }
}

#[test]
fn the_asker_or_who_manages_messages_deletes_a_post() {
    let bot = Bot::new();
    let post = public(&bot);
    let id = post.id_of("Delete");

    for by in [ANN, MOD] {
        let said = bot.press_id(by, &post, &id);

        assert_eq!((said.kind(), said.effect), (6, Some(Effect::Delete)));
    }
    let refused = bot.press_id(BEN, &post, &id);
    assert_eq!((refused.kind(), refused.effect), (4, None));
    assert!(refused.is_private());
    assert!(refused.shown().contains("Only whoever asked"));
}

#[test]
fn a_press_from_before_an_edit_says_so_and_shows_nothing() {
    let bot = Bot::new();

    for (on, update) in [(private(&bot), 7), (public(&bot), 4)] {
        for (label, id) in on.presses().into_iter().filter(|(_, id)| id.contains(':')) {
            let (_, rest) = id.rsplit_once(':').unwrap();
            let fingerprint = if rest == "u" {
                id.rsplit(':').nth(1).unwrap()
            } else {
                rest
            };
            let stale = id.replace(fingerprint, "aaaaaa");
            let said = bot.press_id(ANN, &on, &stale);

            assert_eq!(said.outcome, Outcome::Stale, "{label}");
            assert!(said.shown().contains("This article has changed since."));
            assert_eq!(said.hidden(), "");
            if !label.starts_with("Post") {
                assert_eq!(said.kind(), update, "{label}");
            }
            said.assert_no_canary();
        }
    }
}

/// Ids that we never made, or not for this message.
fn made_up(bot: &Bot) -> Vec<String> {
    let entry = private(bot).id_of("Ending");
    let fingerprint = entry.rsplit(':').next().unwrap();
    let hidden = bot.ask("/theme", &[("topic", "ring")]);
    let key = hidden.id_of("Post to channel").replace("post t:h:", "");
    let max = usize::MAX;
    let mut ids: Vec<String> = [
        "",
        " ",
        "show",
        "show ",
        "post",
        "delete me",
        "menu 0",
        "show f:",
        "show x:1",
        "show s:::",
        "show t:n",
        "show t:n:",
        "show t:h",
        "show t:hu:",
        "post t:h",
        "show s:the-lantern-keeper-2019:0.p0.0:",
        "show s:no-such-film:0.p0.0:aaaaaa:u",
    ]
    .map(str::to_owned)
    .into();
    ids.extend([
        format!("show f:{max}"),
        format!("post f:{max}"),
        format!("show f:{max}0"),
    ]);
    for verb in ["show", "post"] {
        for flag in ["", ":u", ":x", ":u:u"] {
            for slug in [LANTERN, LONG, HOSTILE, "nowhere"] {
                for part in [
                    "0.p0.0",
                    "0.p1.0",
                    "1.p0.0",
                    "0.p5.1",
                    "0.e5.0",
                    "0.e5.99",
                    "0.e0.0",
                    "0.p99.0",
                    "0.kending",
                    "0.kother",
                    "0.knone",
                    "7.kending",
                    "0.p0.-1",
                    "0.z0.0",
                    "0.p0",
                    &format!("0.p0.{max}"),
                    &format!("0.p{max}.0"),
                    &format!("0.e0.{max}"),
                    &format!("{max}.p0.0"),
                    &format!("0.p{max}0.0"),
                ] {
                    ids.push(format!("{verb} s:{slug}:{part}:{fingerprint}{flag}"));
                }
            }
        }
        for flags in ["n", "h", "nu", "hu", "u", "nn"] {
            let (place, _) = key.split_once('.').unwrap();
            let place = &place[..12];
            for keys in [
                key.clone(),
                format!("{key}:{key}:{key}"),
                format!("{place}9.0.0"),
                format!("{place}0.99.0"),
                format!("{place}0.0.0"),
                format!("{place}0.1.{max}"),
                format!("{place}0.1"),
                "éééééé".into(),
            ] {
                ids.push(format!("{verb} t:{flags}:{keys}"));
            }
        }
    }
    ids
}

#[test]
fn no_made_up_id_lifts_a_cover_in_public() {
    let bot = Bot::new();
    let (private, public) = (private(&bot), public(&bot));
    let ids = made_up(&bot);
    assert!(ids.len() > 500, "{} ids", ids.len());
    let mut answered = 0;

    for id in ids {
        for on in [&private, &public] {
            for by in [ANN, BEN] {
                let said = bot.press_id(by, on, &id);

                if !said.is_private() {
                    said.assert_no_canary();
                    assert!(!said.shown().contains(REASON), "{id}");
                } else if !said.shown().contains(REASON) {
                    said.assert_no_canary();
                }
                answered += usize::from(said.outcome == Outcome::Answered);
                assert!([4, 7].contains(&said.kind()), "{id}");
            }
        }
    }

    assert!(answered > 100, "{answered} of them show something");
    assert_eq!(bot.leaks_stopped(), 0);
}

#[test]
fn a_theme_without_a_film_keeps_its_film_covered_through_every_press() {
    let bot = Bot::new();
    let said = bot.ask("/theme", &[("topic", "salt")]);
    let post = bot.press(&said, "Post to channel");

    for on in [&said, &post] {
        for (label, id) in on.presses() {
            if !["Read without covers", "Delete", "Name its film"].contains(&label) {
                let next = bot.press_id(ANN, on, id);
                assert!(!next.shown().contains("Lantern"), "{label}");
                assert!(next.hidden().contains("Lantern"), "{label}");
            }
        }
    }
}

#[test]
fn an_entry_that_moved_is_not_mistaken_for_another() {
    let bot = Bot::new();
    let foreign = bot.section(LONG, 0, Kind::Themes);
    let value = bot.value(LONG, 0, foreign, Some(0));

    let said = bot.ask("/ending", &[("film", LANTERN), ("section", &value)]);

    assert_eq!(said.outcome, Outcome::NotCovered);
    assert!(said.shown().contains("This film has no such section."));
}
