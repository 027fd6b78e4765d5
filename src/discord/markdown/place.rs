//! Where a reader stands: what holds for the text it is in, what came before, and the nodes so far.

use super::Node;
use super::block::Bullet;
use super::dialect::Ch;

/// Where a text stands in the whole.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question the rules ask"
)]
pub(super) struct Place {
    pub(super) hidden: bool,
    pub(super) quoted: bool,
    pub(super) linked: bool,
    /// Whether inline marks count; not in a list item of paragraphs.
    pub(super) inline: bool,
    /// Whether the client takes the beginning for the start of a line.
    pub(super) line_start: bool,
    pub(super) lists: u32,
    pub(super) depth: u32,
}

impl Place {
    pub(super) const START: Self = Self {
        hidden: false,
        quoted: false,
        linked: false,
        inline: true,
        line_start: true,
        lists: 0,
        depth: 0,
    };

    /// Inside an inline construct.
    pub(super) fn inside(self) -> Self {
        Self {
            inline: true,
            line_start: false,
            ..self
        }
    }
}

/// What simple-markdown's rules ask about the construct before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prev {
    /// The spaces a list may stand behind.
    pub(super) spaces: Option<usize>,
    /// Whether a quote may begin.
    pub(super) quote: bool,
    /// Whether it ended with a line end.
    pub(super) ends: bool,
    /// Whether its last group was a line end.
    pub(super) last_group: bool,
}

impl Prev {
    pub(super) const NOTHING: Self = Self {
        spaces: Some(0),
        quote: true,
        ends: true,
        last_group: true,
    };

    pub(super) fn of(capture: &[Ch], last_group: bool) -> Self {
        let spaces = capture.iter().rev().take_while(|ch| ch.c == ' ').count();
        let before = capture.len() - spaces;
        let behind_break = before > 0 && capture[before - 1].c == '\n';
        Self {
            spaces: (before == 0 || behind_break).then_some(spaces),
            quote: capture.is_empty() || behind_break,
            ends: capture.last().is_some_and(|ch| ch.c == '\n'),
            last_group,
        }
    }
}

/// The nodes read so far; neighbouring texts become one.
pub(super) struct Out {
    pub(super) nodes: Vec<Node>,
    pub(super) tree: bool,
}

impl Out {
    pub(super) fn push(&mut self, node: impl FnOnce() -> Node) {
        if self.tree {
            self.nodes.push(node());
        }
    }

    pub(super) fn text(&mut self, s: &[Ch]) {
        if !self.tree {
            return;
        }
        for (number, line) in s.split(|ch| ch.c == '\n').enumerate() {
            if number > 0 {
                self.nodes.push(Node::LineBreak);
            }
            if line.is_empty() {
                continue;
            }
            if let Some(Node::Text(text)) = self.nodes.last_mut() {
                text.extend(line.iter().map(|ch| ch.c));
            } else {
                self.nodes.push(Node::Text(string(line)));
            }
        }
    }

    /// An item that follows directly on another of its kind belongs to the same list.
    pub(super) fn item(&mut self, bullet: Bullet, item: Vec<Node>, follows: bool) {
        if follows
            && let Some(Node::List { start, items }) = self.nodes.last_mut()
            && start.is_some() == bullet.number.is_some()
        {
            items.push(item);
        } else {
            self.push(|| Node::List {
                start: bullet.number,
                items: vec![item],
            });
        }
    }
}

pub(super) fn string(s: &[Ch]) -> String {
    s.iter().map(|ch| ch.c).collect()
}
