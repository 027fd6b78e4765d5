//! Patterns inside a line: where a construct that begins at a position ends. They follow
//! simple-markdown (MIT, Khan Academy) pattern by pattern, written out so that none is slow.

use super::dialect::{Ch, Fuel};

/// From and to.
pub(super) type Range = (usize, usize);

/// A construct found at a position: its content and where it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// Where the content begins.
    pub(super) from: usize,
    /// Where it ends.
    pub(super) to: usize,
    /// Where reading goes on.
    pub(super) end: usize,
}

/// The character at a position, NUL past the end.
pub(super) fn at(s: &[Ch], p: usize) -> char {
    s.get(p).map_or('\0', |ch| ch.c)
}

/// Whether a text stands at a position.
pub(super) fn starts(s: &[Ch], p: usize, what: &str) -> bool {
    let mut rest = s.get(p..).unwrap_or_default().iter();
    what.chars()
        .all(|c| rest.next().is_some_and(|ch| ch.c == c))
}

/// What JavaScript's `\s` matches.
pub(super) fn space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

fn word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// `\` before anything but a letter, digit or space (of JavaScript's ASCII letters).
pub(super) fn escaped(s: &[Ch], p: usize) -> Option<char> {
    let c = s.get(p + 1)?.c;
    (!c.is_ascii_alphanumeric() && !space(c)).then_some(c)
}

/// `^\|\|([\s\S]+?)\|\|`: the next bars close, whatever lies between.
pub(super) fn spoiler(s: &[Ch], p: usize, fuel: &mut Fuel) -> Option<Span> {
    let to = find(s, p + 3, "||", fuel)?;
    Some(Span {
        from: p + 2,
        to,
        end: to + 2,
    })
}

/// `^~~([\s\S]+?)~~(?!_)`
pub(super) fn strike(s: &[Ch], p: usize, fuel: &mut Fuel) -> Option<Span> {
    let mut from = p + 3;
    loop {
        let to = find(s, from, "~~", fuel)?;
        if at(s, to + 2) != '_' {
            return Some(Span {
                from: p + 2,
                to,
                end: to + 2,
            });
        }
        from = to + 1;
    }
}

/// `^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)`, and the same with `__`.
pub(super) fn doubled(s: &[Ch], p: usize, mark: char, fuel: &mut Fuel) -> Option<Span> {
    let mut q = p + 2;
    while q < s.len() {
        if !fuel.burn(1) {
            return None;
        }
        if q > p + 2 && s[q].c == mark && at(s, q + 1) == mark && at(s, q + 2) != mark {
            return Some(Span {
                from: p + 2,
                to: q,
                end: q + 2,
            });
        }
        if s[q].c == '\\' {
            if q + 1 >= s.len() {
                return None;
            }
            q += 1;
        }
        q += 1;
    }
    None
}

/// `^\b_((?:__|\\[\s\S]|[^\\_])+?)_\b`
pub(super) fn underscored(s: &[Ch], p: usize, fuel: &mut Fuel) -> Option<Span> {
    let mut q = p + 1;
    while q < s.len() {
        if !fuel.burn(1) {
            return None;
        }
        match s[q].c {
            '_' if q > p + 1 && !word(at(s, q + 1)) => {
                return Some(Span {
                    from: p + 1,
                    to: q,
                    end: q + 1,
                });
            }
            '_' if at(s, q + 1) == '_' => q += 2,
            '_' => return None,
            '\\' if q + 1 >= s.len() => return None,
            '\\' => q += 2,
            _ => q += 1,
        }
    }
    None
}

/// `^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)`
pub(super) fn starred(s: &[Ch], p: usize, fuel: &mut Fuel) -> Option<Span> {
    let mut q = p + 1;
    if q >= s.len() || space(s[q].c) {
        return None;
    }
    while q < s.len() {
        if !fuel.burn(1) {
            return None;
        }
        if q > p + 1 && s[q].c == '*' && at(s, q + 1) != '*' {
            return Some(Span {
                from: p + 1,
                to: q,
                end: q + 1,
            });
        }
        while q < s.len() && space(s[q].c) {
            fuel.burn(1);
            q += 1;
        }
        match at(s, q) {
            '*' if at(s, q + 1) == '*' => q += 2,
            '*' => return None,
            '\\' if q + 1 >= s.len() => return None,
            '\\' => q += 2,
            _ => q += 1,
        }
    }
    None
}

/// ``^(`+)([\s\S]*?[^`])\1(?!`)``: as many backticks close as opened; if none do, fewer.
pub(super) fn code(s: &[Ch], p: usize, fuel: &mut Fuel) -> Option<Span> {
    let run = |from: usize| s[from..].iter().take_while(|ch| ch.c == '`').count();
    let opened = run(p);
    let mut q = p + opened;
    let mut best: Option<(usize, usize)> = None; // how many close, where
    while q < s.len() {
        if !fuel.burn(1) {
            return None;
        }
        if s[q].c != '`' {
            q += 1;
            continue;
        }
        let closing = run(q);
        fuel.burn(closing as u32);
        if closing <= opened && best.is_none_or(|(n, _)| closing > n) {
            best = Some((closing, q));
            if closing == opened {
                break;
            }
        }
        q += closing;
    }
    let (ticks, to) = best?;
    Some(Span {
        from: p + ticks,
        to,
        end: to + ticks,
    })
}

/// Three backticks, at least one character, three backticks; a word that stands alone on the first
/// line names the language.
pub(super) fn fence(
    s: &[Ch],
    p: usize,
    fuel: &mut Fuel,
    language: fn(char) -> bool,
) -> Option<(Span, Option<Range>)> {
    let mut word = p + 3;
    while word < s.len() && language(s[word].c) {
        fuel.burn(1);
        word += 1;
    }
    let named = word > p + 3 && at(s, word) == '\n';
    let close = |from: usize, fuel: &mut Fuel| {
        let mut from = from;
        while at(s, from) == '\n' {
            fuel.burn(1);
            from += 1;
        }
        // Newlines are content where nothing else is.
        let (from, close) = match find(s, from + 1, "```", fuel) {
            Some(close) => (from, close),
            None if from > p + 3 && s[from - 1].c == '\n' && starts(s, from, "```") => {
                (from - 1, from)
            }
            None => return None,
        };
        let mut to = close;
        while to > from + 1 && s[to - 1].c == '\n' {
            to -= 1;
        }
        Some(Span {
            from,
            to,
            end: close + 3,
        })
    };
    if named && let Some(span) = close(word, fuel) {
        return Some((span, Some((p + 3, word))));
    }
    close(p + 3, fuel).map(|span| (span, None))
}

/// A code block as the documented reading has it: one of nothing but line ends is none.
pub(super) fn filled_fence(
    s: &[Ch],
    p: usize,
    fuel: &mut Fuel,
    language: fn(char) -> bool,
) -> Option<(Span, Option<Range>)> {
    let close = find(s, p + 4, "```", fuel)?;
    let (mut from, mut to) = (p + 3, close);
    while language(at(s, from)) {
        fuel.burn(1);
        from += 1;
    }
    let named = from > p + 3 && from < close && at(s, from) == '\n';
    let word = named.then_some((p + 3, from));
    if !named {
        from = p + 3;
    }
    while from < to && s[from].c == '\n' {
        from += 1;
    }
    while to > from && s[to - 1].c == '\n' {
        to -= 1;
    }
    let end = close + 3;
    (to > from).then_some((Span { from, to, end }, word))
}

/// Where a text stands next.
pub(super) fn find(s: &[Ch], from: usize, what: &str, fuel: &mut Fuel) -> Option<usize> {
    let first = what.chars().next()?;
    for q in from..s.len() {
        if !fuel.burn(1) {
            return None;
        }
        if s[q].c == first && starts(s, q, what) {
            return Some(q);
        }
    }
    None
}
