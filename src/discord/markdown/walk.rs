//! The reader itself: at each position the first construct that matches is taken, and its content is
//! read in turn. One walk serves the client's reading and those of the public parsers, which differ
//! in a few named places; each marks every character as shown, hidden or syntax.

use super::dialect::{Ch, Dialect, Fuel, Mark, source};
use super::inline::{self, Span, at, space, starts};
use super::link;
use super::mention::mention;
use super::place::{Out, Place, Prev, string};
use super::{Flavour, Mention, Node, block};

/// Deeper than any honest text nests.
const DEEPEST: u32 = 40;

/// What a reading found.
pub(super) struct Reading {
    pub(super) nodes: Vec<Node>,
    pub(super) marks: Vec<Mark>,
    /// Targets and titles of labelled links.
    pub(super) targets: Vec<String>,
}

/// A text without markdown.
pub(super) fn plain(text: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            nodes.push(Node::LineBreak);
        }
        if !line.is_empty() {
            nodes.push(Node::Text(line.to_owned()));
        }
    }
    nodes
}

/// Reads a text, into nodes if `tree`; `None` if it is too deep or too costly to read.
pub(super) fn read(text: &str, dialect: Dialect, flavour: Flavour, tree: bool) -> Option<Reading> {
    let source = source(text, dialect);
    let mut walk = Walk {
        dialect,
        tree,
        headings: flavour == Flavour::Full || dialect != Dialect::Client,
        blocks: flavour != Flavour::Inline && dialect != Dialect::Bars,
        marks: vec![Mark::Syntax; text.chars().count()],
        targets: Vec::new(),
        fuel: Fuel::for_length(source.len()),
        prev: Prev::NOTHING,
    };
    let nodes = walk.walk(&source, Place::START);
    let spent = walk.fuel.spent();
    (!spent).then_some(Reading {
        nodes,
        marks: walk.marks,
        targets: walk.targets,
    })
}

struct Walk {
    dialect: Dialect,
    tree: bool,
    headings: bool,
    blocks: bool,
    marks: Vec<Mark>,
    targets: Vec<String>,
    fuel: Fuel,
    prev: Prev,
}

impl Walk {
    fn mark(&mut self, s: &[Ch], hidden: bool) {
        for ch in s {
            if let Some(mark) = self.marks.get_mut(ch.at as usize) {
                *mark = if hidden { Mark::Hidden } else { Mark::Shown };
            }
        }
    }

    fn walk(&mut self, s: &[Ch], place: Place) -> Vec<Node> {
        let mut out = Out {
            nodes: Vec::new(),
            tree: self.tree,
        };
        if place.depth > DEEPEST {
            self.fuel.drain();
            return out.nodes;
        }
        let place = Place {
            depth: place.depth + 1,
            ..place
        };
        let mut p = 0;
        let mut item_end = None;
        while p < s.len() {
            if !self.fuel.burn(1) {
                break;
            }
            let was = item_end;
            let end = self
                .block(s, p, place, &mut out, &mut item_end, was == Some(p))
                .or_else(|| self.inline(s, p, place, &mut out))
                .unwrap_or_else(|| self.words(s, p, place, &mut out));
            p = end;
        }
        out.nodes
    }

    fn took(&mut self, capture: &[Ch], last_group: bool) {
        self.fuel.burn(1);
        self.prev = Prev::of(capture, last_group);
    }

    /// Whether the client sees only spaces before this position on its line.
    fn line_start(&mut self, s: &[Ch], p: usize, place: Place) -> bool {
        let spaces = s[..p].iter().rev().take_while(|ch| ch.c == ' ').count();
        self.fuel.burn(spaces as u32);
        match p - spaces {
            0 => place.line_start,
            before => s[before - 1].c == '\n',
        }
    }

    /// Constructs that take whole lines, and code blocks.
    fn block(
        &mut self,
        s: &[Ch],
        p: usize,
        place: Place,
        out: &mut Out,
        item_end: &mut Option<usize>,
        after_item: bool,
    ) -> Option<usize> {
        let c = s[p].c;
        if !self.blocks {
            return None;
        }
        if c == '`' && starts(s, p, "```") && place.inline {
            return self.fence(s, p, place, out);
        }
        if !matches!(c, '#' | '-' | '*' | '>' | ' ' | '0'..='9') {
            return None;
        }
        let client = self.dialect == Dialect::Client;
        let line_start = client && self.line_start(s, p, place);
        if let Some(end) = self.heading(s, p, place, out, line_start) {
            return Some(end);
        }
        let may_quote = if client { line_start } else { self.prev.quote };
        if may_quote
            && !place.quoted
            && matches!(c, '>' | ' ')
            && let Some((content, end)) = block::quote(s, p, &mut self.fuel)
        {
            let inner = Place {
                quoted: true,
                line_start: true,
                ..place
            };
            let nodes = self.walk(&content, inner);
            out.push(|| Node::Quote(nodes));
            self.took(&s[p..end], false);
            return Some(end);
        }
        if client {
            if line_start
                && place.lists < 11
                && let Some((bullet, content, end)) = block::item(s, p, &mut self.fuel)
            {
                let inner = Place {
                    lists: place.lists + 1,
                    line_start: true,
                    ..place
                };
                let mut nodes = self.walk(&content, inner);
                if nodes.last() == Some(&Node::LineBreak) {
                    nodes.pop();
                }
                out.item(bullet, nodes, after_item);
                *item_end = Some(end);
                return Some(end);
            }
            return None;
        }
        self.list(s, p, place)
    }

    fn heading(
        &mut self,
        s: &[Ch],
        p: usize,
        place: Place,
        out: &mut Out,
        line_start: bool,
    ) -> Option<usize> {
        let c = s[p].c;
        if !self.headings || !matches!(c, '#' | '-') {
            return None;
        }
        let trims = self.dialect == Dialect::Cloudrac3r;
        let allowed = match self.dialect {
            Dialect::Client => line_start,
            Dialect::Cloudrac3r => self.prev.ends,
            Dialect::Derock | Dialect::Odiffey => self.prev.last_group,
            Dialect::Brussell98 | Dialect::Bars => false,
        };
        let subtext = c == '-' && at(s, p + 1) == '#';
        let hashes = s[p..].iter().take(4).take_while(|ch| ch.c == '#').count();
        if !allowed || (c == '-' && !subtext) || hashes > 3 {
            return None;
        }
        let marks = if subtext { 2 } else { hashes };
        let span = if trims {
            block::trimmed_heading(s, p, marks, subtext, &mut self.fuel)?
        } else {
            block::heading(s, p, marks, &mut self.fuel)?
        };
        let content = self.walk(&s[span.from..span.to], place.inside());
        out.push(|| {
            if subtext {
                Node::Subtext(content)
            } else {
                Node::Heading {
                    level: hashes as u8,
                    content,
                }
            }
        });
        let broke = span.end > span.to && s[span.end - 1].c == '\n';
        self.took(&s[p..span.end], broke);
        Some(span.end)
    }

    /// A list as the public parsers have it; it makes no nodes.
    fn list(&mut self, s: &[Ch], p: usize, place: Place) -> Option<usize> {
        let loose = match self.dialect {
            Dialect::Cloudrac3r => true,
            Dialect::Odiffey => false,
            _ => return None,
        };
        let lead = self.prev.spaces?;
        let list = block::list(s, p, lead, loose, &mut self.fuel)?;
        for (content, block) in &list.items {
            let inner = Place {
                inline: !block,
                line_start: true,
                ..place
            };
            self.walk(content, inner);
        }
        self.took(&s[p..list.end], list.at_break);
        Some(list.end)
    }

    fn fence(&mut self, s: &[Ch], p: usize, place: Place, out: &mut Out) -> Option<usize> {
        let language: fn(char) -> bool = match self.dialect {
            Dialect::Client | Dialect::Derock => {
                |c| c.is_ascii_alphanumeric() || "_+.#-".contains(c)
            }
            _ => |c| c.is_ascii_alphanumeric() || c == '-',
        };
        let (span, named) = if self.dialect == Dialect::Client {
            inline::filled_fence(s, p, &mut self.fuel, language)?
        } else {
            inline::fence(s, p, &mut self.fuel, language)?
        };
        self.mark(&s[span.from..span.to], place.hidden);
        let language = named.map(|(from, to)| {
            // The client draws no language, but some others do.
            self.mark(&s[from..to], place.hidden);
            &s[from..to]
        });
        out.push(|| Node::CodeBlock {
            language: language.map(string),
            text: string(&s[span.from..span.to]),
        });
        self.took(&s[p..span.end], lone_break(s, span));
        Some(span.end)
    }

    /// Constructs inside a line, in the order of simple-markdown's rules.
    fn inline(&mut self, s: &[Ch], p: usize, place: Place, out: &mut Out) -> Option<usize> {
        let bars_only = self.dialect == Dialect::Bars;
        match s[p].c {
            '\n' => {
                self.mark(&s[p..=p], place.hidden);
                out.push(|| Node::LineBreak);
                self.took(&s[p..=p], true);
                Some(p + 1)
            }
            '\\' if place.inline => {
                inline::escaped(s, p)?;
                self.mark(&s[p + 1..p + 2], place.hidden);
                out.text(&s[p + 1..p + 2]);
                self.took(&s[p..p + 2], false);
                Some(p + 2)
            }
            '|' if starts(s, p, "||") => {
                let span = inline::spoiler(s, p, &mut self.fuel)?;
                let inner = Place {
                    hidden: true,
                    line_start: false,
                    ..place
                };
                let nodes = self.walk(&s[span.from..span.to], inner);
                out.push(|| Node::Spoiler(nodes));
                self.took(&s[p..span.end], lone_break(s, span));
                Some(span.end)
            }
            _ if bars_only => None,
            '`' => {
                let span = inline::code(s, p, &mut self.fuel)?;
                self.mark(&s[span.from..span.to], place.hidden);
                out.push(|| Node::Code(string(&s[span.from..span.to])));
                self.took(&s[p..span.end], lone_break(s, span));
                Some(span.end)
            }
            '<' => self.angle(s, p, place, out),
            '@' => self.everyone(s, p, place, out),
            '¯' if self.dialect != Dialect::Client && starts(s, p, "¯\\_(ツ)_/¯") => {
                self.mark(&s[p..p + 9], place.hidden);
                self.took(&s[p..p + 9], false);
                Some(p + 9)
            }
            _ if !place.inline => None,
            'h' => self.url(s, p, place, out),
            '[' => self.link(s, p, place, out),
            '*' | '_' => self.emphasis(s, p, place, out),
            '~' if at(s, p + 1) == '~' => {
                let span = inline::strike(s, p, &mut self.fuel)?;
                let nodes = self.walk(&s[span.from..span.to], place.inside());
                out.push(|| Node::Strike(nodes));
                self.took(&s[p..span.end], lone_break(s, span));
                Some(span.end)
            }
            _ => None,
        }
    }

    fn url(&mut self, s: &[Ch], p: usize, place: Place, out: &mut Out) -> Option<usize> {
        let end = if self.dialect == Dialect::Cloudrac3r {
            link::channel_link(s, p).or_else(|| link::url(s, p, &mut self.fuel))?
        } else {
            link::url(s, p, &mut self.fuel)?
        };
        self.mark(&s[p..end], place.hidden);
        out.push(|| Node::Url(string(&s[p..end])));
        self.took(&s[p..end], false);
        Some(end)
    }

    fn link(&mut self, s: &[Ch], p: usize, place: Place, out: &mut Out) -> Option<usize> {
        let client = self.dialect == Dialect::Client;
        if client && place.linked {
            return None;
        }
        let link = link::link(s, p, &mut self.fuel)?;
        let Span { from, to, end } = link.label;
        let target = string(&s[link.target.0..link.target.1]);
        let title = link.title.map(|(from, to)| string(&s[from..to]));
        if client {
            // The client links only to addresses, and not under the name of another.
            let label = string(&s[from..to]);
            let address = target.split_once(':').is_some_and(|(scheme, _)| {
                scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                    && scheme
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
            });
            let lower = label.to_ascii_lowercase();
            let poses = lower.starts_with("http://") || lower.starts_with("https://");
            if !address || poses || label.chars().all(space) {
                return None;
            }
        }
        // Under a cover there is nothing to hover over.
        if !place.hidden {
            self.targets.push(target.clone());
            self.targets.extend(title.clone());
        }
        let inner = if client {
            Place {
                linked: true,
                ..place.inside()
            }
        } else {
            place
        };
        let label = self.walk(&s[from..to], inner);
        out.push(|| Node::Link {
            label,
            target,
            title: title.clone(),
        });
        self.took(&s[p..end], title.as_deref() == Some("\n"));
        Some(end)
    }

    /// Italic, bold and underline: the longest wins, italic before bold before underline.
    fn emphasis(&mut self, s: &[Ch], p: usize, place: Place, out: &mut Out) -> Option<usize> {
        let mark = s[p].c;
        let single = if mark == '*' {
            inline::starred(s, p, &mut self.fuel)
        } else {
            inline::underscored(s, p, &mut self.fuel)
        };
        let double = (at(s, p + 1) == mark)
            .then(|| inline::doubled(s, p, mark, &mut self.fuel))
            .flatten();
        let (span, single) = match (single, double) {
            (Some(single), Some(double)) if double.end > single.end => (double, false),
            (Some(single), _) => (single, true),
            (None, Some(double)) => (double, false),
            (None, None) => return None,
        };
        // Only the client counts lines from the construct's outside.
        let nodes = self.walk(&s[span.from..span.to], place.inside());
        out.push(|| match (single, mark) {
            (true, _) => Node::Italic(nodes),
            (false, '*') => Node::Bold(nodes),
            (false, _) => Node::Underline(nodes),
        });
        self.took(&s[p..span.end], !single && lone_break(s, span));
        Some(span.end)
    }

    /// `<…>`: addresses and mentions.
    fn angle(&mut self, s: &[Ch], p: usize, place: Place, out: &mut Out) -> Option<usize> {
        let strict = self.dialect == Dialect::Client;
        if place.inline
            && let Some(span) = link::autolink(s, p, strict, &mut self.fuel)
        {
            self.mark(&s[span.from..span.to], place.hidden);
            out.push(|| Node::Autolink(string(&s[span.from..span.to])));
            self.took(&s[p..span.end], false);
            return Some(span.end);
        }
        // No mention is longer than a command of 100 characters with its id.
        let close = s[p..].iter().take(160).position(|ch| ch.c == '>')? + p;
        self.fuel.burn((close - p) as u32);
        let node = mention(&string(&s[p + 1..close]))?;
        self.mark(&s[p..=close], place.hidden);
        out.push(|| node);
        self.took(&s[p..=close], false);
        Some(close + 1)
    }

    fn everyone(&mut self, s: &[Ch], p: usize, place: Place, out: &mut Out) -> Option<usize> {
        let (mention, length) = if starts(s, p, "@everyone") {
            (Mention::Everyone, 9)
        } else if starts(s, p, "@here") {
            (Mention::Here, 5)
        } else {
            return None;
        };
        self.mark(&s[p..p + length], place.hidden);
        out.push(|| Node::Mention(mention));
        self.took(&s[p..p + length], false);
        Some(p + length)
    }

    /// At least one character that means nothing, and those after it that begin nothing.
    fn words(&mut self, s: &[Ch], p: usize, place: Place, out: &mut Out) -> usize {
        let mut end = p + 1;
        let dash = self.dialect != Dialect::Client;
        while end < s.len()
            && (calm(s[end].c) || (dash && s[end].c == '-'))
            && link::scheme(s, end).is_none()
        {
            end += 1;
        }
        self.mark(&s[p..end], place.hidden);
        out.text(&s[p..end]);
        self.took(&s[p..end], false);
        end
    }
}

/// Whether a character begins no construct inside a line.
fn calm(c: char) -> bool {
    c.is_ascii_alphanumeric() || (space(c) && c != '\n') || (c as u32 >= 0xc0)
}

fn lone_break(s: &[Ch], span: Span) -> bool {
    span.to == span.from + 1 && s[span.from].c == '\n'
}
