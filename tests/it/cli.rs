//! The program's commands that need no Discord, run as a person runs them.

mod ask;
mod check;
mod import;
mod search;

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::{fixtures, program};

/// A working directory of one test's own.
struct Desk(TempDir);

/// What a run has said, and its exit code.
#[derive(Debug)]
struct Done {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Runs the program with nothing in its environment but `environment`.
    fn run<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
        environment: &[(&str, &Path)],
        input: &str,
    ) -> Done {
        let mut child = Command::new(program::path())
            .args(arguments)
            .env_clear()
            .envs(environment.iter().copied())
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that wants no input may have gone by now.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        Done {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs the program on the fixture films.
fn run(arguments: &[&str]) -> Done {
    run_with(arguments, "")
}

/// The same with something on standard input.
fn run_with(arguments: &[&str], input: &str) -> Done {
    let films = fixtures::path("films");
    Desk::new().run(arguments, &[("LAST_REEL_DATA", &films)], input)
}

#[test]
fn an_unreadable_dot_env_is_told() {
    let desk = Desk::new();
    desk.write(".env", "LAST_REEL_DATA=a b\nnot a line\n");

    let done = desk.run(["check"], &[], "");

    assert_eq!(done.code, 2);
    assert!(done.err.contains("cannot read `.env`"), "{}", done.err);
}

#[test]
fn options_win_over_the_environment_and_that_over_dot_env() {
    let desk = Desk::new();
    let films = fixtures::path("films");
    let film = films.join("harbour-of-glass-2015.json");
    desk.write(".env", &format!("LAST_REEL_DATA={}\n", film.display()));

    let by_file = desk.run(["check"], &[], "");
    let by_environment = desk.run(["check"], &[("LAST_REEL_DATA", &films)], "");
    let broken = fixtures::path("broken");
    let option = ["--data".as_ref(), broken.as_os_str(), "check".as_ref()];
    let by_option = desk.run(option, &[("LAST_REEL_DATA", &films)], "");

    assert!(by_file.out.contains(": 1 film, 1 article"), "{by_file:?}");
    assert!(by_environment.out.contains(": 5 films, 7 articles"));
    assert_eq!(
        (by_file.code, by_environment.code, by_option.code),
        (0, 0, 1)
    );
}

#[test]
fn a_fault_in_the_configuration_is_told_without_its_value() {
    let desk = Desk::new();
    let secret = Path::new("S3CRET");

    let done = desk.run(["check"], &[("LAST_REEL_EXCERPT", secret)], "");

    assert_eq!(done.code, 2);
    assert!(done.err.contains("`LAST_REEL_EXCERPT`"), "{}", done.err);
    assert!(!done.err.contains("S3CRET"));
}

#[test]
fn help_and_version_need_nothing() {
    let help = run(&["--help"]);
    let version = run(&["--version"]);
    let nonsense = run(&["projector"]);

    for command in ["serve", "ask", "search", "check", "import"] {
        assert!(help.out.contains(command), "{command}: {}", help.out);
    }
    assert_eq!((help.code, version.code, nonsense.code), (0, 0, 2));
    assert!(version.out.starts_with("last-reel "), "{}", version.out);
}
