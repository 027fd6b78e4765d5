//! One response as a person meets it: what is shown, what is covered, what can be pressed; and
//! whether it keeps to Discord's limits.

use std::collections::BTreeSet;

use last_reel::discord::answer::Response;
use last_reel::discord::commands::{Effect, Outcome};
use last_reel::discord::markdown::{Flavour, hidden, shown};
use serde_json::{Value, json};

use crate::canaries::assert_covered;

const EPHEMERAL: u64 = 1 << 6;
const SILENT: u64 = 1 << 12;

/// A response, and whose question the message answers.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) body: Value,
    pub(super) asker: u64,
    pub(super) outcome: Outcome,
    pub(super) effect: Option<Effect>,
    /// What was asked or pressed, for those who read a failed test.
    pub(super) to: String,
    private: bool,
}

impl Said {
    pub(super) fn new(response: Response, asker: u64, to: &str) -> Self {
        let flags = response.body["data"]["flags"].as_u64().unwrap_or_default();
        Self {
            private: flags & EPHEMERAL != 0,
            asker,
            outcome: response.outcome,
            effect: response.effect,
            to: to.to_owned(),
            body: response.body,
        }
    }

    /// After a press; an update stays with who sees the message and whose it is.
    pub(super) fn after(response: Response, by: u64, id: &str, on: &Self) -> Self {
        let mut said = Self::new(response, by, id);
        if said.kind() == 7 {
            said.private = on.private;
            said.asker = on.asker;
        }
        said
    }

    /// 4 message, 5 deferral, 6 deferred update, 7 update, 8 choices.
    pub(super) fn kind(&self) -> u64 {
        self.body["type"].as_u64().unwrap()
    }

    pub(super) fn is_private(&self) -> bool {
        self.private
    }

    pub(super) fn is_silent(&self) -> bool {
        self.body["data"]["flags"] == SILENT
    }

    pub(super) fn embed(&self) -> &Value {
        &self.body["data"]["embeds"][0]
    }

    pub(super) fn title(&self) -> &str {
        self.embed()["title"].as_str().unwrap_or_default()
    }

    pub(super) fn description(&self) -> &str {
        self.embed()["description"].as_str().unwrap_or_default()
    }

    pub(super) fn footer(&self) -> &str {
        self.embed()["footer"]["text"].as_str().unwrap_or_default()
    }

    /// What the answer shows without a cover opened, in every known reading of its markdown.
    pub(super) fn shown(&self) -> String {
        shown(self.description(), Flavour::Full)
    }

    /// What is under its covers.
    pub(super) fn hidden(&self) -> String {
        hidden(self.description(), Flavour::Full)
    }

    /// The suggestions, as name and value.
    pub(super) fn choices(&self) -> Vec<(String, String)> {
        let choices = self.body["data"]["choices"].as_array().unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        choices
            .iter()
            .map(|choice| (text(&choice["name"]), text(&choice["value"])))
            .collect()
    }

    fn components(&self) -> impl Iterator<Item = &Value> {
        let rows = self.body["data"]["components"].as_array();
        rows.into_iter()
            .flatten()
            .flat_map(|row| row["components"].as_array().unwrap())
    }

    /// The buttons, as label and id.
    pub(super) fn buttons(&self) -> Vec<(&str, &str)> {
        self.components()
            .filter(|component| component["type"] == 2)
            .map(|button| (text(&button["label"]), text(&button["custom_id"])))
            .collect()
    }

    /// The options of its menus, as label and value.
    pub(super) fn options(&self) -> Vec<(&str, &str)> {
        self.components()
            .filter_map(|menu| menu["options"].as_array())
            .flatten()
            .map(|option| (text(&option["label"]), text(&option["value"])))
            .collect()
    }

    /// Everything that can be pressed or chosen: label, and what comes back.
    pub(super) fn presses(&self) -> Vec<(&str, &str)> {
        let mut all = self.buttons();
        all.extend(self.options());
        all
    }

    pub(super) fn has_button(&self, label: &str) -> bool {
        self.buttons().iter().any(|(name, _)| *name == label)
    }

    /// What a button or an option with this label sends.
    pub(super) fn id_of(&self, label: &str) -> String {
        let presses = self.presses();
        let found = presses.iter().find(|(name, _)| *name == label);
        let (_, id) = found.unwrap_or_else(|| panic!("no `{label}`; there are {presses:?}"));
        (*id).to_owned()
    }

    /// Fails if any word of a spoiler stands outside a cover.
    pub(super) fn assert_no_canary(&self) {
        assert_covered(&self.body, &self.to);
    }

    /// Fails if a limit of Discord's is not kept, or what every message must have is missing.
    pub(super) fn assert_fits_discord(&self) {
        let data = &self.body["data"];
        let to = &self.to;
        let most = |what: &str, value: &Value, limit: usize| {
            let length = units(value.as_str().unwrap_or_default());
            assert!(length <= limit, "`{to}`: {what} has {length}: {value}");
            length
        };
        assert_eq!(data["allowed_mentions"], json!({ "parse": [] }), "`{to}`");
        most("content", &data["content"], 2_000);
        assert_eq!(data["embeds"].as_array().unwrap().len(), 1, "`{to}`");
        let embed = self.embed();
        let total = most("title", &embed["title"], 256)
            + most("description", &embed["description"], 4_096)
            + most("footer", &embed["footer"]["text"], 2_048);
        assert!(total <= 6_000, "`{to}`: the embed has {total}");
        assert!(!self.description().trim().is_empty(), "`{to}` says a thing");
        let known = ["title", "description", "color", "thumbnail", "footer"];
        assert!(
            embed
                .as_object()
                .unwrap()
                .keys()
                .all(|k| known.contains(&k.as_str()))
        );

        let rows = data["components"].as_array().unwrap();
        assert!(rows.len() <= 5, "`{to}` has {} rows", rows.len());
        let mut ids = BTreeSet::new();
        for row in rows {
            let components = row["components"].as_array().unwrap();
            let menus = components.iter().filter(|c| c["type"] == 3).count();
            let room = if menus > 0 { 1 } else { 5 };
            assert!((1..=room).contains(&components.len()), "`{to}`: {row}");
        }
        for component in self.components() {
            let id = text(&component["custom_id"]);
            assert!((1..=100).contains(&units(id)), "`{to}`: {id}");
            assert!(ids.insert(id), "`{to}` has the id `{id}` twice");
            if component["type"] == 2 {
                assert!(most("a label", &component["label"], 80) > 0, "`{to}`");
                continue;
            }
            most("a placeholder", &component["placeholder"], 150);
            let options = component["options"].as_array().unwrap();
            assert!((1..=25).contains(&options.len()), "`{to}`: {component}");
            let mut values = BTreeSet::new();
            for option in options {
                assert!(most("an option", &option["label"], 100) > 0, "`{to}`");
                assert!(most("a value", &option["value"], 100) > 0, "`{to}`");
                let value = text(&option["value"]);
                assert!(values.insert(value), "`{to}` has the value `{value}` twice");
            }
            let chosen = options.iter().filter(|option| option["default"] == true);
            assert!(chosen.count() <= 1, "`{to}`: {component}");
        }
    }
}

/// The length of a text on the safe reading of how Discord counts: UTF-16 units.
pub(super) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
