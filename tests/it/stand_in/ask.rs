//! What a person does: runs a command, types into an option, presses, picks from a menu.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::message::{HasMessage, merge};
use super::rest::interaction_json;
use super::world::Interaction;
use super::{ANN, Answer, HOME, Message, Place, StandIn, User};

/// One thing a person does. Awaiting it sends it and waits for the bot's first answer.
#[must_use = "nothing is asked until it is awaited or sent"]
pub(crate) struct Ask<'a> {
    discord: &'a StandIn,
    what: String,
    kind: u64,
    data: Value,
    by: User,
    place: Place,
    locale: &'static str,
    on: Option<Message>,
}

impl StandIn {
    /// Runs a command, `"ending"` or `"corpus reload"`. `options` is Discord's list of options,
    /// or an object of names and values whose types are those registered.
    pub(crate) fn command(&self, name: &str, options: Value) -> Ask<'_> {
        let data = self.command_data(name, options, None);
        self.ask(format!("/{name}"), 2, data)
    }

    /// Types into the option `focused` of a command, whose other options are `options`.
    pub(crate) fn autocomplete(
        &self,
        name: &str,
        options: Value,
        focused: &str,
        typed: &str,
    ) -> Ask<'_> {
        let data = self.command_data(name, options, Some((focused, typed)));
        self.ask(format!("/{name} {focused}:{typed}…"), 4, data)
    }

    /// Presses the button with this custom id, label, or part of a label.
    pub(crate) fn press(&self, on: &impl HasMessage, button: &str) -> Ask<'_> {
        let message = on.message();
        let pressed = message.button(button);
        assert_ne!(pressed["disabled"], true, "`{button}` can be pressed");
        assert!(pressed["custom_id"].is_string(), "`{button}` is no link");
        let data = json!({
            "component_type": 2, "custom_id": pressed["custom_id"], "id": pressed["id"],
        });
        self.on_message(format!("press of `{button}`"), data, message)
    }

    /// Picks a value, or what is labelled so, from whichever menu offers it.
    pub(crate) fn select(&self, on: &impl HasMessage, wanted: &str) -> Ask<'_> {
        let message = on.message();
        let (menu, value) = message.menu(wanted);
        assert_ne!(menu["disabled"], true, "the menu can be used");
        let data = json!({
            "component_type": menu["type"], "custom_id": menu["custom_id"], "id": menu["id"],
            "values": [value],
        });
        self.on_message(format!("choice of `{wanted}`"), data, message)
    }

    fn on_message(&self, what: String, data: Value, message: Message) -> Ask<'_> {
        let kept = self
            .world
            .read(|state| state.messages.get(message.id()).cloned())
            .unwrap_or_else(|| panic!("{what}: the message is gone"));
        Ask {
            on: Some(message),
            by: kept.by,
            place: kept.place,
            ..self.ask(what, 3, data)
        }
    }

    fn ask(&self, what: String, kind: u64, data: Value) -> Ask<'_> {
        Ask {
            discord: self,
            what,
            kind,
            data,
            by: ANN,
            place: Place::Server(HOME),
            locale: "en-US",
            on: None,
        }
    }

    fn command_data(&self, name: &str, options: Value, focused: Option<(&str, &str)>) -> Value {
        let mut words = name.split_whitespace();
        let first = words.next().unwrap_or_default();
        let commands = self.commands();
        let named = |list: &Value, name: &str| -> Option<Value> {
            let list = list.as_array()?;
            list.iter().find(|each| each["name"] == name).cloned()
        };
        let command = named(&commands.into(), first)
            .unwrap_or_else(|| panic!("no command `{first}` is registered"));
        let mut chain = Vec::new();
        let mut at = command.clone();
        for word in words {
            at = named(&at["options"], word)
                .unwrap_or_else(|| panic!("`/{name}`: `{word}` is not registered"));
            chain.push(json!({ "name": word, "type": at["type"] }));
        }
        let mut options = match options {
            Value::Object(values) => values
                .into_iter()
                .map(|(option, value)| {
                    let known = named(&at["options"], &option)
                        .unwrap_or_else(|| panic!("`/{name}` has no option `{option}`"));
                    json!({ "name": option, "type": known["type"], "value": value })
                })
                .collect(),
            Value::Null => Vec::new(),
            Value::Array(list) => list,
            other => panic!("options are an object or a list, not {other}"),
        };
        if let Some((focused, typed)) = focused {
            let known = named(&at["options"], focused)
                .unwrap_or_else(|| panic!("`/{name}` has no option `{focused}`"));
            assert_eq!(known["autocomplete"], true, "`{focused}` has autocomplete");
            options.push(json!({
                "name": focused, "type": known["type"], "value": typed, "focused": true,
            }));
        }
        for mut link in chain.into_iter().rev() {
            link["options"] = options.into();
            options = vec![link];
        }
        let mut data = json!({ "id": command["id"], "name": first, "type": command["type"] });
        if !options.is_empty() {
            data["options"] = options.into();
        }
        data
    }
}

impl Ask<'_> {
    /// Who does it: Ann unless said otherwise, or who caused the message that is pressed.
    pub(crate) fn by(mut self, user: User) -> Self {
        self.by = user;
        self
    }

    /// Where: in the home server unless said otherwise, or where the message is.
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The language of the person's client.
    pub(crate) fn locale(mut self, locale: &'static str) -> Self {
        self.locale = locale;
        self
    }

    /// Sends it, once a session can take it, and does not wait for an answer.
    pub(crate) async fn send(self) -> Answer {
        let world = &self.discord.world;
        world
            .wait("a session that takes interactions", |state| {
                state.sessions.iter().any(|s| !s.expired).then_some(())
            })
            .await;
        let id = world.update(|state| {
            let id = state.id();
            let token = format!("interaction-token-{id}-{}", "x".repeat(60));
            let mut more = self.place.interaction_fields(self.by);
            merge(&mut more, json!({ "data": self.data }));
            if let Some(message) = &self.on {
                let asker = message.json["interaction_metadata"]["user"]["id"].as_str();
                assert!(
                    !message.is_private() || asker == Some(&self.by.id.to_string()),
                    "{}: nobody else sees a private message",
                    self.what
                );
                merge(&mut more, json!({ "message": message.json }));
            }
            let payload = interaction_json(&id, &token, self.kind, self.locale, more);
            let interaction = Interaction {
                id: id.clone(),
                token,
                kind: self.kind,
                payload: payload.clone(),
                by: self.by,
                place: self.place,
                sent: Instant::now(),
                callback: None,
                latency: Duration::ZERO,
                original: None,
                loading: false,
                edits: Vec::new(),
                follow_ups: Vec::new(),
            };
            state.interactions.insert(id.clone(), interaction);
            let session = state.sessions.iter_mut().rev().find(|s| !s.expired);
            session
                .expect("there was one above")
                .dispatch("INTERACTION_CREATE", &payload);
            id
        });
        Answer::new(self.discord, id, self.what)
    }
}

impl<'a> IntoFuture for Ask<'a> {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.acknowledged().await })
    }
}
