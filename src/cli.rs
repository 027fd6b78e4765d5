//! The program's commands, one file each.

pub mod ask;
pub mod check;
pub mod import;
pub mod search;
pub mod serve;

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::corpus::LoadError;

/// Explains how films end, and shows no ending by accident.
#[derive(Debug, Parser)]
#[command(name = "last-reel", version)]
pub struct Cli {
    /// The corpus: a folder of film files, one file or an .ndjson bundle [default: data/films]
    #[arg(long, global = true, value_name = "PATH")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot; needs `DISCORD_TOKEN`
    Serve,
    /// Answer one command in the terminal, endings covered: ask "/ending anora"
    Ask(ask::Args),
    /// Show what a query matches, and why
    Search(search::Args),
    /// Tell every problem of film files at once
    Check(check::Args),
    /// Turn outside text into film files
    Import(import::Args),
}

/// Runs the command that the arguments name.
///
/// # Errors
/// If it could not run; [`explain`] says so in words.
pub fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    let file = dotenv(Path::new(".env"))?;
    let set = |value: &String| !value.trim().is_empty();
    let serving = matches!(cli.command, Command::Serve);
    // What is wrong with the token is nothing to a command that needs none.
    let read = |name: &str| serving || !name.starts_with("DISCORD_");
    let value = |name: &str| {
        std::env::var(name)
            .ok()
            .filter(set)
            .or_else(|| file.get(name).cloned())
    };
    let mut config = Config::read(|name| value(name).filter(|_| read(name)))?;
    if let Some(data) = &cli.data {
        config.data.clone_from(data);
    }
    match &cli.command {
        Command::Serve => serve::run(&config),
        Command::Ask(args) => ask::run(args, &config),
        Command::Search(args) => search::run(args, &config.data),
        Command::Check(args) => check::run(args, &config.data),
        Command::Import(args) => import::run(args),
    }
}

/// Reads a file of variables, one `NAME=value` a line. That there is none is the usual case.
fn dotenv(path: &Path) -> anyhow::Result<HashMap<String, String>> {
    let read = || dotenvy::from_path_iter(path)?.collect::<Result<HashMap<_, _>, _>>();
    match read() {
        Ok(variables) => Ok(variables),
        Err(error) if error.not_found() => Ok(HashMap::new()),
        // The error itself may quote a secret.
        Err(_) => anyhow::bail!(
            "cannot read `{}`; write lines such as NAME=value",
            path.display()
        ),
    }
}

/// Says on standard error why a command did not run, and gives the exit code: 1 for problems of
/// the corpus, 2 for everything else.
pub fn explain(error: &anyhow::Error) -> ExitCode {
    let closed = |cause: &(dyn std::error::Error + 'static)| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(closed) {
        return ExitCode::SUCCESS; // whoever reads our output has read enough
    }
    let mut err = io::stderr().lock();
    // Nobody is left to tell if standard error is closed.
    if let Some(LoadError::Problems(problems)) = error.downcast_ref() {
        for problem in problems {
            let _ = writeln!(err, "{problem}");
        }
        let _ = writeln!(err, "error: {error}");
        return ExitCode::from(1);
    }
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    let _ = writeln!(err, "error: {}", causes.join(": "));
    ExitCode::from(2)
}
