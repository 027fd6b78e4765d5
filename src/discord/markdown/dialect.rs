//! What readings are made of: characters with their places, whose reading it is, and how much work
//! it may cost.

/// A character and its place in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ch {
    pub(super) c: char,
    pub(super) at: u32,
}

impl Ch {
    /// A space that a reading makes up.
    pub(super) const NOWHERE: Self = Self {
        c: ' ',
        at: u32::MAX,
    };
    /// A line end that a reading makes up.
    pub(super) const BREAK: Self = Self {
        c: '\n',
        at: u32::MAX,
    };
}

/// What a reading makes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Syntax,
    Shown,
    Hidden,
}

/// Whose reading; the names are those of the npm packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// The documented reading; the tree is made of this one.
    Client,
    /// `@cloudrac3r/discord-markdown`: lists of paragraphs, headings that drop hashes.
    Cloudrac3r,
    /// `discord-markdown-parser`: no lists.
    Derock,
    /// `@odiffey/discord-markdown`: plain lists.
    Odiffey,
    /// `discord-markdown`: no lists, headings or subtext.
    Brussell98,
    /// Nothing but bars and escapes, for a client that gives up on the rest.
    Bars,
}

impl Dialect {
    /// The readings that can differ for a text: most texts hold nothing the parsers differ on, and
    /// reading them twice instead of six times keeps the guard fast.
    pub(super) fn for_text(text: &str) -> &'static [Self] {
        if text.contains(['#', '<', '>', '[', '\r', '\t', '\u{c}', '¯'])
            || text.contains("```")
            || text.contains("://")
            || has_bullet(text)
        {
            &Self::ALL
        } else {
            &[Self::Client, Self::Bars]
        }
    }

    const ALL: [Self; 6] = [
        Self::Client,
        Self::Cloudrac3r,
        Self::Derock,
        Self::Odiffey,
        Self::Brussell98,
        Self::Bars,
    ];
}

/// Whether a list could begin anywhere: a bullet before a space, and not at the end of a word.
fn has_bullet(text: &str) -> bool {
    let mut before = ' ';
    let mut bullet = false;
    for c in text.chars() {
        bullet = match c {
            ' ' if bullet => return true,
            '*' | '-' => !before.is_alphanumeric(),
            '.' => before.is_ascii_digit(),
            _ => false,
        };
        before = c;
    }
    false
}

/// How much work a reading may still do, so that hostile text cannot hold up an answer.
#[derive(Debug)]
pub(super) struct Fuel(u32);

impl Fuel {
    /// Enough for any honest text of this length.
    pub(super) fn for_length(characters: usize) -> Self {
        Self(10_000 + 20 * characters as u32)
    }

    /// Gives up.
    pub(super) fn drain(&mut self) {
        self.0 = 0;
    }

    /// Whether none is left.
    pub(super) fn spent(&self) -> bool {
        self.0 == 0
    }

    /// Uses some; false when none is left.
    pub(super) fn burn(&mut self, steps: u32) -> bool {
        self.0 = self.0.saturating_sub(steps);
        self.0 > 0
    }
}

/// The characters with their places; simple-markdown's parsers fold line ends and tabs first.
pub(super) fn source(text: &str, dialect: Dialect) -> Vec<Ch> {
    let mut source = Vec::with_capacity(text.len());
    let mut chars = text.chars().zip(0_u32..).peekable();
    while let Some((c, at)) = chars.next() {
        let next_is_break = chars.peek().is_some_and(|(c, _)| *c == '\n');
        match c {
            '\r' if next_is_break => {}
            _ if dialect == Dialect::Client => source.push(Ch { c, at }),
            '\r' => source.push(Ch { c: '\n', at }),
            '\u{c}' => {}
            '\t' => source.extend([Ch { c: ' ', at }; 4]),
            _ => source.push(Ch { c, at }),
        }
    }
    source
}
