//! REST going wrong: what can be mended is, what cannot is logged, and the bot goes on.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Served, program};
use crate::fixtures;
use crate::stand_in::{Fault, HasMessage, MOD, StandIn};

const CALLBACK: &str = "POST /interactions/";

fn callbacks(discord: &StandIn) -> Vec<u16> {
    let requests = discord.requests().into_iter();
    let callbacks = requests.filter(|r| r.method == "POST" && r.path.ends_with("/callback"));
    callbacks.map(|request| request.status).collect()
}

#[tokio::test]
async fn an_answer_that_was_held_up_is_sent_again() {
    let served = Served::start().await;
    let after = Duration::from_millis(200);

    for (fault, status) in [
        (Fault::RateLimited(after), 429),
        (Fault::Status(500), 500),
        (Fault::Status(503), 503),
    ] {
        let before = callbacks(&served.discord).len();
        served.discord.fault(CALLBACK, 1, fault);
        let answer = served.discord.command("films", json!({})).await;

        assert!(answer.text().contains("5 films"), "{status}");
        assert_eq!(callbacks(&served.discord)[before..], [status, 204]);
    }
    served.stop().await;
}

#[tokio::test]
async fn an_answer_that_had_arrived_after_all_is_a_success() {
    let mut served = Served::start().await;
    served.discord.fault(CALLBACK, 1, Fault::Lost);

    let answer = served.discord.command("films", json!({})).await;
    served.program.says("answered").await;

    assert!(answer.text().contains("5 films"));
    assert_eq!(callbacks(&served.discord), [0, 400]);
    assert!(!served.program.output().contains("could not answer"));
    served.stop().await;
}

#[tokio::test]
async fn an_answer_that_is_refused_for_good_is_logged_and_the_next_one_given() {
    let mut served = Served::start().await;
    served.discord.fault(CALLBACK, 1, Fault::Status(403));
    let lost = served
        .discord
        .command("ending", json!({ "film": "typedsecret" }));
    lost.send().await;

    let line = served.program.says("could not answer").await;

    assert!(line.contains("ERROR") && line.contains("403"), "{line}");
    assert!(line.contains("ending"), "{line}");
    assert!(!served.program.output().contains("typedsecret"));
    let next = served.discord.command("films", json!({})).await;
    assert!(next.text().contains("5 films"));
    served.stop().await;
}

#[tokio::test]
async fn the_end_of_a_reload_is_sent_again() {
    let served = Served::start().await;
    let discord = &served.discord;
    discord.fault("PATCH /webhooks/", 1, Fault::Status(502));
    discord.fault(
        "PATCH /webhooks/",
        1,
        Fault::RateLimited(Duration::from_millis(50)),
    );

    let answer = discord.command("corpus reload", Value::Null).by(MOD).await;

    assert!(answer.settled().await.text().contains("Reloaded"));
    served.stop().await;
}

#[tokio::test]
async fn a_message_that_is_gone_already_counts_as_deleted() {
    let mut served = Served::start().await;
    let shown = json!({ "film": "the-lantern-keeper-2019", "public": true });
    let post = served.discord.command("ending", shown).await;
    served.program.says("answered").await;
    served.discord.fault("DELETE /webhooks/", 1, Fault::Lost);

    served.discord.press(&post, "Delete").await;

    let line = served.program.says("press").await;
    assert!(line.contains("answered"), "{line}");
    assert!(post.is_deleted());
    served.stop().await;
}

#[tokio::test]
async fn a_hiccup_at_the_start_is_no_reason_to_give_up() {
    let discord = StandIn::start().await;
    discord.fault("GET /applications/", 2, Fault::Status(503));
    discord.fault(
        "PUT /applications/",
        1,
        Fault::RateLimited(Duration::from_millis(50)),
    );

    let program = program(&discord, &fixtures::path("films"), &[]);

    discord.ready().await;
    assert_eq!(discord.registrations(), 1);
    let answer = discord.command("help", Value::Null).await;
    assert!(answer.message().text().contains("/ending film"));
    Served { discord, program }.stop().await;
}
