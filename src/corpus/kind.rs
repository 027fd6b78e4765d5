//! What sections are about.

use serde::Serialize;

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The story up to its ending.
    Recap,
    /// What happens in the ending.
    Ending,
    /// What the ending means.
    Meaning,
    /// How each character ends.
    Characters,
    /// Other ways to read it.
    Interpretations,
    /// Themes and symbols.
    Themes,
    /// What stays open.
    Questions,
    /// How it feels, to them and to us.
    Emotions,
    /// What the writer makes of it all.
    FinalThoughts,
    /// Anything else.
    Other,
}

impl Kind {
    /// Every kind, in the order in which articles tend to have them.
    pub const ALL: [Self; 10] = [
        Self::Recap,
        Self::Ending,
        Self::Meaning,
        Self::Characters,
        Self::Interpretations,
        Self::Themes,
        Self::Questions,
        Self::Emotions,
        Self::FinalThoughts,
        Self::Other,
    ];

    /// The name in a film file: `final-thoughts`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recap => "recap",
            Self::Ending => "ending",
            Self::Meaning => "meaning",
            Self::Characters => "characters",
            Self::Interpretations => "interpretations",
            Self::Themes => "themes",
            Self::Questions => "questions",
            Self::Emotions => "emotions",
            Self::FinalThoughts => "final-thoughts",
            Self::Other => "other",
        }
    }

    /// Finds a kind by its name in a film file.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
