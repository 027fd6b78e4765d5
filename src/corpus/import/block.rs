//! Plain text to blocks: one per paragraph, bullet or heading line. Which of them belong to the
//! article is decided elsewhere; Markdown and HTML would end in the same blocks.

use std::sync::LazyLock;

use regex::Regex;

use super::line;

/// One paragraph, bullet or other line, cleaned, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Where it begins, from 1.
    pub(super) line: usize,
    pub(super) form: Form,
    pub(super) text: String,
    /// Whether a blank line, or nothing, stands before it.
    pub(super) apart: bool,
}

/// What the marks of a line say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// No mark: a paragraph, a heading or a part of the page.
    Plain,
    /// An item of a list.
    Bullet,
    /// Marked as a heading.
    Heading,
}

impl Block {
    pub(super) fn is_bullet(&self) -> bool {
        self.form == Form::Bullet
    }
}

/// Splits a text into blocks; hard-wrapped lines are joined.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let lines: Vec<Line> = text.lines().map(Line::new).collect();
    let width = wrap_width(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut apart = true;
    let mut mark = None;
    let mut last_width = 0;
    for (position, next) in lines.iter().enumerate() {
        if next.text.is_empty() {
            apart = true;
            continue;
        }
        if next.form == Form::Bullet && next.text.chars().all(is_bullet_mark) {
            mark = Some(position); // the text of a lone mark stands on the next line
            continue;
        }
        let lone_mark = mark.take();
        let joins = width.is_some_and(|width| last_width + 1 + next.first_word() > width)
            && !apart
            && lone_mark.is_none()
            && next.form == Form::Plain
            && blocks
                .last()
                .is_some_and(|block| block.form != Form::Heading);
        last_width = next.width;
        match blocks.last_mut() {
            Some(block) if joins => {
                block.text.push(' ');
                block.text.push_str(&next.text);
            }
            _ => blocks.push(Block {
                line: lone_mark.unwrap_or(position) + 1,
                form: if lone_mark.is_some() {
                    Form::Bullet
                } else {
                    next.form
                },
                text: next.text.clone(),
                apart,
            }),
        }
        apart = false;
    }
    blocks
}

struct Line {
    form: Form,
    text: String,
    /// Characters with the indent and the mark.
    width: usize,
}

impl Line {
    fn new(raw: &str) -> Self {
        static MARKED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^(?:(?P<heading>#{1,6})|(?P<number>\d{1,2}[.)])|[*+–—-]|[•‣◦▪●·]\s*)\s+(?P<text>.+)$|^[•‣◦▪●](?P<glued>.+)$")
                .expect("a valid pattern")
        });
        let width = raw.trim_end().chars().count();
        let text = clean(raw);
        let new = |form, text: &str| Self {
            form,
            text: text.trim().to_owned(),
            width,
        };
        if text.chars().count() == 1 && text.chars().all(is_bullet_mark) {
            return new(Form::Bullet, &text);
        }
        let Some(found) = MARKED.captures(&text) else {
            return new(Form::Plain, &text);
        };
        let rest = found
            .name("text")
            .or(found.name("glued"))
            .map_or("", |rest| rest.as_str());
        if !rest.chars().any(char::is_alphanumeric) {
            new(Form::Plain, &text) // a ruler: `* * *`
        } else if found.name("heading").is_some() {
            new(Form::Heading, rest.trim_end_matches('#'))
        } else if found.name("number").is_some() && !line::is_sentence(rest) {
            new(Form::Plain, &text) // a numbered heading
        } else {
            new(Form::Bullet, rest)
        }
    }

    fn first_word(&self) -> usize {
        self.text
            .split(' ')
            .next()
            .map_or(0, |word| word.chars().count())
    }
}

fn is_bullet_mark(c: char) -> bool {
    "•‣◦▪●·*–—-".contains(c)
}

/// Folds white space and drops what cannot be seen: controls, zero-width characters, soft hyphens
/// and marks that turn the direction of writing. Joiners stay; some scripts and emoji need them.
fn clean(raw: &str) -> String {
    let kept: String = raw
        .chars()
        .filter(|c| c.is_whitespace() || !c.is_control())
        .filter(|c| {
            !matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
                | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
        })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The width at which lines were broken by a machine, if they were: all are short, and many go on
/// in the middle of a sentence.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    const WIDEST: usize = 100;
    let width = lines.iter().map(|line| line.width).max()?;
    let pairs = || {
        lines
            .windows(2)
            .filter(|pair| !pair[0].text.is_empty() && pair[1].form == Form::Plain)
            .filter(|pair| !pair[1].text.is_empty())
    };
    let going_on = pairs()
        .filter(|pair| {
            !line::ends_sentence(&pair[0].text)
                && pair[1].text.starts_with(char::is_lowercase)
                && pair[0].width + 1 + pair[1].first_word() > width
        })
        .count();
    (width <= WIDEST && going_on >= 3 && going_on * 4 >= pairs().count()).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<(Form, String)> {
        parse(text)
            .into_iter()
            .map(|block| (block.form, block.text))
            .collect()
    }

    #[test]
    fn each_line_is_a_block_and_marks_say_which() {
        let text = "# The Lake\nA plain line.\r\n  • First \t one\n- Second one\n12) It ends there.\n1. The Boat\n•Glued\n* * *";

        let expected = [
            (Form::Heading, "The Lake"),
            (Form::Plain, "A plain line."),
            (Form::Bullet, "First one"),
            (Form::Bullet, "Second one"),
            (Form::Bullet, "It ends there."),
            (Form::Plain, "1. The Boat"),
            (Form::Bullet, "Glued"),
            (Form::Plain, "* * *"),
        ];
        assert_eq!(
            forms(text),
            expected.map(|(form, text)| (form, text.to_owned()))
        );
    }

    #[test]
    fn a_bullet_may_stand_alone_on_its_line() {
        let blocks = parse("One.\n-\nTwo.\n\n•\n\nThree.");

        let shown: Vec<_> = blocks.iter().map(|b| (b.line, b.is_bullet())).collect();
        assert_eq!(shown, [(1, false), (2, true), (5, true)]);
    }

    #[test]
    fn hard_wrapped_lines_are_joined_up_to_the_end_of_a_paragraph() {
        let text = "The keeper of the lighthouse rows out to the wreck at\n\
                    night, because nobody else would have gone so far for\n\
                    a stranger and his dog.\n\
                    In the morning the boat lies empty on the sand, and a\n\
                    lamp is burning in it, though there is no oil left to\n\
                    burn anywhere on the whole island.\n\
                    - A first thing that was found on the beach was\n  the glove.";

        let blocks = parse(text);

        let lines: Vec<_> = blocks.iter().map(|block| block.line).collect();
        assert_eq!(lines, [1, 4, 7, 8], "{blocks:?}");
        assert!(blocks[1].text.ends_with("the whole island."));
    }

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        assert_eq!(
            forms("\u{feff}A\u{7} b\u{200b}oat\u{a0}\u{202e}sinks"),
            [(Form::Plain, "A boat sinks".to_owned())]
        );
    }
}
