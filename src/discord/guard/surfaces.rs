//! Every text of a message body, with where it stands and how Discord shows it. Known places are
//! named; a string anywhere else counts as plain text, so that nothing new slips through.

use std::borrow::Cow;

use serde_json::Value;

use crate::discord::markdown::Flavour;

/// How a text reaches people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// With markdown: covers hide.
    Marked(Flavour),
    /// Drawn as it is, or in doubt about it.
    Plain,
    /// Not drawn, but readable: ids, values, addresses.
    Beneath,
}

/// A text of the body.
#[derive(Debug)]
pub(super) struct Surface<'a> {
    /// As in `data.embeds[0].description`.
    pub(super) path: String,
    /// The text; addresses are decoded.
    pub(super) text: Cow<'a, str>,
    /// How it is shown.
    pub(super) shown: Shown,
    /// Whether it is an embed's description or a field's value, the places where a lifted cover
    /// may lay text open.
    pub(super) liftable: bool,
}

/// All texts in the order in which Discord draws them.
pub(super) fn surfaces<'a>(body: &'a Value, path: &str) -> Vec<Surface<'a>> {
    let mut found = Vec::new();
    walk(body, path, &[], &mut found);
    found
}

/// An embed's parts as they are drawn, whatever their order in the object.
const DRAWN: [&str; 9] = [
    "content",
    "author",
    "title",
    "label",
    "name",
    "description",
    "value",
    "fields",
    "footer",
];

fn walk<'a>(value: &'a Value, path: &str, keys: &[&str], found: &mut Vec<Surface<'a>>) {
    match value {
        Value::String(text) if !text.is_empty() => found.push(surface(text, path, keys)),
        Value::Array(list) => {
            for (position, value) in list.iter().enumerate() {
                walk(value, &format!("{path}[{position}]"), keys, found);
            }
        }
        Value::Object(object) => {
            let mut parts: Vec<_> = object.iter().collect();
            parts.sort_by_key(|(key, _)| {
                DRAWN
                    .iter()
                    .position(|drawn| drawn == key)
                    .unwrap_or(DRAWN.len())
            });
            for (key, value) in parts {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                let keys: Vec<&str> = keys.iter().copied().chain([key.as_str()]).collect();
                walk(value, &path, &keys, found);
            }
        }
        _ => {}
    }
}

fn surface<'a>(text: &'a str, path: &str, keys: &[&str]) -> Surface<'a> {
    let (shown, liftable) = match keys {
        [.., "embeds", "description"] => (Shown::Marked(Flavour::Full), true),
        [.., "embeds", "fields", "value"] => (Shown::Marked(Flavour::FieldValue), true),
        // A message's content, or a text display's.
        [.., "content"] => (Shown::Marked(Flavour::Full), false),
        [.., "choices" | "options", "value"]
        | [
            ..,
            "custom_id" | "url" | "icon_url" | "proxy_url" | "id" | "timestamp",
        ] => (Shown::Beneath, false),
        _ => (Shown::Plain, false),
    };
    let address = text.contains('%') && shown == Shown::Beneath;
    Surface {
        path: path.to_owned(),
        text: if address {
            Cow::Owned(decoded(text))
        } else {
            Cow::Borrowed(text)
        },
        shown,
        liftable,
    }
}

/// An address without its `%20`.
pub(super) fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut p = 0;
    while p < bytes.len() {
        let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
        if bytes[p] == b'%'
            && let (Some(high), Some(low)) = (hex(bytes.get(p + 1)), hex(bytes.get(p + 2)))
        {
            out.push((high * 16 + low) as u8);
            p += 3;
        } else {
            out.push(bytes[p]);
            p += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
