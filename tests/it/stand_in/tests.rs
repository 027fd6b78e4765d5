//! Proves the stand-in with a second witness: a small bot on plain serenity, as the program is.

use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{
    ClientBuilder, CommandInteraction, Context, EventHandler, GatewayIntents, Http, HttpBuilder,
    Interaction, Permissions, Ready,
};
use serenity::async_trait;
use tokio::task::JoinHandle;

use super::*;

/// Answers everything with a little of what it was sent.
struct Echo;

#[async_trait]
impl EventHandler for Echo {
    async fn ready(&self, context: Context, _: Ready) {
        let commands = json!([
            { "name": "ending", "description": "the ending", "options": [
                { "name": "film", "description": "a film", "type": 3, "required": true, "autocomplete": true },
            ] },
            { "name": "corpus", "description": "the corpus", "default_member_permissions": "32", "options": [
                { "name": "reload", "description": "reload", "type": 1 },
            ] },
        ]);
        context
            .http
            .create_global_commands(&commands)
            .await
            .unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let http = &context.http;
        match &interaction {
            Interaction::Command(command) if command.data.name == "corpus" => {
                deferred(http, command).await;
            }
            Interaction::Command(command) => {
                let film = command.data.options[0].value.as_str().unwrap_or_default();
                let body = json!({ "type": 4, "data": {
                    "content": format!("{} asks about {film}", command.user.name), "flags": 64,
                    "components": [
                        { "type": 1, "components": [
                            { "type": 2, "style": 1, "label": "Next page", "custom_id": "next" },
                        ] },
                        { "type": 1, "components": [
                            { "type": 3, "custom_id": "menu", "options": [
                                { "label": "Themes", "value": "t" },
                            ] },
                        ] },
                    ],
                } });
                answer(http, command.id.get(), &command.token, &body).await;
            }
            Interaction::Component(press) => {
                let asked = &press.message.interaction_metadata;
                let asked = serde_json::to_value(asked).unwrap();
                let body = json!({ "type": 7, "data": { "content": format!(
                    "{} pressed {} of {} on {}", press.user.name, press.data.custom_id,
                    asked["user"]["username"], press.message.content,
                ) } });
                answer(http, press.id.get(), &press.token, &body).await;
            }
            Interaction::Autocomplete(typed) => {
                let value = typed.data.autocomplete().unwrap().value;
                let body = json!({ "type": 8, "data": { "choices": [
                    { "name": format!("{value}!"), "value": value },
                ] } });
                answer(http, typed.id.get(), &typed.token, &body).await;
            }
            _ => {}
        }
    }
}

async fn answer(http: &Http, id: u64, token: &str, body: &Value) {
    let sent = http.create_interaction_response(id.into(), token, body, vec![]);
    sent.await.unwrap();
}

async fn deferred(http: &Http, command: &CommandInteraction) {
    let deferral = json!({ "type": 5, "data": { "flags": 64 } });
    answer(http, command.id.get(), &command.token, &deferral).await;
    let permissions = command
        .member
        .as_ref()
        .and_then(|member| member.permissions);
    let may = permissions.is_some_and(Permissions::manage_guild);
    let body = json!({ "content": if may { "reloaded" } else { "not for you" } });
    http.edit_original_interaction_response(&command.token, &body, vec![])
        .await
        .unwrap();
    let body = json!({ "content": "for all to see" });
    http.create_followup_message(&command.token, &body, vec![])
        .await
        .unwrap();
}

struct Bot(JoinHandle<serenity::Result<()>>);

impl Drop for Bot {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn bot(discord: &StandIn, token: &str) -> Bot {
    let http = HttpBuilder::new(token)
        .proxy(discord.url())
        .ratelimiter_disabled(true)
        .build();
    let client = ClientBuilder::new_with_http(http, GatewayIntents::empty()).event_handler(Echo);
    Bot(tokio::spawn(async move { client.await?.start().await }))
}

async fn with_bot() -> (StandIn, Bot) {
    let discord = StandIn::start().await;
    let bot = bot(&discord, &discord.token());
    discord.registered().await;
    (discord, bot)
}

/// A bare client, for routes where serenity would think for itself.
async fn post(discord: &StandIn, path: &str, body: &Value) -> Option<(u16, Value)> {
    let url = format!("{}/api/v10{path}", discord.url());
    let response = reqwest::Client::new()
        .post(url)
        .json(body)
        .send()
        .await
        .ok()?;
    let status = response.status().as_u16();
    Some((status, response.json().await.unwrap_or_default()))
}

/// Asks without a bot that answers, and gives the path of the callback.
async fn unanswered() -> (StandIn, Bot, Answer, String) {
    let (discord, bot) = with_bot().await;
    discord.fault("POST /interactions", 1, Fault::Status(500));
    let answer = discord
        .command("ending", json!({ "film": "x" }))
        .send()
        .await;
    let path = discord
        .world
        .wait("the faulty callback", |state| {
            let found = state.requests.iter().find(|r| r.status == 500)?;
            Some(found.path.clone())
        })
        .await;
    (discord, bot, answer, path)
}

#[tokio::test]
async fn commands_are_registered_with_what_discord_adds() {
    let (discord, _bot) = with_bot().await;

    let commands = discord.commands();

    assert_eq!(discord.registrations(), 1);
    assert_eq!(commands[0]["name"], "ending");
    assert_eq!(commands[0]["contexts"], json!([0, 1, 2]));
    assert_eq!(commands[0]["options"][0]["required"], true);
    assert!(commands[0]["options"][0].get("choices").is_none());
    assert_eq!(commands[1]["default_member_permissions"], "32");
    assert!(commands[1]["version"].is_string());
}

#[tokio::test]
async fn a_command_reaches_the_bot_and_its_answer_comes_back() {
    let (discord, _bot) = with_bot().await;

    let answer = discord.command(
        "ending",
        json!([{ "name": "film", "type": 3, "value": "heat" }]),
    );
    let answer = answer.by(BEN).await;

    assert_eq!(answer.kind(), 4);
    assert!(answer.is_private());
    assert_eq!(answer.message().json["content"], "ben asks about heat");
    assert_eq!(answer.message().buttons(), ["Next page"]);
    assert!(answer.text().contains("Themes"));
}

#[tokio::test]
async fn a_direct_message_carries_a_user_and_no_member() {
    let (discord, _bot) = with_bot().await;

    let answer = discord.command("ending", json!({ "film": "heat" }));
    let answer = answer.at(Place::DirectMessage).await;

    assert!(answer.text().starts_with("ann asks about heat"));
}

#[tokio::test]
async fn typing_gets_choices() {
    let (discord, _bot) = with_bot().await;

    let answer = discord
        .autocomplete("ending", json!({}), "film", "ano")
        .await;

    assert_eq!(answer.choices(), [("ano!".into(), "ano".into())]);
}

#[tokio::test]
async fn a_press_carries_the_message_it_sits_on() {
    let (discord, _bot) = with_bot().await;
    let answer = discord.command("ending", json!({ "film": "heat" })).await;

    let pressed = discord.press(&answer, "Next").await;

    assert_eq!(pressed.kind(), 7);
    let expected = "ann pressed next of \"ann\" on ann asks about heat";
    assert_eq!(answer.message().json["content"], expected);
}

#[tokio::test]
async fn a_choice_from_a_menu_reaches_the_bot() {
    let (discord, _bot) = with_bot().await;
    let answer = discord.command("ending", json!({ "film": "heat" })).await;

    let chosen = discord.select(&answer, "Themes").await;

    assert!(chosen.text().contains("pressed menu"));
}

#[tokio::test]
async fn another_persons_press_names_both_people() {
    let (discord, _bot) = with_bot().await;
    let private = discord.command("ending", json!({ "film": "heat" })).await;
    let id = private.message().id().to_owned();
    discord.world.update(|state| {
        let kept = state.messages.get_mut(&id).unwrap();
        kept.json["flags"] = json!(0);
    });

    let pressed = discord.press(&private, "Next page").by(BEN).await;

    assert!(pressed.text().starts_with("ben pressed next of \"ann\""));
}

#[tokio::test]
async fn a_deferral_is_filled_in_and_followed_up() {
    let (discord, _bot) = with_bot().await;

    let answer = discord.command("corpus reload", Value::Null).by(MOD).await;

    assert_eq!(answer.kind(), 5);
    let message = answer.settled().await;
    assert_eq!(message.json["content"], "reloaded");
    assert!(message.is_private());
    let public = answer.follow_up(1).await;
    assert_eq!(public.json["content"], "for all to see");
    assert!(!public.is_private());
}

#[tokio::test]
async fn a_member_has_no_moderators_permissions() {
    let (discord, _bot) = with_bot().await;

    let answer = discord.command("corpus reload", Value::Null).await;

    assert_eq!(answer.settled().await.json["content"], "not for you");
}

#[tokio::test]
async fn what_was_missed_during_a_cut_is_replayed() {
    let (discord, _bot) = with_bot().await;

    discord.cut();
    let answer = discord.command("ending", json!({ "film": "heat" })).await;

    assert_eq!(answer.kind(), 4);
    discord.resumed(1).await;
}

#[tokio::test]
async fn a_bot_asked_to_reconnect_resumes() {
    let (discord, _bot) = with_bot().await;

    discord.ask_to_reconnect();

    discord.resumed(1).await;
    let answer = discord.command("ending", json!({ "film": "heat" })).await;
    assert_eq!(answer.kind(), 4);
}

#[tokio::test]
async fn an_invalid_session_is_resumed_or_begun_anew() {
    let (discord, _bot) = with_bot().await;

    discord.invalidate(true);
    discord.resumed(1).await;
    discord.invalidate(false);

    discord.identified(2).await;
    let answer = discord.command("ending", json!({ "film": "heat" })).await;
    assert_eq!(answer.kind(), 4);
}

#[tokio::test]
async fn a_wrong_token_ends_the_bot() {
    let discord = StandIn::start().await;

    let mut bot = bot(&discord, "wrong");

    let ended = tokio::time::timeout(StandIn::PATIENCE, &mut bot.0).await;
    let error = ended.unwrap().unwrap().unwrap_err().to_string();
    assert!(
        error.contains("authentication") || error.contains("Authentication"),
        "{error}"
    );
}

#[tokio::test]
async fn a_wrong_token_gets_401_over_rest() {
    let discord = StandIn::start().await;
    let http = HttpBuilder::new("wrong")
        .proxy(discord.url())
        .ratelimiter_disabled(true)
        .build();

    let refused = http.get_current_user().await;

    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("401"), "{refused}");
}

#[tokio::test]
async fn a_second_answer_is_refused_as_already_acknowledged() {
    let (discord, _bot, answer, path) = unanswered().await;
    let body = json!({ "type": 4, "data": { "content": "late, yet there" } });

    let first = post(&discord, &path, &body).await;
    let second = post(&discord, &path, &body).await.unwrap();

    assert_eq!(first, Some((204, Value::Null)));
    assert_eq!((second.0, &second.1["code"]), (400, &json!(40060)));
    assert_eq!(answer.acknowledged().await.text(), "late, yet there");
}

#[tokio::test]
async fn a_lost_answer_was_carried_out() {
    let (discord, _bot, answer, path) = unanswered().await;
    let body = json!({ "type": 4, "data": { "content": "carried out" } });
    discord.fault("POST /interactions", 1, Fault::Lost);

    let lost = post(&discord, &path, &body).await;

    assert_eq!(lost, None);
    assert_eq!(answer.acknowledged().await.text(), "carried out");
}

#[tokio::test]
async fn a_rate_limit_says_when_to_come_back() {
    let (discord, _bot, _answer, path) = unanswered().await;
    let after = Duration::from_millis(250);
    discord.fault("/callback", 1, Fault::RateLimited(after));

    let (status, body) = post(&discord, &path, &json!({ "type": 5 })).await.unwrap();

    assert_eq!((status, &body["retry_after"]), (429, &json!(0.25)));
}

#[tokio::test]
async fn an_empty_message_is_refused() {
    let (discord, _bot, _answer, path) = unanswered().await;

    let (status, body) = post(&discord, &path, &json!({ "type": 4, "data": {} }))
        .await
        .unwrap();

    assert_eq!((status, &body["code"]), (400, &json!(50006)));
}
