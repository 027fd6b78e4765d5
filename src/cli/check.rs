//! `last-reel check`: every problem of film files at once.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::corpus::check::check;
use crate::reply::counted;

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Film files, folders or bundles [default: the corpus]
    paths: Vec<PathBuf>,
    /// Fail on remarks as well
    #[arg(long)]
    strict: bool,
}

/// Prints every problem and remark; 0 if there are no problems, 1 if there are.
///
/// # Errors
/// If there is nothing at a path, or it cannot be read.
pub fn run(args: &Args, data: &Path) -> anyhow::Result<ExitCode> {
    let paths: Vec<&Path> = if args.paths.is_empty() {
        vec![data]
    } else {
        args.paths.iter().map(PathBuf::as_path).collect()
    };
    let mut out = io::stdout().lock();
    let (mut problems, mut remarks) = (0, 0);
    for path in paths {
        let report = check(path)?;
        for problem in &report.problems {
            writeln!(out, "{problem}")?;
        }
        for remark in &report.remarks {
            writeln!(out, "{remark}")?;
        }
        let size = report.size;
        writeln!(
            out,
            "{}: {}, {}, {}; {}, {}",
            path.display(),
            counted(size.films, "film"),
            counted(size.articles, "article"),
            counted(size.passages, "passage"),
            counted(report.problems.len(), "problem"),
            counted(report.remarks.len(), "remark"),
        )?;
        problems += report.problems.len();
        remarks += report.remarks.len();
    }
    let failed = problems > 0 || (args.strict && remarks > 0);
    Ok(ExitCode::from(u8::from(failed)))
}
