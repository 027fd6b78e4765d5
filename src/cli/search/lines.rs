//! The measuring door: one query a line in, one answer a line out.

use std::io::{BufRead, Write};
use std::time::Instant;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::{Found, Kind, look_up, slug};
use crate::reply::Library;

/// Hits given where a query names no limit.
const LIMIT: usize = 5;

#[derive(Debug, Deserialize)]
struct Line {
    id: String,
    kind: Kind,
    query: String,
    /// A slug.
    film: Option<String>,
    limit: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Answer<'a> {
    id: &'a str,
    micros: u64,
    confidence: f64,
    hits: Vec<Hit<'a>>,
}

#[derive(Debug, Serialize)]
struct Hit<'a> {
    slug: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<usize>,
    score: f64,
}

/// Answers every line; the first that is no query ends it with an error that names the line.
pub(super) fn answer_all(
    library: &Library,
    queries: impl BufRead,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    for (position, line) in queries.lines().enumerate() {
        let place = || format!("standard input, line {}", position + 1);
        let line = line.with_context(place)?;
        if line.trim().is_empty() {
            continue;
        }
        let query: Line = serde_json::from_str(&line).with_context(place)?;
        let (micros, found) = answer(library, &query).with_context(place)?;
        serde_json::to_writer(&mut *out, &written(library, &query, micros, &found))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn answer(library: &Library, query: &Line) -> anyhow::Result<(u64, Found)> {
    let film = match &query.film {
        Some(slug) => Some(
            library
                .corpus
                .position(slug)
                .with_context(|| format!("there is no film `{slug}`"))?,
        ),
        None => None,
    };
    let limit = query.limit.unwrap_or(LIMIT);
    let start = Instant::now();
    let found = look_up(library, query.kind, film, &query.query, limit)?;
    let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    Ok((micros, found))
}

fn written<'a>(library: &'a Library, query: &'a Line, micros: u64, found: &Found) -> Answer<'a> {
    let hits = found.hits.iter().map(|hit| Hit {
        slug: slug(library, hit.found.film),
        article: hit.found.article,
        section: hit.found.section,
        passage: hit.found.passage,
        score: hit.score,
    });
    Answer {
        id: &query.id,
        micros,
        confidence: found.confidence,
        hits: hits.collect(),
    }
}
