//! Constructs that take whole lines: headings, subtext, quotes and lists, as the client and the
//! public parsers find them. Content that loses its marks keeps the places its characters had.

use super::dialect::{Ch, Fuel};
use super::inline::{Span, at, space, starts};

fn run(s: &[Ch], p: usize, c: char) -> usize {
    s.get(p..)
        .map_or(0, |s| s.iter().take_while(|ch| ch.c == c).count())
}

fn line_end(s: &[Ch], p: usize, fuel: &mut Fuel) -> usize {
    let mut q = p;
    while q < s.len() && s[q].c != '\n' {
        fuel.burn(1);
        q += 1;
    }
    q
}

/// `^#{1,3} +([^\n]+)(?:\n|$)`; `-#` for subtext is the same with another mark.
pub(super) fn heading(s: &[Ch], p: usize, marks: usize, fuel: &mut Fuel) -> Option<Span> {
    let spaces = run(s, p + marks, ' ');
    let mut from = p + marks + spaces;
    let to = line_end(s, from, fuel);
    if spaces == 0 || (from == to && spaces == 1) {
        return None;
    }
    if from == to {
        from -= 1;
    }
    let end = (to + 1).min(s.len());
    Some(Span { from, to, end })
}

/// @cloudrac3r/discord-markdown's heading, which drops hashes at the end and blank lines after:
/// `^(#{1,3}) +([^#\n].*?)#* *(?:\n *)*(?:\n|$)`. For subtext, hashes stay and the last line end is
/// left over.
pub(super) fn trimmed_heading(
    s: &[Ch],
    p: usize,
    marks: usize,
    subtext: bool,
    fuel: &mut Fuel,
) -> Option<Span> {
    let Span {
        mut from, mut to, ..
    } = heading(s, p, marks, fuel)?;
    let line = to;
    if s[from..to]
        .iter()
        .any(|ch| matches!(ch.c, '\u{2028}' | '\u{2029}'))
    {
        return None;
    }
    if !subtext && at(s, from) == '#' {
        if run(s, p + marks, ' ') < 2 {
            return None;
        }
        from -= 1;
    }
    while to > from + 1 && s[to - 1].c == ' ' {
        to -= 1;
    }
    while !subtext && to > from + 1 && s[to - 1].c == '#' {
        to -= 1;
    }
    let mut end = line;
    let mut last_break = None;
    while end < s.len() && matches!(s[end].c, '\n' | ' ') {
        fuel.burn(1);
        if s[end].c == '\n' {
            last_break = Some(end);
        }
        end += 1;
    }
    if end < s.len() {
        let last = last_break?;
        end = if subtext { last } else { last + 1 };
    }
    Some(Span { from, to, end })
}

/// `>>> ` quotes all that follows, `> ` its line and the quoted lines after it.
pub(super) fn quote(s: &[Ch], p: usize, fuel: &mut Fuel) -> Option<(Vec<Ch>, usize)> {
    let from = p + run(s, p, ' ');
    if starts(s, from, ">>> ") {
        return Some((s[from + 4..].to_vec(), s.len()));
    }
    let mut content = Vec::new();
    let mut q = p;
    loop {
        let spaces = run(s, q, ' ');
        fuel.burn(spaces as u32);
        if !starts(s, q + spaces, "> ") {
            break;
        }
        let end = (line_end(s, q + spaces, fuel) + 1).min(s.len());
        content.extend_from_slice(&s[q + spaces + 2..end]);
        q = end;
        if q == s.len() {
            break;
        }
    }
    (q > p).then_some((content, q))
}

/// A list's bullet: how far it is indented, how long it is, its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bullet {
    indent: usize,
    mark: usize,
    /// The number of a numbered item.
    pub(super) number: Option<u64>,
}

/// ` *(?:[*-]|\d+\.) `, where some parsers take `+` for a bullet too.
fn bullet(s: &[Ch], p: usize, plus: bool) -> Option<Bullet> {
    let indent = run(s, p, ' ');
    let from = p + indent;
    let c = at(s, from);
    let (mark, number) = if matches!(c, '*' | '-') || (plus && c == '+') {
        (1, None)
    } else {
        let digits = s
            .get(from..)?
            .iter()
            .take_while(|ch| ch.c.is_ascii_digit())
            .count();
        if digits == 0 || at(s, from + digits) != '.' {
            return None;
        }
        let number = s[from..from + digits].iter().fold(0_u64, |number, ch| {
            let digit = u64::from(ch.c as u32 - '0' as u32);
            number.saturating_mul(10).saturating_add(digit)
        });
        (digits + 1, Some(number))
    };
    (at(s, from + mark) == ' ').then_some(Bullet {
        indent,
        mark,
        number,
    })
}

/// One item as the client has it: its line and the deeper lines after it, unindented.
pub(super) fn item(s: &[Ch], p: usize, fuel: &mut Fuel) -> Option<(Bullet, Vec<Ch>, usize)> {
    let bullet = bullet(s, p, false)?;
    if bullet.mark > 10 {
        return None;
    }
    let mark_end = p + bullet.indent + bullet.mark;
    let from = mark_end + run(s, mark_end, ' ');
    let width = from - p;
    let mut end = (line_end(s, from, fuel) + 1).min(s.len());
    let mut content = s[from..end].to_vec();
    while end < s.len() {
        let next = (line_end(s, end, fuel) + 1).min(s.len());
        let indent = run(s, end, ' ');
        if indent <= bullet.indent || s[end..next].iter().all(|ch| space(ch.c)) {
            break;
        }
        content.extend_from_slice(&s[end + indent.min(width)..next]);
        end = next;
    }
    Some((bullet, content, end))
}

/// A whole list as the parsers built on simple-markdown have it.
pub(super) struct List {
    /// The items' texts, and whether an item is a block of paragraphs.
    pub(super) items: Vec<(Vec<Ch>, bool)>,
    /// Where reading goes on.
    pub(super) end: usize,
    /// Whether it ended at a line end.
    pub(super) at_break: bool,
}

/// `^( *)((?:[*-]|\d+\.)) [\s\S]+?(?:\n{1,}(?! )(?!\1(?:[*-]|\d+\.) )\n*|\s*\n*$)`, with the spaces
/// that stand before it; `loose` adds what simple-markdown's own list does with paragraphs.
pub(super) fn list(s: &[Ch], p: usize, lead: usize, loose: bool, fuel: &mut Fuel) -> Option<List> {
    bullet(s, p, false)?;
    let mut text = vec![Ch::NOWHERE; lead];
    text.extend_from_slice(&s[p..]);
    if !fuel.burn(text.len() as u32) {
        return None;
    }
    let first = bullet(&text, 0, false)?;
    let from = first.indent + first.mark + 1;
    if from >= text.len() {
        return None;
    }
    let blank = text.len() - text.iter().rev().take_while(|ch| space(ch.c)).count();
    let mut end = from + 1;
    let mut at_break = false;
    loop {
        if at(&text, end) == '\n' {
            let breaks = run(&text, end, '\n');
            let next = end + breaks;
            let goes_on = at(&text, next) == ' ' || sibling(&text, next, first.indent, false);
            if breaks > 1 || !goes_on {
                (end, at_break) = (next, true);
                break;
            }
        }
        if end >= blank {
            end = text.len();
            break;
        }
        end += 1;
    }
    let advance = end.min(s.len() - p);
    text.truncate(end);
    if loose && text.ends_with_breaks(2) {
        while text.ends_with_breaks(2) {
            text.pop();
        }
    }
    let items = items(&text, loose, fuel);
    Some(List {
        items,
        end: p + advance,
        at_break,
    })
}

trait Breaks {
    fn ends_with_breaks(&self, n: usize) -> bool;
}

impl Breaks for Vec<Ch> {
    fn ends_with_breaks(&self, n: usize) -> bool {
        self.len() >= n && self[self.len() - n..].iter().all(|ch| ch.c == '\n')
    }
}

/// Whether a bullet with exactly this indent stands here.
fn sibling(s: &[Ch], p: usize, indent: usize, plus: bool) -> bool {
    bullet(s, p, plus).is_some_and(|bullet| bullet.indent == indent)
}

fn items(text: &[Ch], loose: bool, fuel: &mut Fuel) -> Vec<(Vec<Ch>, bool)> {
    let mut items: Vec<(Vec<Ch>, bool)> = Vec::new();
    let mut p = 0;
    while let Some(bullet) = bullet(text, p, loose) {
        let mut end = p;
        loop {
            end = line_end(text, end, fuel);
            if end == text.len() {
                break;
            }
            end += 1;
            if sibling(text, end, bullet.indent, loose) {
                break;
            }
        }
        let mark_end = p + bullet.indent + bullet.mark;
        let from = mark_end + run(text, mark_end, ' ');
        let mut content = unindented(&text[from.min(end)..end], from - p);
        let last = end == text.len();
        let before = items.last().is_some_and(|(_, block)| *block);
        let block = loose && (has_blank(&content) || (last && before));
        if content.ends_with_breaks(1) {
            while content.ends_with_breaks(1) {
                content.pop();
            }
            while content.last().is_some_and(|ch| ch.c == ' ') {
                content.pop();
            }
            if block {
                content.extend([Ch::BREAK; 2]);
            }
        }
        items.push((content, block));
        p = end;
        if last {
            break;
        }
    }
    items
}

fn has_blank(s: &[Ch]) -> bool {
    s.windows(2).any(|two| two[0].c == '\n' && two[1].c == '\n')
}

/// Without up to `width` spaces at the start of each line but the first.
fn unindented(s: &[Ch], width: usize) -> Vec<Ch> {
    let mut out = Vec::with_capacity(s.len());
    let mut p = 0;
    while p < s.len() {
        let c = s[p];
        out.push(c);
        p += 1;
        if c.c == '\n' {
            p += run(s, p, ' ').min(width);
        }
    }
    out
}
