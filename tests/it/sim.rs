//! The program against the strict stand-in and the independent judge that lie in `../shared`,
//! where they do: `tests/sim/prepare` installs what they need, and without it these tests say
//! that they skip. `LAST_REEL_TEST_PROGRAM` names another build, such as the release build.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::{fixtures, program};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the runs need, where all of it is there.
struct Tools {
    python: PathBuf,
    shared: PathBuf,
    oracle: PathBuf,
    program: PathBuf,
}

impl Tools {
    fn find() -> Option<Self> {
        let shared = env::var_os("LAST_REEL_SHARED").map(PathBuf::from);
        let shared = shared.unwrap_or_else(|| root().join("../shared"));
        let prepared = root().join("target/sim");
        let program = env::var_os("LAST_REEL_TEST_PROGRAM").map(PathBuf::from);
        let program = program.unwrap_or_else(|| program::path().to_owned());
        let tools = Self {
            python: prepared.join("venv/bin/python"),
            oracle: prepared.join("oracle"),
            program,
            shared,
        };
        let wanted = [
            tools.shared.join("discord-sim"),
            tools.python.clone(),
            tools.oracle.join("node_modules"),
            tools.program.clone(),
        ];
        let Some(missing) = wanted.iter().find(|path| !path.exists()) else {
            return Some(tools);
        };
        let missing = missing.display();
        skip(&format!("there is no `{missing}`; see tests/sim/prepare"));
        None
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn skip(why: &str) {
    eprintln!("skipped: {why}");
}

/// What the scenario script reports, and everything the program said.
struct Outcome {
    report: Value,
    said: Vec<Value>,
}

fn run(tools: &Tools, more: &[&str]) -> Outcome {
    let folder = TempDir::new().unwrap();
    let messages = folder.path().join("said.ndjson");
    let output = Command::new(&tools.python)
        .arg(root().join("tests/sim/scenario.py"))
        .arg("--program")
        .arg(&tools.program)
        .arg("--simulator")
        .arg(tools.shared.join("discord-sim"))
        .arg("--spec")
        .arg(tools.shared.join("discord/openapi.json"))
        .arg("--films")
        .arg(fixtures::path("films"))
        .arg("--messages")
        .arg(&messages)
        .args(more)
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let stderr = String::from_utf8_lossy(&output.stderr);
        panic!("the scenario could not run ({error}):\n{stderr}")
    });
    let said = fs::read_to_string(messages).unwrap();
    let said = said.lines().map(|line| serde_json::from_str(line).unwrap());
    Outcome {
        report,
        said: said.collect(),
    }
}

/// What a private reply says whose covers were lifted because the person asked and confirmed it.
const LIFTED: &str = "Covers are off because you asked to read this privately.";

/// What the judge counts as an error, one line each, with what the person had done. A canary in a
/// private reply that says why its covers are off is none.
fn leaks(tools: &Tools, said: &[Value]) -> String {
    let heard: Vec<_> = said
        .iter()
        .filter(|entry| entry["body"].is_object())
        .collect();
    let mut judge = Command::new("node")
        .arg(tools.oracle.join("visible.mjs"))
        .arg("--canary-file")
        .arg(fixtures::path("canaries.txt"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut documents = judge.stdin.take().unwrap();
    for entry in &heard {
        writeln!(documents, "{}", entry["body"]).unwrap();
    }
    drop(documents);
    let output = judge.wait_with_output().unwrap();
    let verdicts = String::from_utf8(output.stdout).unwrap();
    assert_eq!(verdicts.lines().count(), heard.len(), "all was judged");
    let mut errors = String::new();
    for (line, entry) in verdicts.lines().zip(heard) {
        let verdict: Value = serde_json::from_str(line).unwrap();
        let flags = entry["body"]["data"]["flags"].as_u64().unwrap_or_default();
        let lifted = flags & 64 != 0 && entry["body"].to_string().contains(LIFTED);
        for finding in verdict["findings"].as_array().into_iter().flatten() {
            if finding["severity"] == "error" && !(lifted && finding["code"] == "leak.canary") {
                let (kind, asked) = (&entry["kind"], &entry["interaction"]["name"]);
                let (code, path) = (&finding["code"], &finding["path"]);
                let what = &finding["detail"];
                writeln!(errors, "{kind} to {asked}: {code} at {path}: {what}").unwrap();
            }
        }
    }
    errors
}

fn assert_clean(report: &Value) {
    for part in ["failures", "violations", "warnings", "simulator"] {
        assert_eq!(report[part], serde_json::json!([]), "{part}: {report:#}");
    }
}

#[test]
fn the_strict_stand_in_has_no_objection_and_nothing_leaks() {
    let Some(tools) = Tools::find() else { return };

    let Outcome { report, said } = run(&tools, &[]);

    assert_clean(&report);
    assert!(
        said.len() > 100,
        "{} messages are enough to tell",
        said.len()
    );
    let leaks = leaks(&tools, &said);
    assert!(leaks.is_empty(), "{leaks}");
}

/// `LAST_REEL_TEST_SOAK` sets the seconds.
#[test]
#[ignore = "takes a minute"]
fn random_use_under_faults_is_answered_and_nothing_leaks() {
    let Some(tools) = Tools::find() else { return };
    let seconds = env::var("LAST_REEL_TEST_SOAK").unwrap_or_else(|_| "60".into());

    let Outcome { report, said } = run(&tools, &["--soak", &seconds]);

    assert_clean(&report);
    assert!(
        said.len() > 100,
        "{} messages are enough to tell",
        said.len()
    );
    let leaks = leaks(&tools, &said);
    assert!(leaks.is_empty(), "{leaks}");
}
