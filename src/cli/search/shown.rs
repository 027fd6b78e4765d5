//! Matches as a person reads them: films by name, the rest by kind and place, never by its text.

use std::io::{self, Write};

use super::{Args, Found, Kind, Spot, look_up};
use crate::corpus::Section;
use crate::reply::{Library, PublicText, kind_name};
use crate::search::Confidence;

/// Shows what a query matches; whether anything did.
pub(super) fn show(
    library: &Library,
    args: &Args,
    film: Option<usize>,
    query: &str,
    out: &mut impl Write,
) -> anyhow::Result<bool> {
    let kinds = match args.kind {
        Some(kind) => vec![kind],
        None if film.is_some() => vec![Kind::Section, Kind::Entry, Kind::Passage],
        None => vec![Kind::Film, Kind::Choice, Kind::Entry, Kind::Passage],
    };
    let mut any = false;
    for (position, kind) in kinds.into_iter().enumerate() {
        let found = look_up(library, kind, film, query, args.limit)?;
        any |= found.said != Confidence::None;
        if position > 0 {
            writeln!(out)?;
        }
        group(library, kind, &found, out)?;
    }
    Ok(any)
}

fn group(library: &Library, kind: Kind, found: &Found, out: &mut impl Write) -> io::Result<()> {
    let title = match kind {
        Kind::Film => "Films",
        Kind::Choice => "Films, while typing",
        Kind::Entry => "Entries",
        Kind::Section => "Sections",
        Kind::Passage => "Passages",
    };
    let said = match found.said {
        Confidence::Sure => "sure",
        Confidence::Several => "did you mean",
        Confidence::None => "no match; the nearest",
    };
    let percent = found.confidence * 100.0;
    writeln!(out, "{title}: {said} ({percent:.0} %)")?;
    for (place, hit) in found.hits.iter().enumerate() {
        let name = spot_name(library, &hit.found);
        writeln!(out, "  {}. {name}  {:.3}", place + 1, hit.score)?;
        let features = hit.why.iter().filter(|(_, value)| *value != 0.0);
        let features: Vec<_> = features
            .map(|(name, value)| format!("{name} {value:.2}"))
            .collect();
        if !features.is_empty() {
            writeln!(out, "     {}", features.join(", "))?;
        }
    }
    Ok(())
}

/// `Themes, entry 2 of 4, in Anora (2024)`: labels and headings may spoil, kinds and places do not.
fn spot_name(library: &Library, spot: &Spot) -> String {
    let film = &library.corpus.films()[spot.film];
    let name = PublicText::new(&film.name()).as_str().to_owned();
    let (Some(article), Some(section)) = (spot.article, spot.section) else {
        return name;
    };
    let told = &film.articles[article];
    let section = &told.sections[section];
    let passage = spot.passage.map(|passage| part_name(section, passage));
    let passage = passage.unwrap_or_default();
    let article = match film.articles.len() {
        1 => String::new(),
        count => format!(", article {} of {count}", article + 1),
    };
    format!("{}{passage}{article}, in {name}", kind_name(section.kind))
}

fn part_name(section: &Section, passage: usize) -> String {
    let entries: Vec<usize> = section.entries().map(|(position, _)| position).collect();
    match entries.iter().position(|entry| *entry == passage) {
        Some(place) => format!(", entry {} of {}", place + 1, entries.len()),
        None => format!(", passage {} of {}", passage + 1, section.passages.len()),
    }
}
