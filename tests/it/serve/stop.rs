//! The end: answers under way are finished first.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Served, program};
use crate::fixtures;
use crate::stand_in::{Fault, MOD, StandIn};

#[tokio::test]
async fn a_stop_waits_for_an_answer_under_way() {
    for signal in ["TERM", "INT"] {
        let mut served = Served::start().await;
        let after = Duration::from_millis(400);
        served
            .discord
            .fault("POST /interactions/", 1, Fault::RateLimited(after));
        let answer = served.discord.command("films", json!({})).send().await;
        served.discord.went_wrong().await;

        served.program.signal(signal);

        assert_eq!(served.program.exit_code().await, Some(0), "{signal}");
        assert!(
            answer.acknowledged().await.text().contains("5 films"),
            "{signal}"
        );
        assert!(served.program.stderr().contains("stopped"), "{signal}");
    }
}

#[tokio::test]
async fn a_stop_waits_for_a_reload_to_be_told() {
    let mut served = Served::start().await;
    let after = Duration::from_millis(400);
    served
        .discord
        .fault("PATCH /webhooks/", 1, Fault::RateLimited(after));
    let reload = served
        .discord
        .command("corpus reload", Value::Null)
        .by(MOD)
        .await;
    served.discord.went_wrong().await;

    served.program.signal("TERM");

    assert_eq!(served.program.exit_code().await, Some(0));
    assert!(reload.settled().await.text().contains("Reloaded"));
}

#[tokio::test]
async fn a_stop_says_goodbye_to_the_gateway() {
    let mut served = Served::start().await;

    served.program.signal("TERM");

    assert_eq!(served.discord.left().await, Some(1000));
    assert_eq!(served.program.exit_code().await, Some(0));
}

#[tokio::test]
async fn a_stop_is_heeded_while_discord_keeps_the_start_waiting() {
    let discord = StandIn::start().await;
    let long = Duration::from_secs(25);
    discord.fault("GET /applications/", 1, Fault::RateLimited(long));
    let mut program = program(&discord, &fixtures::path("films"), &[]);
    discord.went_wrong().await;

    program.signal("TERM");

    assert_eq!(program.exit_code().await, Some(0));
    assert_eq!(discord.registrations(), 0);
}
