//! Compares our reading of Discord's markdown with an independent judge made of five parsers:
//! whatever any of them shows, ours must show. Says so and passes where the judge is not prepared.
//!
//! `LAST_REEL_ORACLE_TEXTS` sets how many texts to try, `LAST_REEL_ORACLE_SEED` where to begin.
#![expect(
    clippy::print_stderr,
    reason = "a test tells why it skips and what it measured"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use last_reel::discord::markdown::{Flavour, shown};

const CANARY: &str = "zorblax";

/// For each text: the engines that show the canary, comma-separated.
const JUDGE: &str = r"
import { readFileSync } from 'node:fs';
const [engines, normal, texts] = process.argv.slice(2);
const { ENGINES } = await import(engines);
const { squash } = await import(normal);
const out = [];
for (const text of JSON.parse(readFileSync(texts, 'utf8'))) {
  const shows = Object.keys(ENGINES).filter((name) => {
    let read;
    try { read = ENGINES[name](text, {}); } catch { return true; }
    return squash(read.visible.join('')).includes('zorblax');
  });
  out.push(shows.join(','));
}
process.stdout.write(JSON.stringify(out));
";

const PIECES: [&str; 64] = [
    "||",
    "||",
    "||",
    "||",
    "||",
    "|",
    "|||",
    "||||",
    "**",
    "**",
    "*",
    "***",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```",
    "```\n",
    "```rs\n",
    "\n",
    "\n",
    "\n\n",
    "\n  ",
    "- ",
    "* ",
    "  - ",
    "+ ",
    "1. ",
    "12. ",
    "> ",
    "> ",
    ">>> ",
    "# ",
    "## ",
    "### a #",
    "-# ",
    "\\",
    "\\",
    " ",
    "  ",
    "\t",
    "\r\n",
    "a",
    "b ",
    "c_d",
    "[",
    "]",
    "(",
    ")",
    "](https://x.y)",
    "](<https://x.y> \"t\")",
    "https://x.y/",
    "<https://x.y/",
    ">",
    "<@1234567890123456789>",
    "<t:1618953630:R>",
    "<:em:1234567890123456789>",
    "@everyone",
    "\u{200b}",
    "\u{202e}",
    "é",
    "¯\\_(ツ)_/¯",
    "日本",
];

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }
}

fn hostile(random: &mut Random) -> String {
    let most = if random.below(4) == 0 { 24 } else { 9 };
    let pieces = 3 + random.below(most);
    let canary = random.below(pieces);
    // Few kinds of pieces in one text make constructs meet more often.
    let kinds: Vec<usize> = (0..3 + random.below(6))
        .map(|_| random.below(PIECES.len()))
        .collect();
    let narrow = random.below(2) == 0;
    let covered = random.below(3) > 0;
    let mut text = String::new();
    for piece in 0..pieces {
        if piece == canary && covered {
            let cover = ["||zorblax||", "||a zorblax b||", "||a\nzorblax||"][random.below(3)];
            text.push_str(cover);
        } else if piece == canary {
            text.push_str(CANARY);
        }
        let kind = if narrow && random.below(4) > 0 {
            kinds[random.below(kinds.len())]
        } else {
            random.below(PIECES.len())
        };
        text.push_str(PIECES[kind]);
    }
    text
}

fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn number(name: &str, default: u64) -> u64 {
    env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

#[test]
fn shows_whatever_any_public_parser_shows() {
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/sim/oracle");
    if !oracle.join("node_modules").is_dir() {
        eprintln!(
            "skipped: there is no `{}`; see tests/sim/prepare",
            oracle.display()
        );
        return;
    }
    let mut random = Random(
        0x2545_f491_4f6c_dd1d ^ number("LAST_REEL_ORACLE_SEED", 0).wrapping_mul(0x9e37_79b9),
    );
    let texts: Vec<String> = (0..number("LAST_REEL_ORACLE_TEXTS", 5_000))
        .map(|_| hostile(&mut random))
        .collect();
    let folder = tempfile::tempdir().expect("a folder for the texts");
    let (script, list) = (
        folder.path().join("judge.mjs"),
        folder.path().join("texts.json"),
    );
    fs::write(&script, JUDGE).expect("written");
    fs::write(&list, serde_json::to_vec(&texts).expect("JSON")).expect("written");

    let judged = Command::new("node")
        .arg(&script)
        .args([
            oracle.join("lib/engines.mjs"),
            oracle.join("lib/normal.mjs"),
            list,
        ])
        .output();

    let judged = match judged {
        Ok(judged) => judged,
        Err(error) => return eprintln!("skipped: node does not start: {error}"),
    };
    assert!(
        judged.status.success(),
        "{}",
        String::from_utf8_lossy(&judged.stderr)
    );
    let judged: Vec<String> =
        serde_json::from_slice(&judged.stdout).expect("the judge writes JSON");
    assert_eq!(judged.len(), texts.len());
    let (mut missed, mut missing) = (BTreeMap::<&str, Vec<&str>>::new(), 0);
    let (mut hidden_by_all, mut only_ours) = (0, Vec::new());
    for (text, engines) in texts.iter().zip(&judged) {
        let ours = squash(&shown(text, Flavour::Full)).contains(CANARY);
        if engines.is_empty() {
            hidden_by_all += 1;
            if ours {
                only_ours.push(text.as_str());
            }
        } else if !ours {
            missing += 1;
            missed.entry(engines).or_default().push(text);
        }
    }
    eprintln!(
        "{} texts; {hidden_by_all} hidden by all engines, of which we show {}",
        texts.len(),
        only_ours.len()
    );
    for texts in missed.values_mut().chain([&mut only_ours]) {
        texts.sort_by_key(|text| text.len());
        texts.truncate(4);
    }
    eprintln!("shown by us alone, for example: {only_ours:?}");
    assert_eq!(missing, 0, "shown by an engine, hidden by us: {missed:#?}");
}
