//! Parses arguments, runs, and turns an error into an exit code.

use std::process::ExitCode;

use clap::Parser;
use last_reel::cli::{self, Cli};

fn main() -> ExitCode {
    cli::run(&Cli::parse()).unwrap_or_else(|error| cli::explain(&error))
}
