//! Use goes one way, and few files read what a spoiler hides.

use std::fs;
use std::path::{Path, PathBuf};

fn source_files(under: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(under).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(source_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Files of the source by their name below `src`, with their text but no comments.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let name = |path: &Path| path.strip_prefix(&src).unwrap().display().to_string();
    let code = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        text.lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    source_files(&src)
        .iter()
        .map(|path| (name(path), code(path)))
        .collect()
}

fn is_in(name: &str, rooms: &[&str]) -> bool {
    let room = name.split(['/', '.']).next().unwrap_or_default();
    rooms.contains(&room)
}

/// Whether a text names a crate or a room, as a whole word.
fn names(code: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back().is_some_and(is_part);
        let after = &code[at + word.len()..];
        !before && after.starts_with("::")
    })
}

#[test]
fn core_rooms_name_no_network_no_runtime_and_no_room_above_them() {
    let core = ["corpus", "search", "reply"];
    let foreign = ["serenity", "sqlx", "tokio", "axum", "reqwest"];
    let above = [
        "app",
        "store",
        "metrics",
        "discord",
        "web",
        "config",
        "telemetry",
        "cli",
    ];
    let files: Vec<_> = sources()
        .into_iter()
        .filter(|(name, _)| is_in(name, &core))
        .collect();
    assert!(files.len() > 10, "the core was not found");

    for (name, code) in files {
        for word in foreign {
            assert!(!names(&code, word), "{name} names {word}");
        }
        for room in above {
            assert!(
                !code.contains(&format!("crate::{room}")),
                "{name} names the room {room}"
            );
        }
        let later: &[&str] = match name.split(['/', '.']).next().unwrap() {
            "corpus" => &["search", "reply"],
            "search" => &["reply"],
            _ => &[],
        };
        for room in later {
            assert!(
                !code.contains(&format!("crate::{room}")),
                "{name} names the room {room}"
            );
        }
    }
}

#[test]
fn few_files_read_what_a_spoiler_hides() {
    let may = [
        "corpus",            // where the text is from; import compares articles
        "search",            // finds by it, shows none of it
        "reply/excerpt.rs",  // cuts before it is covered
        "reply/entries.rs",  // cuts, and repeats of a label only what was typed
        "reply/text.rs",     // covers it for the terminal
        "discord/render.rs", // covers it for Discord
        "discord/guard",     // looks for it where it must not be
        "cli/import",        // tells a writer what was recognised
    ];

    let readers: Vec<_> = sources()
        .into_iter()
        .filter(|(_, code)| code.contains(".reveal()") || code.contains("Spoiler::reveal"))
        .collect();

    assert!(readers.len() > 5, "the readers were not found");
    for (name, _) in readers {
        assert!(
            may.iter().any(|allowed| name.starts_with(allowed)),
            "{name} reads a spoiler"
        );
    }
}
