//! What a body or a text shows without a cover opened, and whether a word of a spoiler is in it.

use last_reel::discord::markdown::{Flavour, shown};
use serde_json::Value;

/// Whether a word of a spoiler stands in a text, however it is dressed up. All canaries begin so,
/// which `corpus` makes sure of.
pub(crate) fn has_canary(text: &str) -> bool {
    squashed(text).contains("zorb")
}

/// Only letters and digits, in lower case: what is left of a text whatever markdown does to it.
pub(crate) fn squashed(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Everything in a body that a person, a hovering pointer or a log may see, with its path: the
/// description of an embed with its covers closed, all else as it is.
pub(crate) fn surfaces(body: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(body, "", &mut found);
    found
}

/// Whether a path is of the one place where covers are used.
pub(crate) fn is_covered_place(path: &str) -> bool {
    path.contains("embeds[") && path.ends_with("].description")
}

/// Fails if any word of a spoiler stands outside a cover.
pub(crate) fn assert_covered(body: &Value, what: &str) {
    for (path, text) in surfaces(body) {
        assert!(!has_canary(&text), "{what}: {path} shows {text}");
    }
}

fn collect(value: &Value, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) if is_covered_place(path) => {
            found.push((path.to_owned(), shown(text, Flavour::Full)));
        }
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                collect(item, &format!("{path}[{place}]"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                collect(field, &format!("{path}.{name}"), found);
            }
        }
        _ => {}
    }
}
