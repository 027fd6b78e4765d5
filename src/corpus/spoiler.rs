//! Text that gives an ending away, as a type that cannot be shown by accident.

use std::fmt;

use serde::Serialize;

/// Text that gives an ending away.
///
/// It has no `Display`, and its `Debug` hides the text; only [`Spoiler::reveal`] reads it, and a
/// test lists the files that may call that. Writing film files is the one use of `Serialize`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Spoiler(Box<str>);

impl Spoiler {
    /// Wraps a text.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// Reads the text: for renderers, which cover it, and for search, which does not show it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Spoiler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spoiler([{} bytes hidden])", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_text() {
        let spoiler = Spoiler::new("Zorblax did it");

        let shown = format!("{spoiler:?}");

        assert_eq!(shown, "Spoiler([14 bytes hidden])");
    }
}
