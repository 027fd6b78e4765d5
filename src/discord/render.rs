//! A reply as Discord's message JSON. All of Discord's limits and all escaping live here: text is
//! shortened first, then escaped, then covered.

use std::borrow::Cow;

use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation;

use crate::reply::{
    Audience, Block, Button, Choice, Control, Covered, MenuOption, Press, PublicText, Reply,
    SourceLine, is_bidi,
};

use super::components;

/// Discord's limits, in UTF-16 code units ("Embed Limits", "Button Structure", "Select Option
/// Structure", "Application Command Option Choice Structure").
mod limit {
    pub(super) const TITLE: usize = 256;
    pub(super) const DESCRIPTION: usize = 4_096;
    pub(super) const FOOTER: usize = 2_048;
    pub(super) const BUTTON: usize = 80;
    pub(super) const OPTION: usize = 100;
    pub(super) const PLACEHOLDER: usize = 150;
    pub(super) const CHOICE: usize = 100;
    pub(super) const CHOICES: usize = 25;
}

/// Only the person who asked sees the message.
pub(super) const EPHEMERAL: u64 = 1 << 6;
/// The message notifies nobody.
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
/// A heading or a source; a film's title has up to 300 characters.
const LINE: usize = 400;
/// A paragraph that anyone may read: a page holds 1,500 units before escaping.
const PARAGRAPH: usize = 3_100;
/// Below this many units the width of a cover tells what is under it.
const TELLING: usize = 24;
const PADDING: &str = " (that is all it says)";
/// Longer addresses are not linked: they would crowd out the text.
const LINK: usize = 512;
const SOURCE: &str = "Source:";
const LINK_WORDS: &str = "open the article";
const PUBLIC_LINE: &str = "A covered answer. Tap a cover only if you want to know how it ends.";
const MORE: &str = "\n\n…and more.";
/// The words that every message may hold, whatever covered text says; ids are among them.
pub(super) const OWN_WORDS: &[&str] = &[
    SOURCE,
    LINK_WORDS,
    PUBLIC_LINE,
    MORE,
    PADDING,
    "show",
    "sure",
    "post",
    "delete",
    "menu",
];
const COLOUR: u32 = 0x00B3_261E;

/// The message of a reply.
pub(super) fn message(reply: &Reply, to: Audience) -> Value {
    let mut message = Map::new();
    if to == Audience::Public {
        message.insert("content".into(), PUBLIC_LINE.into());
    }
    message.insert("embeds".into(), json!([embed(reply)]));
    message.insert("components".into(), components(reply));
    message.insert("allowed_mentions".into(), json!({ "parse": [] }));
    message.insert(
        "flags".into(),
        json!(match to {
            Audience::Private => EPHEMERAL,
            Audience::Public => SUPPRESS_NOTIFICATIONS,
        }),
    );
    Value::Object(message)
}

/// Suggestions as an autocomplete takes them.
pub(super) fn choices(choices: &[Choice]) -> Value {
    let fits = |choice: &&Choice| {
        !choice.name.is_empty() && (1..=limit::CHOICE).contains(&length(&choice.value))
    };
    let choices = choices.iter().filter(fits).take(limit::CHOICES);
    let choices: Vec<Value> = choices
        .map(|choice| json!({ "name": plain(&choice.name, limit::CHOICE), "value": choice.value }))
        .collect();
    json!({ "choices": choices })
}

fn embed(reply: &Reply) -> Value {
    let mut embed = Map::new();
    if !reply.title.is_empty() {
        embed.insert("title".into(), fitted(&reply.title, limit::TITLE).into());
    }
    embed.insert("description".into(), description(reply).into());
    embed.insert("color".into(), COLOUR.into());
    if let Some(url) = &reply.picture {
        embed.insert("thumbnail".into(), json!({ "url": url }));
    }
    if let Some(footer) = reply.footer.as_ref().filter(|footer| !footer.is_empty()) {
        embed.insert(
            "footer".into(),
            json!({ "text": plain(footer, limit::FOOTER) }),
        );
    }
    Value::Object(embed)
}

/// The blocks, as many as fit; a block is never cut here, because a cut might open a cover.
fn description(reply: &Reply) -> String {
    let mut text = String::new();
    let mut was_bullet = false;
    let lifted = reply
        .lifted
        .map(|lifted| (format!("*{}*", lifted.reason()), false));
    let blocks = reply.blocks.iter().map(|block| match block {
        Block::Heading(words) => (format!("**{}**", fitted(words, LINE)), false),
        Block::Line(words) => (fitted(words, PARAGRAPH), false),
        Block::Bullet(words) => (format!("• {}", fitted(words, PARAGRAPH)), true),
        Block::Covered(covered) => (cover(covered, reply.lifted.is_none()), covered.bullet),
        Block::Source(source) => (self::source(source, reply.lifted.is_none()), false),
    });
    for (block, bullet) in lifted.into_iter().chain(blocks) {
        let space = match (text.is_empty(), bullet && was_bullet) {
            (true, _) => "",
            (false, true) => "\n",
            (false, false) => "\n\n",
        };
        if length(&text) + length(space) + length(&block) + length(MORE) > limit::DESCRIPTION {
            text.push_str(MORE);
            break;
        }
        text.push_str(space);
        text.push_str(&block);
        was_bullet = bullet;
    }
    text
}

/// One paragraph under a cover: label and text in one spoiler, so that nothing straddles a bar.
fn cover(covered: &Covered, closed: bool) -> String {
    let film = covered
        .film
        .as_ref()
        .map(|film| format!("**{}** · ", spoiler_text(film.as_str())));
    let label = covered
        .label
        .as_ref()
        .map(|label| spoiler_text(label.reveal()))
        .filter(|label| !label.is_empty());
    let label = label.map(|label| format!("**{label}** · "));
    let text = spoiler_text(covered.text.reveal());
    let bullet = if covered.bullet { "• " } else { "" };
    let mut whole = format!(
        "{bullet}{}{}{text}",
        film.unwrap_or_default(),
        label.unwrap_or_default()
    );
    if text.is_empty() {
        whole.push('…');
    }
    if length(&whole) < TELLING {
        whole.push_str(PADDING);
    }
    if closed {
        format!("||{whole}||")
    } else {
        whole
    }
}

/// Plot text as it may stand between bars: one line, no bar, no mark at its start, nothing that
/// markdown would act on, no control and nothing that turns the direction of what follows.
fn spoiler_text(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control() && !is_bidi(*c))
        .collect();
    // Invisible at an edge, or between two bars, they would only hide something.
    let is_edge = |c: char| {
        c.is_whitespace()
            || c == '\\'
            || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
    };
    let line =
        line.trim_start_matches(|c: char| is_edge(c) || matches!(c, '#' | '-' | '*' | '>' | '+'));
    escape(line.trim_matches(is_edge))
}

/// Escapes what Discord's markdown acts on, and turns every bar into a broken bar. The result is
/// at most twice as long.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    let mut counting = true; // only digits so far, as in "1."
    for (position, c) in text.char_indices() {
        match c {
            '|' => escaped.push('¦'),
            '\\' | '*' | '_' | '~' | '`' | '[' | ']' | '<' | '>' | '@' | '#' => {
                escaped.extend(['\\', c]);
            }
            '-' | '+' if position == 0 => escaped.extend(['\\', c]),
            '.' | ')' if counting && position > 0 => escaped.extend(['\\', c]),
            // "https:" before "//" would become a link that swallows what follows.
            ':' if text[position..].starts_with("://") && before.is_alphanumeric() => {
                escaped.extend(['\\', c]);
            }
            _ => escaped.push(c),
        }
        counting &= c.is_ascii_digit();
        before = c;
    }
    escaped
}

/// Public text, shortened, for places with markdown. Our own words may use it.
fn fitted(words: &PublicText, limit: usize) -> String {
    if words.is_own() {
        return plain(words, limit);
    }
    let at = |room: usize| escape(&shortened(words.as_str(), room));
    let (mut fits, mut over) = (0, limit + 1);
    while over - fits > 1 {
        let room = usize::midpoint(fits, over);
        if length(&at(room)) <= limit {
            fits = room;
        } else {
            over = room;
        }
    }
    at(fits)
}

/// Public text, shortened, for places without markdown.
fn plain(words: &PublicText, limit: usize) -> String {
    shortened(words.as_str(), limit).into_owned()
}

fn shortened(text: &str, limit: usize) -> Cow<'_, str> {
    if length(text) <= limit {
        return Cow::Borrowed(text);
    }
    let mut short = String::new();
    let mut units = 1; // the ellipsis
    for grapheme in text.graphemes(true) {
        units += length(grapheme);
        if units > limit {
            break;
        }
        short.push_str(grapheme);
    }
    Cow::Owned(short.trim_end().to_owned() + "…")
}

/// The source with a link. An article's address tends to repeat its title, so it is under a cover
/// unless it is that of the whole site.
fn source(source: &SourceLine, closed: bool) -> String {
    let words = fitted(&source.words, LINE);
    let Some(url) = source.url.as_ref().filter(|url| length(url) <= LINK) else {
        return format!("{SOURCE} {words}");
    };
    let address = url.replace('(', "%28").replace(')', "%29");
    let path = url
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or("", |(_, path)| path);
    match (path, closed) {
        ("", _) => format!("{SOURCE} [{words}](<{address}>)"),
        (_, true) => format!("{SOURCE} {words} · ||[{LINK_WORDS}](<{address}>)||"),
        (_, false) => format!("{SOURCE} {words} · [{LINK_WORDS}](<{address}>)"),
    }
}

fn components(reply: &Reply) -> Value {
    let rows = reply
        .controls
        .iter()
        .enumerate()
        .filter_map(|(row, control)| match control {
            Control::Menu { options, .. } if options.is_empty() => None,
            Control::Menu {
                placeholder,
                options,
            } => Some(json!({ "type": 1, "components": [{
            "type": 3,
            "custom_id": format!("menu {row}"),
            "placeholder": plain(placeholder, limit::PLACEHOLDER),
            "options": options.iter().map(option).collect::<Vec<_>>(),
        }] })),
            Control::Buttons(buttons) if buttons.is_empty() => None,
            Control::Buttons(buttons) => Some(
                json!({ "type": 1, "components": buttons.iter().map(button).collect::<Vec<_>>() }),
            ),
        });
    Value::Array(rows.collect())
}

fn option(option: &MenuOption) -> Value {
    json!({
        "label": plain(&option.label, limit::OPTION),
        "value": components::encode(&Press::Show(option.view.clone())),
        "default": option.current,
    })
}

fn button(button: &Button) -> Value {
    const SECONDARY: u8 = 2;
    const DANGER: u8 = 4;
    let style = if button.press == Press::Delete {
        DANGER
    } else {
        SECONDARY
    };
    json!({
        "type": 2,
        "style": style,
        "label": plain(&button.label, limit::BUTTON),
        "custom_id": components::encode(&button.press),
    })
}

/// The length of a text as Discord counts, on the safe side: UTF-16 code units.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Spoiler;

    fn covered(text: &str) -> String {
        cover(
            &Covered {
                film: None,
                label: None,
                text: Spoiler::new(text),
                bullet: false,
            },
            true,
        )
    }

    #[test]
    fn a_cover_holds_no_bar_and_no_mark_that_acts() {
        let cover =
            covered("# ||a\\|| `b||` **c** [d](https://e.f/||) @everyone <@1> long enough\\");

        assert_eq!(
            cover,
            "||¦¦a\\\\¦¦ \\`b¦¦\\` \\*\\*c\\*\\* \\[d\\](https\\://e.f/¦¦) \\@everyone \\<\\@1\\> long enough||"
        );
    }

    #[test]
    fn a_short_answer_does_not_show_by_its_width() {
        assert_eq!(covered("Yes."), "||Yes. (that is all it says)||");
        assert_eq!(covered("\u{200B}\\"), "||… (that is all it says)||");
    }

    #[test]
    fn public_text_is_shortened_before_it_is_escaped() {
        let words = PublicText::new(&"*".repeat(300));

        let title = fitted(&words, limit::TITLE);

        assert!(length(&title) <= limit::TITLE, "{}", length(&title));
        assert!(title.ends_with("\\*…"), "{title}");
    }

    #[test]
    fn a_description_drops_whole_blocks_rather_than_open_a_cover() {
        let block = || {
            Block::Covered(Covered {
                film: None,
                label: None,
                text: Spoiler::new("zorblax ".repeat(60)),
                bullet: true,
            })
        };
        let reply = Reply {
            blocks: (0..20).map(|_| block()).collect(),
            ..Reply::default()
        };

        let description = description(&reply);

        assert!(length(&description) <= limit::DESCRIPTION);
        assert_eq!(description.matches("||").count() % 2, 0);
        assert!(description.ends_with("…and more."));
    }
}
