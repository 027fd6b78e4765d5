//! Mentions, timestamps and emoji: what stands between angle brackets.

use super::{Mention, Node};

/// What stands between angle brackets (Discord's reference, "Message Formatting").
pub(super) fn mention(inside: &str) -> Option<Node> {
    let id = |id: &str| {
        (!id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())).then(|| id.to_owned())
    };
    let user = |text: &str| id(text).map(|id| Node::Mention(Mention::User { id }));
    if let Some(rest) = inside.strip_prefix("@&") {
        return id(rest).map(|id| Node::Mention(Mention::Role { id }));
    }
    if let Some(rest) = inside.strip_prefix("@!") {
        return user(rest);
    }
    if let Some(rest) = inside.strip_prefix('@') {
        return user(rest);
    }
    if let Some(rest) = inside.strip_prefix('#') {
        return id(rest).map(|id| Node::Mention(Mention::Channel { id }));
    }
    if let Some(rest) = inside.strip_prefix('/') {
        let (name, number) = rest.split_once(':')?;
        let fits = !name.is_empty() && name.chars().count() <= 100 && !name.contains(['<', '\n']);
        return id(number).filter(|_| fits).map(|id| {
            Node::Mention(Mention::Command {
                name: name.to_owned(),
                id,
            })
        });
    }
    if let Some(rest) = inside.strip_prefix("t:") {
        let (seconds, style) = match rest.split_once(':') {
            Some((seconds, style)) => (seconds, Some(style)),
            None => (rest, None),
        };
        let style = match style {
            None => None,
            Some(style) if style.len() == 1 => {
                style.chars().next().filter(char::is_ascii_alphabetic)
            }
            Some(_) => return None,
        };
        let digits = seconds.strip_prefix('-').unwrap_or(seconds);
        id(digits).filter(|digits| digits.len() <= 13)?;
        return Some(Node::Timestamp {
            seconds: seconds.parse().ok()?,
            style,
        });
    }
    if let Some(rest) = inside.strip_prefix("id:") {
        let name = rest.split_once(':').map_or(rest, |(name, _)| name);
        let fits = !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        return fits.then(|| {
            Node::Mention(Mention::Page {
                name: name.to_owned(),
            })
        });
    }
    let (animated, rest) = match inside.strip_prefix("a:") {
        Some(rest) => (true, rest),
        None => (false, inside.strip_prefix(':')?),
    };
    let (name, number) = rest.split_once(':')?;
    let word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    id(number).filter(|_| word).map(|id| Node::Emoji {
        name: name.to_owned(),
        id,
        animated,
    })
}
