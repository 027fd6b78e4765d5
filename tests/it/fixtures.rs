//! Where the made-up films lie, and the words in them that must never be shown.

use std::fs;
use std::path::{Path, PathBuf};

/// A path below `tests/fixtures`.
pub(crate) fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(below)
}

/// The made-up words that stand in every spoiler of the fixtures, and nowhere else.
pub(crate) fn canaries() -> Vec<String> {
    fs::read_to_string(path("canaries.txt"))
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}
