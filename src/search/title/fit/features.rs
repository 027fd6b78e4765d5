//! Writes the features of every candidate of every query, for `fit.py`:
//! `title-features BUNDLE < queries.ndjson > features.bin`. A record is the query's number, the
//! film's position and all features, 32 bits each; beside it, `slugs.txt` on standard error.

use std::io::{self, BufRead, Write};
use std::path::Path;

use anyhow::Context;
use last_reel::corpus;
use last_reel::search::Index;

fn main() -> anyhow::Result<()> {
    let bundle = std::env::args().nth(1).context("name a bundle")?;
    let corpus = corpus::load(Path::new(&bundle))?;
    let index = Index::new(&corpus);
    let mut slugs = io::stderr().lock();
    for film in corpus.films() {
        writeln!(slugs, "{}", film.slug)?;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let query: serde_json::Value = serde_json::from_str(&line?)?;
        let text = query["query"].as_str().context("no query")?;
        for (film, features) in index.title_features(text) {
            out.write_all(&(number as f32).to_le_bytes())?;
            out.write_all(&(film as f32).to_le_bytes())?;
            for feature in features {
                out.write_all(&feature.to_le_bytes())?;
            }
        }
    }
    Ok(out.flush()?)
}
