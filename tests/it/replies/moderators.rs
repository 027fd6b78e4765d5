//! `/corpus`: who may, and what the rest are told.

use last_reel::discord::answer::{edit, reload};
use last_reel::discord::commands::{Effect, Outcome};

use super::Bot;
use crate::stand_in::{ANN, BEN, HOME, MOD};

const ELSEWHERE: u64 = HOME + 7;

#[test]
fn only_who_may_touch_the_corpus_is_answered() {
    let bot = Bot::new();

    for command in ["/corpus status", "/corpus reload"] {
        for (by, guild) in [
            (ANN, Some(HOME)),
            (MOD, Some(ELSEWHERE)),
            (MOD, None),
            (BEN, None),
        ] {
            let said = bot.ask_as(by, guild, command, &[]);

            assert_eq!(said.outcome, Outcome::Refused, "{command} by {}", by.name);
            assert_eq!(said.effect, None);
            assert!(said.is_private());
            assert!(
                said.shown().contains("LAST\u{5f}REEL_HOME_SERVERS"),
                "{}",
                said.shown()
            );
        }
    }
}

#[test]
fn a_named_moderator_may_anywhere() {
    let bot = Bot::with(&[("LAST_REEL_MODERATORS", &BEN.id.to_string())]);

    for guild in [Some(HOME), Some(ELSEWHERE), None] {
        let said = bot.ask_as(BEN, guild, "/corpus status", &[]);

        assert_eq!(said.outcome, Outcome::Answered);
    }
}

#[test]
fn status_tells_what_is_loaded_and_what_was_stopped() {
    let bot = Bot::new();
    bot.ask("/ending", &[("film", "harbour of glass")]);

    let said = bot.ask_as(MOD, Some(HOME), "/corpus status", &[]);

    let shown = said.shown();
    assert!(shown.contains("5 films, 7 articles, "), "{shown}");
    assert!(shown.contains("Loaded less than a minute ago."));
    assert!(shown.contains("Interactions answered: 2"));
    assert!(shown.contains("Leaks stopped: 0"));
}

#[test]
fn a_reload_is_deferred_in_private() {
    let bot = Bot::new();

    let said = bot.ask_as(MOD, Some(HOME), "/corpus reload", &[]);

    assert_eq!(said.kind(), 5);
    assert!(said.is_private());
    assert_eq!(said.effect, Some(Effect::Reload));
}

#[tokio::test]
async fn of_two_reloads_at_once_the_second_waits() {
    let bot = Bot::new();

    let (first, second) = tokio::join!(reload(&bot.app), reload(&bot.app));

    let told = |reply| edit(&bot.app, &reply)["embeds"][0].to_string();
    let (first, second) = (told(first), told(second));
    assert!(first.contains("Now 5 films"), "{first}");
    assert!(second.contains("Now 5 films"), "{second}");
}
