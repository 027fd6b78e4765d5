//! The last gate: reads a finished message body as Discord's client would and refuses one that
//! shows what must stay covered. It knows texts, not replies; making a body is not here.
//!
//! Which places honour markdown is from Discord's documentation (message, embed, component and poll
//! objects); where it is silent, a place counts as plain text, in which a bar hides nothing.

mod fold;
mod runs;
mod surfaces;

use serde_json::Value;
use thiserror::Error;

use super::markdown;
use crate::corpus::Spoiler;
use runs::{Piece, Runs};
use surfaces::{Shown, Surface};

/// What a reply holds back, and what it may say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Secrets<'a> {
    /// The spoilers the reply was made from, whole: not only the part it covers.
    pub spoilers: &'a [&'a Spoiler],
    /// Public texts: titles, years, aliases, names of sources, our own sentences. A run of words
    /// that lies wholly inside one of them is no leak.
    pub allowed: &'a [&'a str],
    /// Single words that may stand anywhere although a spoiler of one word is the same.
    pub words: &'a [&'a str],
    /// Why the reply lifts its covers, if it does: the sentence it must show.
    pub lifted: Option<&'a str>,
}

/// Why a body may not be sent. Says where, never what: it goes to the log.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Leak {
    /// Words of a spoiler stand in a row outside a cover.
    #[error("`{path}` shows {words} words in a row of a spoiler")]
    Words {
        /// Where in the body.
        path: String,
        /// How many: 4, or all of a shorter spoiler.
        words: usize,
    },
    /// Words of a spoiler stand in a row over neighbouring texts.
    #[error("`{path}` and `{next}` together show {words} words in a row of a spoiler")]
    Across {
        /// Where the run begins.
        path: String,
        /// Where it ends.
        next: String,
        /// How many.
        words: usize,
    },
    /// The marks of a cover are seen as text, so what they should cover may be seen, too.
    #[error("`{path}` shows spoiler bars as text")]
    Bars {
        /// Where in the body.
        path: String,
    },
    /// The message could notify somebody.
    #[error("`{path}` is not `{{\"parse\": []}}`, so the message could mention people")]
    Mentions {
        /// Where it should be in the body.
        path: String,
    },
    /// The flag that hides embeds is set on a message whose answer is in its embeds.
    #[error("`{path}` has SUPPRESS_EMBEDS set, which hides the answer")]
    Suppressed {
        /// Where in the body.
        path: String,
    },
    /// The message would be read aloud.
    #[error("`{path}` is set, so covered words would be read aloud")]
    Aloud {
        /// Where in the body.
        path: String,
    },
    /// An address in the content makes Discord show a preview of the page.
    #[error("`{path}` has a link that unfurls; write it in angle brackets or in an embed")]
    Unfurls {
        /// Where in the body.
        path: String,
    },
    /// Covers are lifted in a message that others see.
    #[error("covers are lifted in a message that is not private")]
    NotPrivate,
    /// Covers are lifted and the message does not say why.
    #[error("covers are lifted and no shown text gives the reason")]
    NoReason,
}

const SUPPRESS_EMBEDS: u64 = 1 << 2;
const EPHEMERAL: u64 = 1 << 6;
/// Marks of inline markdown.
const INLINE: [char; 5] = ['*', '_', '~', '`', '\\'];

/// Judges a body that is about to be sent: an interaction response (`{"type", "data"}`), a message,
/// an edit or a follow-up, a modal, choices, or a thread.
///
/// # Errors
///
/// Every leak found. A body with one must not be sent, in part or whole.
pub fn guard(body: &Value, secrets: &Secrets<'_>) -> Result<(), Vec<Leak>> {
    let mut leaks = Vec::new();
    let (data, path) = message(body);
    conduct(body, data, path, &mut leaks);
    let surfaces = surfaces::surfaces(data, path);
    if let Some(reason) = secrets.lifted {
        lifted(data, &surfaces, reason, &mut leaks);
    }
    let mut pieces = Vec::new();
    for surface in &surfaces {
        let judged = secrets.lifted.is_none() || !surface.liftable;
        pieces.extend(read(surface, judged, &mut leaks));
    }
    Runs::new(secrets).judge(&pieces, &mut leaks);
    if leaks.is_empty() { Ok(()) } else { Err(leaks) }
}

/// The part of a body that holds a message, modal or choices, and its path.
fn message(body: &Value) -> (&Value, &'static str) {
    match body.get("data") {
        Some(data) if data.is_object() && body.get("type").is_some_and(Value::is_u64) => {
            (data, "data")
        }
        _ => (body, ""),
    }
}

/// Rules that need no reading: mentions, flags, speech, links that unfurl.
fn conduct(body: &Value, data: &Value, path: &str, leaks: &mut Vec<Leak>) {
    let at = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    if let Some(message) = data.get("message").filter(|message| message.is_object()) {
        // A forum post carries its first message within.
        conduct(message, message, &at("message"), leaks);
    }
    let flags = data.get("flags").and_then(Value::as_u64).unwrap_or(0);
    let filled = |key: &str| {
        data.get(key)
            .is_some_and(|list| !list.as_array().is_some_and(Vec::is_empty))
    };
    if must_not_mention(body, data) && !mentions_nobody(data.get("allowed_mentions")) {
        leaks.push(Leak::Mentions {
            path: at("allowed_mentions"),
        });
    }
    if flags & SUPPRESS_EMBEDS != 0 && filled("embeds") {
        leaks.push(Leak::Suppressed { path: at("flags") });
    }
    if data
        .get("tts")
        .is_some_and(|tts| tts != &Value::Bool(false))
    {
        leaks.push(Leak::Aloud { path: at("tts") });
    }
    let content = data.get("content").and_then(Value::as_str).unwrap_or("");
    if unfurls(content) {
        leaks.push(Leak::Unfurls {
            path: at("content"),
        });
    }
}

/// Whether the body is a message or an edit of one (Discord's reference, "Interaction Callback
/// Type": 4 and 7), not a modal, choices, a thread's name or a deferral.
fn must_not_mention(body: &Value, data: &Value) -> bool {
    let has = |key: &str| data.get(key).is_some();
    let speaks = has("content") || has("embeds") || has("poll") || has("attachments");
    if !std::ptr::eq(body, data) {
        return match body.get("type").and_then(Value::as_u64) {
            Some(4 | 7) => true,
            Some(8 | 9) => false,
            _ => speaks || has("components"),
        };
    }
    if has("choices") || (has("title") && has("custom_id")) {
        return false;
    }
    let wordless = !speaks && !has("components");
    let thread = wordless && has("name");
    let callback = wordless && body.get("type").is_some_and(Value::is_u64);
    !(thread || callback)
}

fn mentions_nobody(allowed: Option<&Value>) -> bool {
    let Some(Value::Object(allowed)) = allowed else {
        return false;
    };
    let empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    allowed.get("parse").is_some_and(empty)
        && allowed.iter().all(|(key, value)| match key.as_str() {
            "replied_user" => value == &Value::Bool(false),
            _ => empty(value),
        })
}

/// Whether an address stands in a message's content outside angle brackets. Which links unfurl is
/// decided on Discord's side, so code and covers do not excuse one (discord-api-docs#1235).
fn unfurls(content: &str) -> bool {
    let lower = content.to_ascii_lowercase();
    lower.match_indices("://").any(|(at, _)| {
        let scheme = ["https", "http"]
            .iter()
            .find(|scheme| lower[..at].ends_with(*scheme));
        scheme.is_some_and(|scheme| {
            let bracketed = lower[..at - scheme.len()].ends_with('<');
            let rest = &lower[at..];
            let close = rest.find(|c: char| c == '>' || c == '<' || c.is_whitespace());
            !(bracketed && close.is_some_and(|close| rest[close..].starts_with('>')))
        })
    })
}

/// A lifted cover must be private and say why (`design.md`, section 4, rules 2 and 6).
fn lifted(data: &Value, surfaces: &[Surface<'_>], reason: &str, leaks: &mut Vec<Leak>) {
    let flags = data.get("flags").and_then(Value::as_u64).unwrap_or(0);
    if flags & EPHEMERAL == 0 {
        leaks.push(Leak::NotPrivate);
    }
    let reason = fold::folded(reason);
    let said = |text: &str| {
        let words = fold::folded(text);
        words.windows(reason.len()).any(|run| run == reason)
    };
    let given = !reason.is_empty()
        && surfaces.iter().any(|surface| match surface.shown {
            Shown::Marked(flavour) => markdown::readings(&surface.text, flavour)
                .iter()
                .all(|text| said(text)),
            Shown::Plain => surface.path.contains("embeds[") && said(&surface.text),
            Shown::Beneath => false,
        });
    if !given {
        leaks.push(Leak::NoReason);
    }
}

/// What a surface shows, in every reading, as words; bars that are seen are a leak at once.
fn read(surface: &Surface<'_>, judged: bool, leaks: &mut Vec<Leak>) -> Vec<Piece> {
    let raw = || surface.text.to_string();
    let mut texts = match surface.shown {
        Shown::Marked(flavour) => markdown::readings(&surface.text, flavour),
        Shown::Plain | Shown::Beneath => vec![raw()],
    };
    match surface.shown {
        // Without covers, the source shows at least what any reading does.
        Shown::Marked(_) if !surface.text.contains("||") => texts.push(raw()),
        // Titles and names of fields may draw bold and its like, and break a word with it.
        Shown::Plain if surface.text.contains(INLINE) => texts.push(raw().replace(INLINE, "")),
        _ => {}
    }
    let mut bars = surface.shown != Shown::Beneath && texts.iter().any(|text| fold::bars(text));
    let mut beneath = Vec::new();
    if let Shown::Marked(flavour) = surface.shown {
        beneath = markdown::targets(&surface.text, flavour);
        bars |= beneath.iter().any(|target| fold::bars(target));
    }
    if bars {
        leaks.push(Leak::Bars {
            path: surface.path.clone(),
        });
    }
    if !judged {
        texts.clear();
        beneath.clear();
    }
    let escaped = texts
        .iter()
        .chain(&beneath)
        .filter(|text| text.contains('%'));
    beneath.extend(
        escaped
            .map(|text| surfaces::decoded(text))
            .collect::<Vec<_>>(),
    );
    // Readings say the same in most texts; the first stands for all where texts meet.
    let drawn = usize::from(judged && surface.shown != Shown::Beneath);
    let piece = |(number, text): (usize, &String)| Piece {
        path: surface.path.clone(),
        words: fold::folded(text),
        drawn: number < drawn,
    };
    texts
        .iter()
        .chain(&beneath)
        .enumerate()
        .map(piece)
        .collect()
}

#[cfg(test)]
mod tests;
