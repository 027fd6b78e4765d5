//! Questions and presses over the gateway.

use serde_json::json;

use super::{Served, program};
use crate::canaries::has_canary;
use crate::fixtures;
use crate::stand_in::{BEN, HasMessage, MOD, Place, StandIn};

const LANTERN: &str = "the-lantern-keeper-2019";

/// What is under the covers of a message.
fn hidden(message: &impl HasMessage) -> String {
    use last_reel::discord::markdown::{Flavour, hidden};
    let message = message.message();
    let description = message.json["embeds"][0]["description"].as_str();
    hidden(description.unwrap_or_default(), Flavour::Full)
}

#[tokio::test]
async fn the_commands_are_registered_and_the_invite_link_is_told() {
    let mut served = Served::start().await;

    let invite = served.program.says("Invite the bot: ").await;

    let link = "https://discord.com/oauth2/authorize?client_id=1100000000000000001\
        &scope=bot%20applications.commands&permissions=16384";
    assert!(invite.contains(link), "{invite}");
    served.program.says("  Embed Links: ").await;
    let commands = served.discord.commands();
    let names: Vec<_> = commands.iter().map(|command| &command["name"]).collect();
    assert_eq!(names, ["ending", "theme", "films", "corpus", "help"]);
    assert_eq!(commands[3]["default_member_permissions"], "32");
    served.stop().await;
}

#[tokio::test]
async fn what_is_registered_already_is_not_registered_again() {
    let Served {
        discord,
        mut program,
    } = Served::start().await;
    program.says("changed=true").await;
    program.signal("TERM");
    program.exit_code().await;

    let mut again = super::program(&discord, &fixtures::path("films"), &[]);

    again.says("changed=false").await;
    discord.ready().await;
    assert_eq!(discord.registrations(), 1);
}

#[tokio::test]
async fn the_applications_id_is_asked_for_where_it_is_not_given() {
    let discord = StandIn::start().await;

    let mut asking = program(
        &discord,
        &fixtures::path("films"),
        &[("DISCORD_APPLICATION_ID", "")],
    );

    let invite = asking.says("Invite the bot: ").await;
    assert!(
        invite.contains("client_id=1100000000000000001&"),
        "{invite}"
    );
    discord.ready().await;
}

#[tokio::test]
async fn an_ending_is_answered_in_private_under_covers() {
    let served = Served::start().await;

    let answer = served
        .discord
        .command("ending", json!({ "film": "harbour of glas" }))
        .await;

    assert_eq!(answer.kind(), 4);
    assert!(answer.is_private());
    assert!(answer.text().contains("Harbour of Glass (2015)"));
    assert!(has_canary(&hidden(&answer)));
    assert!(answer.latency().as_secs() < 2, "{:?}", answer.latency());
    assert_eq!(answer.data()["allowed_mentions"], json!({ "parse": [] }));
    served.stop().await;
}

#[tokio::test]
async fn a_direct_message_is_answered_as_well() {
    let served = Served::start().await;

    let answer = served.discord.command("theme", json!({ "topic": "ring" }));
    let answer = answer.at(Place::DirectMessage).locale("de").await;

    assert!(hidden(&answer).contains("The Lantern Keeper (2019)"));
    assert!(!answer.text().contains("Result 2"));
    served.stop().await;
}

#[tokio::test]
async fn typing_gets_suggestions() {
    let served = Served::start().await;
    let discord = &served.discord;

    let films = discord
        .autocomplete("ending", json!({}), "film", "lantern")
        .await;
    let film = json!({ "film": LANTERN });
    let sections = discord
        .autocomplete("ending", film, "section", "weding ring")
        .await;

    let lantern = ("The Lantern Keeper (2019)".to_owned(), LANTERN.to_owned());
    assert!(films.choices().contains(&lantern), "{:?}", films.choices());
    let (name, value) = &sections.choices()[0];
    assert_eq!(name, "Theme 2 of 4: ring");
    let chosen = json!({ "film": LANTERN, "section": value });
    let answer = discord.command("ending", chosen).await;
    assert!(answer.text().contains("Theme 2 of 4"));
    served.stop().await;
}

#[tokio::test]
async fn the_menu_and_pages_update_the_answer_in_place() {
    let served = Served::start().await;
    let discord = &served.discord;
    let answer = discord
        .command("ending", json!({ "film": "harbour of glass" }))
        .await;

    let page = discord.press(&answer, "Next page").await;
    assert_eq!(page.kind(), 7);
    assert!(
        answer.text().contains("Ending · page 2 of "),
        "{}",
        answer.text()
    );
    let chosen = discord.select(&answer, "Themes, 30 entries").await;

    assert_eq!(chosen.kind(), 7);
    assert!(
        answer.text().contains("Themes · page 1 of "),
        "{}",
        answer.text()
    );
    served.stop().await;
}

#[tokio::test]
async fn covers_come_off_in_private_with_the_reason_named() {
    let mut served = Served::start().await;
    let answer = served
        .discord
        .command("ending", json!({ "film": LANTERN }))
        .await;

    served.discord.press(&answer, "Read without covers").await;
    served.discord.press(&answer, "Show it to me").await;

    assert!(
        answer
            .text()
            .contains("Covers are off because you asked to read this privately.")
    );
    assert!(has_canary(&answer.text()) && answer.is_private());
    served.discord.press(&answer, "Cover it again").await;
    assert!(
        answer.message().json["embeds"][0]["description"]
            .to_string()
            .contains("||")
    );
    served.program.signal("TERM");
    assert_eq!(served.program.exit_code().await, Some(0));
}

#[tokio::test]
async fn a_post_is_public_silent_and_the_askers_to_turn() {
    let served = Served::start().await;
    let discord = &served.discord;
    let answer = discord.command("ending", json!({ "film": LANTERN })).await;

    let post = discord.press(&answer, "Post to channel").await;

    assert!(!post.is_private());
    assert_eq!(post.message().json["flags"], 4_096);
    assert!(has_canary(&hidden(&post)));
    let turned = discord.press(&post, "Another source").await;
    assert_eq!(turned.kind(), 7);
    assert!(post.text().contains("source 2 of 2"));
    assert!(answer.text().contains("source 1 of 2"));
    served.stop().await;
}

#[tokio::test]
async fn somebody_elses_press_opens_a_private_copy_and_leaves_the_post() {
    let served = Served::start().await;
    let discord = &served.discord;
    let shown = json!({ "film": LANTERN, "public": true });
    let post = discord.command("ending", shown).await;
    let before = post.message().json;

    let copy = discord.press(&post, "Another source").by(BEN).await;

    assert_eq!(copy.kind(), 4);
    assert!(copy.is_private());
    assert_eq!(copy.by(), BEN);
    assert!(copy.text().contains("source 2 of 2"));
    assert_eq!(post.message().json, before);
    let own = discord.press(&copy, "Another source").by(BEN).await;
    assert_eq!(own.kind(), 7);
    served.stop().await;
}

#[tokio::test]
async fn a_post_is_deleted_by_who_may() {
    let served = Served::start().await;
    let discord = &served.discord;
    let shown = json!({ "film": LANTERN, "public": true });

    for by in [None, Some(MOD)] {
        let post = discord.command("ending", shown.clone()).await;
        let refused = discord.press(&post, "Delete").by(BEN).await;
        assert!(refused.text().contains("Only whoever asked"));
        assert!(!post.is_deleted());
        let delete = discord.press(&post, "Delete");
        let deletion = match by {
            Some(by) => delete.by(by).await,
            None => delete.await,
        };

        deletion.deleted().await;

        assert_eq!(deletion.kind(), 6);
        assert!(post.is_deleted());
    }
    served.stop().await;
}

#[tokio::test]
async fn a_component_works_after_a_restart() {
    let Served {
        discord,
        mut program,
    } = Served::start().await;
    let answer = discord.command("ending", json!({ "film": LANTERN })).await;
    program.signal("TERM");
    program.exit_code().await;
    let again = super::program(&discord, &fixtures::path("films"), &[]);
    discord.ready().await;

    let pressed = discord.press(&answer, "Another source").await;

    assert_eq!(pressed.kind(), 7);
    assert!(answer.text().contains("source 2 of 2"));
    Served {
        discord,
        program: again,
    }
    .stop()
    .await;
}

#[tokio::test]
async fn an_unknown_film_gets_the_nearest_three_in_private() {
    let served = Served::start().await;
    let asked = json!({ "film": "qqqq xxyyz", "public": true });

    let answer = served.discord.command("ending", asked).await;

    assert!(answer.is_private());
    assert_eq!(answer.message().buttons().len(), 3);
    served.stop().await;
}
