//! Messages as Discord keeps and gives them back, made from what the bot sent.

use serde_json::{Value, json};

use super::rest::{bot_json, empty_message};
use super::world::{APPLICATION, Interaction, Kept, State};

const EPHEMERAL: u64 = 1 << 6;
const LOADING: u64 = 1 << 7;
const NOW: &str = "2025-01-31T12:00:00.000000+00:00";

/// What a new message is to its interaction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Original,
    Loading,
    FollowUp,
}

/// Adds the fields of `more` to an object.
pub(super) fn merge(object: &mut Value, more: Value) {
    if let (Value::Object(fields), Value::Object(more)) = (object, more) {
        fields.extend(more);
    }
}

/// Makes a message that answers an interaction, and gives its id.
pub(super) fn create(
    state: &mut State,
    interaction: &str,
    data: &Value,
    role: Role,
) -> Result<String, (u16, Value)> {
    if role != Role::Loading && is_empty(data) {
        return Err(empty_message());
    }
    let id = state.id();
    let of = &state.interactions[interaction];
    let flags = data["flags"].as_u64().unwrap_or_default();
    let mut json = json!({
        "id": id, "channel_id": of.payload["channel_id"], "author": bot_json(),
        "type": match (role, of.kind) {
            (Role::FollowUp, _) => 19,
            (_, 2) => 20,
            _ => 0,
        },
        "content": data["content"].as_str().unwrap_or_default(),
        "embeds": embeds(data), "components": components(data),
        "mentions": [], "mention_roles": [], "mention_everyone": false, "attachments": [],
        "timestamp": NOW, "edited_timestamp": null, "pinned": false, "tts": data["tts"] == true,
        "flags": if role == Role::Loading { flags | LOADING } else { flags },
        "application_id": APPLICATION.to_string(), "webhook_id": APPLICATION.to_string(),
        "interaction_metadata": metadata(of),
    });
    if of.kind == 2 {
        json["interaction"] = json!({
            "id": of.id, "type": 2, "name": of.payload["data"]["name"], "user": of.by.json(),
        });
    }
    if let (Role::FollowUp, Some(original)) = (role, &of.original) {
        json["interaction_metadata"]["original_response_message_id"] = json!(original);
        json["message_reference"] = json!({
            "type": 0, "channel_id": json["channel_id"], "message_id": original,
        });
    }
    let kept = Kept {
        json,
        by: of.by,
        place: of.place,
    };
    state.messages.insert(id.clone(), kept);
    Ok(id)
}

/// Changes a message as an edit says.
pub(super) fn edit(state: &mut State, id: &str, data: &Value) -> Result<(), (u16, Value)> {
    let kept = state.messages.get_mut(id).expect("the caller has looked");
    let mut json = kept.json.clone();
    if let Some(content) = data.get("content") {
        json["content"] = content.as_str().unwrap_or_default().into();
    }
    if data.get("embeds").is_some() {
        json["embeds"] = embeds(data);
    }
    if data.get("components").is_some() {
        json["components"] = components(data);
    }
    if is_empty(&json) {
        return Err(empty_message());
    }
    let flags = json["flags"].as_u64().unwrap_or_default();
    if flags & LOADING == 0 {
        json["edited_timestamp"] = NOW.into();
    }
    json["flags"] = (flags & !LOADING).into();
    kept.json = json;
    Ok(())
}

fn is_empty(data: &Value) -> bool {
    let nothing = |field: &str| match &data[field] {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        other => other.is_null(),
    };
    nothing("content") && nothing("embeds") && nothing("components") && nothing("poll")
}

fn metadata(of: &Interaction) -> Value {
    let mut metadata = json!({
        "id": of.id, "type": of.kind, "user": of.by.json(),
        "authorizing_integration_owners": of.place.owners(),
    });
    if of.kind == 3 {
        metadata["interacted_message_id"] = of.payload["message"]["id"].clone();
    }
    metadata
}

fn embeds(data: &Value) -> Value {
    let mut embeds = data["embeds"].clone();
    for embed in embeds.as_array_mut().into_iter().flatten() {
        embed["type"] = "rich".into();
    }
    if embeds.is_null() { json!([]) } else { embeds }
}

/// Components get ids, and the defaults they were sent without.
fn components(data: &Value) -> Value {
    fn fill(components: &mut Value, next: &mut u64) {
        for component in components.as_array_mut().into_iter().flatten() {
            component["id"] = (*next).into();
            *next += 1;
            match component["type"].as_u64() {
                Some(2) => component["disabled"] = (component["disabled"] == true).into(),
                Some(3) => {
                    component["disabled"] = (component["disabled"] == true).into();
                    for field in ["min_values", "max_values"] {
                        if component[field].is_null() {
                            component[field] = 1.into();
                        }
                    }
                }
                _ => {}
            }
            if let Some(below) = component.get_mut("components") {
                fill(below, next);
            }
        }
    }
    let mut components = data["components"].clone();
    fill(&mut components, &mut 1);
    if components.is_null() {
        json!([])
    } else {
        components
    }
}

/// A message as a person sees it.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    /// As Discord keeps it.
    pub(crate) json: Value,
}

/// What has buttons to press.
pub(crate) trait HasMessage {
    /// The message as it is now.
    fn message(&self) -> Message;
}

impl HasMessage for Message {
    fn message(&self) -> Message {
        self.clone()
    }
}

impl Message {
    pub(crate) fn id(&self) -> &str {
        self.json["id"].as_str().expect("messages have ids")
    }

    /// Whether only who asked sees it.
    pub(crate) fn is_private(&self) -> bool {
        self.json["flags"].as_u64().unwrap_or_default() & EPHEMERAL != 0
    }

    /// All that stands there: content, embeds, labels of buttons and of menus, one a line.
    pub(crate) fn text(&self) -> String {
        let mut lines = vec![&self.json["content"]];
        for embed in self.json["embeds"].as_array().into_iter().flatten() {
            lines.extend([
                &embed["author"]["name"],
                &embed["title"],
                &embed["description"],
            ]);
            for field in embed["fields"].as_array().into_iter().flatten() {
                lines.extend([&field["name"], &field["value"]]);
            }
            lines.push(&embed["footer"]["text"]);
        }
        for component in self.components() {
            lines.extend([&component["label"], &component["placeholder"]]);
            for option in component["options"].as_array().into_iter().flatten() {
                lines.extend([&option["label"], &option["description"]]);
            }
        }
        let lines: Vec<&str> = lines.into_iter().filter_map(Value::as_str).collect();
        lines.join("\n")
    }

    /// All components that are not rows.
    pub(crate) fn components(&self) -> Vec<&Value> {
        fn walk<'a>(components: &'a Value, found: &mut Vec<&'a Value>) {
            for component in components.as_array().into_iter().flatten() {
                if component["type"] != 1 {
                    found.push(component);
                }
                walk(&component["components"], found);
            }
        }
        let mut found = Vec::new();
        walk(&self.json["components"], &mut found);
        found
    }

    /// The labels of its buttons, in order.
    pub(crate) fn buttons(&self) -> Vec<&str> {
        self.components()
            .into_iter()
            .filter(|component| component["type"] == 2)
            .filter_map(|button| button["label"].as_str())
            .collect()
    }

    /// The options of its menus as label and value, in order.
    pub(crate) fn options(&self) -> Vec<(&str, &str)> {
        self.components()
            .into_iter()
            .flat_map(|menu| menu["options"].as_array().into_iter().flatten())
            .filter_map(|option| Some((option["label"].as_str()?, option["value"].as_str()?)))
            .collect()
    }

    /// The button with this custom id, this label, or this in its label, in that order.
    pub(super) fn button(&self, wanted: &str) -> &Value {
        let components = self.components();
        let buttons = || components.iter().copied().filter(|c| c["type"] == 2);
        let has = |part: &Value| part.as_str().is_some_and(|text| text.contains(wanted));
        buttons()
            .find(|button| button["custom_id"] == wanted)
            .or_else(|| buttons().find(|button| button["label"] == wanted))
            .or_else(|| buttons().find(|button| has(&button["label"])))
            .unwrap_or_else(|| panic!("no button `{wanted}`; there are {:?}", self.buttons()))
    }

    /// The menu that has this value, or this label, and the value.
    pub(super) fn menu(&self, wanted: &str) -> (&Value, String) {
        for field in ["value", "label"] {
            for component in self.components() {
                let options = component["options"].as_array().into_iter().flatten();
                for option in options {
                    if option[field] == wanted {
                        let value = option["value"].as_str().unwrap_or_default();
                        return (component, value.to_owned());
                    }
                }
            }
        }
        panic!("no menu offers `{wanted}`; there are {:?}", self.options())
    }
}
