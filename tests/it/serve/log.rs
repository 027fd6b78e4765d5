//! The log: one line an interaction, good for machines, and nothing in it that is nobody's business.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Served, assert_quiet};
use crate::fixtures;
use crate::stand_in::{BEN, HOME, Place};

const LANTERN: &str = "the-lantern-keeper-2019";

/// Uses a bit of everything and ends the program; its standard error.
async fn used(log: &str) -> (Served, String) {
    let mut served = Served::on(&fixtures::path("films"), &[("LAST_REEL_LOG", log)]).await;
    let discord = &served.discord;
    let typed = discord
        .autocomplete("ending", json!({}), "film", "Typedsecret")
        .await;
    assert!(typed.choices().len() <= 25);
    discord
        .command("ending", json!({ "film": "typedsecret" }))
        .await;
    let answer = discord.command("ending", json!({ "film": LANTERN })).await;
    let post = discord.press(&answer, "Post to channel").await;
    discord.press(&post, "Another source").by(BEN).await;
    discord.press(&post, "Delete").await.deleted().await;
    let theme = discord.command("theme", json!({ "topic": "typedsecret" }));
    theme.at(Place::DirectMessage).await;
    served.program.signal("TERM");
    assert_eq!(served.program.exit_code().await, Some(0));
    let told = served.program.stderr();
    (served, told)
}

#[tokio::test]
async fn each_interaction_is_one_line_of_json() {
    let (served, told) = used("info,json").await;

    let lines: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();

    let answered: Vec<_> = lines
        .iter()
        .filter(|line| line["message"] == "answered")
        .collect();
    let of = |line: &Value| {
        let text = |field: &str| line[field].as_str().unwrap().to_owned();
        (text("kind"), text("command.name"), text("outcome"))
    };
    let mut counts = BTreeMap::new();
    for line in &answered {
        assert_eq!(line["level"], "INFO");
        assert!(
            line["duration_ms"].is_u64() && line["first_ms"].is_u64(),
            "{line}"
        );
        assert!(line["timestamp"].is_string());
        *counts.entry(of(line)).or_insert(0) += 1;
    }
    let one = |kind: &str, name: &str, outcome: &str, times| {
        (
            (kind.to_owned(), name.to_owned(), outcome.to_owned()),
            times,
        )
    };
    let expected = BTreeMap::from([
        one("suggestions", "ending", "answered", 1),
        one("command", "ending", "not-covered", 1),
        one("command", "ending", "answered", 1),
        one("press", "press", "answered", 3),
        one("command", "theme", "not-covered", 1),
    ]);
    assert_eq!(counts, expected);
    let in_server = answered.iter().filter(|line| line["guild.id"] == HOME);
    assert_eq!(in_server.count(), 6, "all but the one in a direct message");
    assert_quiet(&served.discord, &told);
}

#[tokio::test]
async fn nothing_typed_no_token_and_no_plot_is_logged_at_any_level() {
    for log in ["info", "debug", "trace"] {
        let (served, told) = used(log).await;

        assert!(told.contains("answered"), "{log}: {told}");
        assert!(
            !told.to_lowercase().contains("typedsecret"),
            "{log}: {told}"
        );
        assert_quiet(&served.discord, &told);
    }
}

#[tokio::test]
async fn a_quiet_log_tells_of_faults_only() {
    let (_, told) = used("error").await;

    assert_eq!(told, "");
}
