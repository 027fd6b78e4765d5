//! Discord's markdown, read as its client reads it: a tree for drawing a message, and the text a
//! person sees without opening a cover. Escaping and writing markdown is not here.
//!
//! Discord publishes no grammar. Its client is built on simple-markdown (MIT, Khan Academy), and so
//! are the public parsers; the inline patterns follow it, the block rules follow Discord's help
//! pages and the public parsers that `dialect` names. Where those differ, the tree takes the documented reading, while [`shown`] takes every reading there is: a character
//! counts as hidden only if no reading shows it.

mod block;
mod dialect;
mod inline;
mod link;
mod mention;
mod place;
mod walk;

use serde::Serialize;

use dialect::{Dialect, Mark};

/// What kind of text a surface of a message holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// All markdown: message content, embed description, text display.
    Full,
    /// All but headings and subtext: an embed field's value (discord-api-docs#7167).
    FieldValue,
    /// No blocks: an embed's title, a field's name. Whether covers work there is documented nowhere,
    /// so [`shown`] counts them as not working (`research/spoilers.md`, "Fields and spoiler marks").
    Inline,
    /// No markdown at all: author, footer, labels, options, choices, modals, polls, names.
    Plain,
}

/// A piece of a text, as the client draws it. Serialized as `{"node": "bold", "of": […]}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "node", content = "of", rename_all = "snake_case")]
pub enum Node {
    /// Plain words.
    Text(String),
    /// `**…**`
    Bold(Vec<Node>),
    /// `*…*` or `_…_`
    Italic(Vec<Node>),
    /// `__…__`
    Underline(Vec<Node>),
    /// `~~…~~`
    Strike(Vec<Node>),
    /// `||…||`: covered until a person opens it.
    Spoiler(Vec<Node>),
    /// `` `…` ``
    Code(String),
    /// Three backticks, perhaps a language, text, three backticks.
    CodeBlock {
        /// The word after the backticks, if it stands alone on its line.
        language: Option<String>,
        /// The code, as it is.
        text: String,
    },
    /// `[label](target "title")`
    Link {
        /// What is drawn.
        label: Vec<Node>,
        /// Where it leads; shown when hovering.
        target: String,
        /// Shown when hovering.
        title: Option<String>,
    },
    /// A bare address; in message content it unfurls into a preview card.
    Url(String),
    /// `<https://…>`: an address that does not unfurl.
    Autolink(String),
    /// A person, role, channel, command or page of the server.
    Mention(Mention),
    /// `<t:1618953630:R>`
    Timestamp {
        /// Seconds since 1970.
        seconds: i64,
        /// `t`, `T`, `d`, `D`, `f`, `F` or `R`; none means `f`.
        style: Option<char>,
    },
    /// `<:name:id>` or `<a:name:id>`: an emoji of a server or of the application.
    Emoji {
        /// Its name, without colons.
        name: String,
        /// Its snowflake.
        id: String,
        /// Whether it moves.
        animated: bool,
    },
    /// `# …` to `### …`
    Heading {
        /// 1 to 3.
        level: u8,
        /// The rest of the line.
        content: Vec<Node>,
    },
    /// `-# …`
    Subtext(Vec<Node>),
    /// Lines that begin with `- `, `* ` or `1. `
    List {
        /// The first number of a numbered list.
        start: Option<u64>,
        /// Each item may hold further lists.
        items: Vec<Vec<Node>>,
    },
    /// Lines that begin with `> `, or all after `>>> `
    Quote(Vec<Node>),
    /// The end of a line.
    LineBreak,
}

/// Who or what is mentioned (Discord's reference, "Message Formatting").
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "mention", rename_all = "snake_case")]
pub enum Mention {
    /// `<@id>` or `<@!id>`
    User {
        /// The snowflake.
        id: String,
    },
    /// `<@&id>`
    Role {
        /// The snowflake.
        id: String,
    },
    /// `<#id>`
    Channel {
        /// The snowflake.
        id: String,
    },
    /// `</name:id>`
    Command {
        /// With group and subcommand: `corpus reload`.
        name: String,
        /// The snowflake.
        id: String,
    },
    /// `<id:customize>`
    Page {
        /// `customize`, `browse`, `guide` or `linked-roles`.
        name: String,
    },
    /// `@everyone`
    Everyone,
    /// `@here`
    Here,
}

/// Reads a text into a tree.
///
/// Never fails and never takes long: a text that nests deeper than any honest one, or that costs too
/// much to read, is plain text.
pub fn parse(text: &str, flavour: Flavour) -> Vec<Node> {
    if flavour == Flavour::Plain {
        return walk::plain(text);
    }
    walk::read(text, Dialect::Client, flavour, true)
        .map_or_else(|| walk::plain(text), |reading| reading.nodes)
}

/// The text that a person may see without opening a cover.
///
/// Where the known readings of a text differ, each reading's text follows on the others, so that
/// whatever any of them shows is found. Surfaces on which covers do not work show everything.
pub fn shown(text: &str, flavour: Flavour) -> String {
    readings(text, flavour).join("\n")
}

/// The text that only a person who opens covers sees, in every known reading.
pub fn hidden(text: &str, flavour: Flavour) -> String {
    let Some(marks) = marks(text, flavour) else {
        return String::new();
    };
    text.chars()
        .enumerate()
        .filter(|(at, _)| marks.iter().all(|marks| marks[*at] == Mark::Hidden))
        .map(|(_, c)| c)
        .collect()
}

/// What each reading shows, without repetition. A cover leaves a space; where a word runs on behind
/// one (`Zor||x||blax`), it is told both ways.
pub(crate) fn readings(text: &str, flavour: Flavour) -> Vec<String> {
    let Some(marks) = marks(text, flavour) else {
        return vec![text.to_owned()];
    };
    let mut shown = Vec::new();
    for marks in marks {
        let (apart, joined) = seen(text, &marks);
        for seen in [Some(apart), joined].into_iter().flatten() {
            if !shown.contains(&seen) {
                shown.push(seen);
            }
        }
    }
    shown
}

/// The targets and titles of labelled links outside covers, in every reading: they show when
/// hovering.
pub(crate) fn targets(text: &str, flavour: Flavour) -> Vec<String> {
    if matches!(flavour, Flavour::Plain | Flavour::Inline) || !text.contains("](") {
        return Vec::new();
    }
    let mut targets: Vec<String> = Dialect::for_text(text)
        .iter()
        .filter_map(|dialect| walk::read(text, *dialect, flavour, false))
        .flat_map(|reading| reading.targets)
        .collect();
    targets.sort();
    targets.dedup();
    targets
}

/// How each reading marks the characters; `None` if some reading shows everything.
fn marks(text: &str, flavour: Flavour) -> Option<Vec<Vec<Mark>>> {
    if matches!(flavour, Flavour::Plain | Flavour::Inline) {
        return None;
    }
    if !text.contains("||") {
        let reading = walk::read(text, Dialect::Client, flavour, false)?;
        return Some(vec![reading.marks]);
    }
    let mut all: Vec<Vec<Mark>> = Vec::new();
    for dialect in Dialect::for_text(text) {
        let marks = walk::read(text, *dialect, flavour, false)?.marks;
        if !all.contains(&marks) {
            all.push(marks);
        }
    }
    Some(all)
}

/// The characters marked as shown, with line ends, so that lines stay apart; a second time without a
/// space for a cover if one stands inside a word.
fn seen(text: &str, marks: &[Mark]) -> (String, Option<String>) {
    let (mut apart, mut joined) = (String::new(), String::new());
    let mut covered = false;
    let mut splits = false;
    for (c, mark) in text.chars().zip(marks) {
        match mark {
            Mark::Shown => {
                if std::mem::take(&mut covered) {
                    splits |= c.is_alphanumeric() && joined.ends_with(char::is_alphanumeric);
                    apart.push(' ');
                }
                apart.push(c);
                joined.push(c);
            }
            Mark::Syntax if c == '\n' => {
                apart.push('\n');
                joined.push('\n');
            }
            Mark::Syntax => {}
            Mark::Hidden => covered = true,
        }
    }
    (apart, splits.then_some(joined))
}

#[cfg(test)]
mod tests;
