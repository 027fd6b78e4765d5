//! A reply in the terminal, endings covered as well.

use std::fmt::Write as _;

use super::{Block, Button, Control, Covered, PublicText, Reply};

/// How wide lines may be.
const WIDTH: usize = 88;

/// Renders a reply as plain text. Covered text shows as a bar with its length in words, unless
/// `reveal` or the reply itself lifts the covers.
pub fn render(reply: &Reply, reveal: bool) -> String {
    let mut out = String::new();
    let reveal = reveal || reply.lifted.is_some();
    heading(&mut out, &reply.title, '=');
    if let Some(lifted) = reply.lifted {
        paragraph(&mut out, lifted.reason(), "");
    }
    let mut in_list = false;
    for block in &reply.blocks {
        let bullet = matches!(block, Block::Bullet(_))
            || matches!(block, Block::Covered(covered) if covered.bullet);
        if in_list && !bullet {
            out.push('\n');
        }
        in_list = bullet;
        match block {
            Block::Heading(words) => heading(&mut out, words, '-'),
            Block::Line(words) => paragraph(&mut out, words.as_str(), ""),
            Block::Bullet(words) => paragraph(&mut out, words.as_str(), "• "),
            Block::Covered(covered) => paragraph(
                &mut out,
                &cover(covered, reveal),
                if covered.bullet { "• " } else { "" },
            ),
            Block::Source(source) => {
                // An address tends to repeat the article's title: only its site is shown.
                let site = |url: &str| {
                    url.match_indices('/')
                        .nth(2)
                        .map_or(url.len(), |(end, _)| end + 1)
                };
                let url = source
                    .url
                    .as_deref()
                    .map(|url| if reveal { url } else { &url[..site(url)] });
                let url = url.map(|url| format!(" <{url}>")).unwrap_or_default();
                paragraph(
                    &mut out,
                    &format!("Source: {}{url}", source.words.as_str()),
                    "",
                );
            }
        }
    }
    if in_list {
        out.push('\n');
    }
    if let Some(footer) = &reply.footer {
        paragraph(&mut out, &format!("[{}]", footer.as_str()), "");
    }
    for control in &reply.controls {
        if let Control::Menu {
            placeholder,
            options,
        } = control
        {
            let labels: Vec<_> = options.iter().map(|option| option.label.as_str()).collect();
            paragraph(
                &mut out,
                &format!("{}: {}", placeholder.as_str(), labels.join(" | ")),
                "",
            );
        }
    }
    let buttons = reply.controls.iter().filter_map(|control| match control {
        Control::Buttons(buttons) => Some(buttons),
        Control::Menu { .. } => None,
    });
    let labels: Vec<String> = buttons
        .flatten()
        .map(|Button { label, .. }| format!("({})", label.as_str()))
        .collect();
    if !labels.is_empty() {
        paragraph(&mut out, &labels.join(" "), "");
    }
    out
}

fn cover(covered: &Covered, reveal: bool) -> String {
    let film = covered.film.as_ref().map(PublicText::as_str);
    let label = covered
        .label
        .as_ref()
        .map(|label| PublicText::new(label.reveal()));
    let text = PublicText::new(covered.text.reveal());
    let parts: Vec<&str> = [
        film,
        label.as_ref().map(PublicText::as_str),
        Some(text.as_str()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if reveal {
        return parts.join(": ");
    }
    let words: usize = parts
        .iter()
        .map(|part| part.split_whitespace().count())
        .sum();
    // Rounded, because the length of a short answer tells which it is.
    let about = words.div_ceil(10).max(1) * 10;
    format!("▓▓▓▓▓▓▓▓ covered, about {about} words ▓▓▓▓▓▓▓▓")
}

fn heading(out: &mut String, words: &PublicText, line: char) {
    if !words.is_empty() {
        let rule: String =
            std::iter::repeat_n(line, words.as_str().chars().count().min(WIDTH)).collect();
        let _ = writeln!(out, "{}\n{rule}", words.as_str());
    }
}

fn paragraph(out: &mut String, text: &str, mark: &str) {
    let indent = " ".repeat(mark.chars().count());
    let mut line = mark.to_owned();
    for word in text.split_whitespace() {
        let empty = line.chars().count() == indent.len();
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(out, "{line}");
            line.clone_from(&indent);
        }
        if line.chars().count() > indent.len() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "{line}{}", if mark.is_empty() { "\n" } else { "" });
}
