//! Our own names for sections and their entries, which say where one is and nothing of the plot.

use crate::corpus::{Article, Kind};

/// The name of a kind of section, as people see it.
pub const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Recap => "Recap",
        Kind::Ending => "Ending",
        Kind::Meaning => "Meaning",
        Kind::Characters => "Characters",
        Kind::Interpretations => "Interpretations",
        Kind::Themes => "Themes",
        Kind::Questions => "Open questions",
        Kind::Emotions => "Emotions",
        Kind::FinalThoughts => "Final thoughts",
        Kind::Other => "More",
    }
}

/// What a section of a kind tells, as a heading of ours.
pub const fn kind_phrase(kind: Kind) -> &'static str {
    match kind {
        Kind::Recap => "The story so far",
        Kind::Ending => "What happens in the ending",
        Kind::Meaning => "What the ending means",
        Kind::Characters => "How the characters end",
        Kind::Interpretations => "Other ways to read it",
        Kind::Themes => "Themes and symbols",
        Kind::Questions => "What stays open",
        Kind::Emotions => "How it feels",
        Kind::FinalThoughts => "Final thoughts",
        Kind::Other => "More on the ending",
    }
}

/// The name of one entry of a kind: "Theme".
pub(super) const fn entry_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Characters => "Character",
        Kind::Interpretations => "Interpretation",
        Kind::Themes => "Theme",
        Kind::Questions => "Question",
        _ => "Entry",
    }
}

/// A count with its noun: "1 film", "2 films".
pub fn counted(count: usize, noun: &str) -> String {
    let ending = match (count, noun) {
        (1, _) => return format!("1 {noun}"),
        (_, "entry") => return format!("{count} entries"),
        _ => "s",
    };
    format!("{count} {noun}{ending}")
}

/// The name of a section among its siblings: "Themes, 4 entries", or "Ending (2)" where a kind
/// stands twice.
pub(super) fn section_name(article: &Article, position: usize) -> String {
    let section = &article.sections[position];
    let mut name = numbered_kind(article, position);
    let entries = section.entries().count();
    if entries > 0 {
        name = format!("{name}, {}", counted(entries, "entry"));
    }
    name
}

/// The name of a section's kind, numbered where the article has more of that kind.
pub(super) fn numbered_kind(article: &Article, position: usize) -> String {
    let kind = article.sections[position].kind;
    let same = |until: usize| {
        article.sections[..until]
            .iter()
            .filter(|section| section.kind == kind)
            .count()
    };
    match (kind, position) {
        (Kind::Other, 0) => "Opening".to_owned(),
        _ if same(article.sections.len()) > 1 && same(position) > 0 => {
            format!("{} ({})", kind_name(kind), same(position) + 1)
        }
        _ => kind_name(kind).to_owned(),
    }
}

/// Where an entry stands: "Theme 2 of 4". Passages without a label have no such name.
pub(super) fn entry_position(article: &Article, section: usize, passage: usize) -> Option<String> {
    let section = &article.sections[section];
    let place = section
        .entries()
        .position(|(position, _)| position == passage)?;
    Some(format!(
        "{} {} of {}",
        entry_name(section.kind),
        place + 1,
        section.entries().count()
    ))
}
