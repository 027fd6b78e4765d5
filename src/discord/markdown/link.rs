//! Addresses: bare, in angle brackets, and with a label. As in [`super::inline`], the patterns are
//! simple-markdown's.

use super::dialect::{Ch, Fuel};
use super::inline::{Range, Span, at, find, space, starts};

/// A labelled link.
#[derive(Debug, Clone, Copy)]
pub(super) struct LinkSpan {
    /// The label, and where reading goes on.
    pub(super) label: Span,
    /// The target, as a range.
    pub(super) target: Range,
    /// The title, as a range.
    pub(super) title: Option<Range>,
}

/// `^https?:\/\/[^\s<]+[^<.,:;"')\]\s]`
pub(super) fn url(s: &[Ch], p: usize, fuel: &mut Fuel) -> Option<usize> {
    let from = scheme(s, p)?;
    let mut end = from;
    while end < s.len() && !space(s[end].c) && s[end].c != '<' {
        fuel.burn(1);
        end += 1;
    }
    while end > from && ".,:;\"')]".contains(s[end - 1].c) {
        end -= 1;
    }
    (end >= from + 2).then_some(end)
}

/// Where the address goes on behind `http://` or `https://`.
pub(super) fn scheme(s: &[Ch], p: usize) -> Option<usize> {
    if !starts(s, p, "http") {
        return None;
    }
    let colon = p + 4 + usize::from(at(s, p + 4) == 's');
    starts(s, colon, "://").then_some(colon + 3)
}

/// `^<([^: >]+:\/[^ >]+)>`, which the client restricts to a proper scheme.
pub(super) fn autolink(s: &[Ch], p: usize, strict: bool, fuel: &mut Fuel) -> Option<Span> {
    let mut q = p + 1;
    while q < s.len() && !matches!(s[q].c, ':' | ' ' | '>') {
        let c = s[q].c;
        let proper = c.is_ascii_alphabetic()
            || (q > p + 1 && (c.is_ascii_digit() || matches!(c, '+' | '.' | '-')));
        if (strict && !proper) || !fuel.burn(1) {
            return None;
        }
        q += 1;
    }
    if q == p + 1 || !starts(s, q, ":/") {
        return None;
    }
    let rest = q + 2;
    let mut to = rest;
    while to < s.len() && !matches!(s[to].c, ' ' | '>') {
        if !fuel.burn(1) {
            return None;
        }
        to += 1;
    }
    (to > rest && at(s, to) == '>').then_some(Span {
        from: p + 1,
        to,
        end: to + 1,
    })
}

/// `[label](target "title")`: the label may hold one level of brackets.
///
/// `^\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(HREF\)`, the longest label first.
pub(super) fn link(s: &[Ch], p: usize, fuel: &mut Fuel) -> Option<LinkSpan> {
    // Where the next `]` lies that no `[` precedes, seen from a position: looked up from the back.
    let mut ends = Vec::new();
    let mut q = p + 1;
    while q < s.len() {
        if !fuel.burn(1) {
            return None;
        }
        match s[q].c {
            '[' => {
                let close = find(s, q + 1, "]", fuel);
                let Some(close) = close else { break };
                q = close + 1;
            }
            ']' => {
                if at(s, q + 1) == '(' {
                    ends.push(q);
                }
                let mut next = q + 1;
                while next < s.len() && !matches!(s[next].c, '[' | ']') {
                    if !fuel.burn(1) {
                        return None;
                    }
                    next += 1;
                }
                if at(s, next) != ']' {
                    break;
                }
                q += 1;
            }
            _ => q += 1,
        }
    }
    ends.into_iter().rev().find_map(|close| {
        let (target, title, end) = href(s, close + 2, fuel)?;
        Some(LinkSpan {
            label: Span {
                from: p + 1,
                to: close,
                end,
            },
            target,
            title,
        })
    })
}

/// `\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['"]([\s\S]*?)['"])?\s*\)`
fn href(s: &[Ch], p: usize, fuel: &mut Fuel) -> Option<(Range, Option<Range>, usize)> {
    let mut from = p;
    while from < s.len() && space(s[from].c) {
        fuel.burn(1);
        from += 1;
    }
    if at(s, from) == '<'
        && let Some(found) = target(s, from + 1, fuel)
    {
        return Some(found);
    }
    target(s, from, fuel)
}

/// The shortest target that ends well; positions already found hopeless are not tried again.
fn target(s: &[Ch], from: usize, fuel: &mut Fuel) -> Option<(Range, Option<Range>, usize)> {
    let mut open = vec![from];
    let mut tried = std::collections::HashSet::new();
    while let Some(mut q) = open.pop() {
        loop {
            if !fuel.burn(1) || (at(s, q) == '(' && !(fuel.burn(8) && tried.insert(q))) {
                break;
            }
            if let Some((title, end)) = tail(s, q, fuel) {
                return Some(((from, q), title, end));
            }
            match at(s, q) {
                '(' => {
                    // As a group first, else as a character.
                    open.push(q + 1);
                    let Some(close) = find(s, q + 1, ")", fuel) else {
                        break;
                    };
                    q = close + 1;
                }
                '\\' if !matches!(at(s, q + 1), '\n' | '\0') => q += 2,
                c if q < s.len() && !space(c) && c != '\\' => q += 1,
                _ => break,
            }
        }
    }
    None
}

/// What may follow a target: `>?(?:\s+['"]([\s\S]*?)['"])?\s*\)`
fn tail(s: &[Ch], q: usize, fuel: &mut Fuel) -> Option<(Option<Range>, usize)> {
    let skip = |mut p: usize, fuel: &mut Fuel| {
        while p < s.len() && space(s[p].c) {
            fuel.burn(1);
            p += 1;
        }
        p
    };
    for q in [q + usize::from(at(s, q) == '>'), q] {
        let quote = skip(q, fuel);
        if quote > q && matches!(at(s, quote), '\'' | '"') {
            let mut close = quote + 1;
            while close < s.len() {
                if !fuel.burn(1) {
                    return None;
                }
                if matches!(s[close].c, '\'' | '"') {
                    let end = skip(close + 1, fuel);
                    if at(s, end) == ')' {
                        return Some((Some((quote + 1, close)), end + 1));
                    }
                }
                close += 1;
            }
        }
        if at(s, quote) == ')' {
            return Some((None, quote + 1));
        }
    }
    None
}

/// `^https://(?:ptb\.|canary\.|www\.)?discord(?:app)?\.com/channels/[0-9]+/([0-9]+)/?`, no digit next
pub(super) fn channel_link(s: &[Ch], p: usize) -> Option<usize> {
    let eat = |p: usize, what: &str| starts(s, p, what).then(|| p + what.chars().count());
    let digits = |p: usize| {
        let count = s[p..].iter().take_while(|ch| ch.c.is_ascii_digit()).count();
        (count > 0).then_some(p + count)
    };
    let q = eat(p, "https://")?;
    let q = ["ptb.", "canary.", "www."]
        .iter()
        .find_map(|host| eat(q, host))
        .unwrap_or(q);
    let q = eat(q, "discord")?;
    let q = eat(q, "app").unwrap_or(q);
    let q = digits(eat(q, ".com/channels/")?)?;
    let q = digits(eat(q, "/")?)?;
    let end = eat(q, "/").unwrap_or(q);
    (!at(s, end).is_ascii_digit()).then_some(end)
}
