//! `last-reel import`: scraped text to film files. Says what was recognised, what was dropped and
//! what was written.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::builder::NonEmptyStringValueParser;

use crate::corpus::import::{self, Folder, Imported, Options, Placed, Refused, Saved};
use crate::corpus::{Passage, Section, Spoiler};
use crate::reply::counted;

/// What `import` is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Text files, one article each
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The folder of film files to add to
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// The film's title, if the text does not say it or says it wrong
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "TITLE")]
    film: Option<String>,
    /// The year of release, which tells remakes apart
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i32).range(1800..=2200))]
    year: Option<i32>,
    /// The publication the article is from, shown with every answer
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NAME")]
    source: Option<String>,
    /// The article's address (one file only)
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    url: Option<String>,
    /// What allows republishing the article; without it, it is quoted in part
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "L")]
    licence: Option<String>,
    /// Show what would be done and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Imports every file that can be; exit code 1 if some were refused.
///
/// # Errors
/// If the folder cannot be used, or nothing can be printed.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        args.url.is_none() || args.files.len() == 1,
        "`--url` is the address of one article; import its file alone"
    );
    let mut folder = Folder::open(&args.into).context("nothing was imported")?;
    let mut out = io::stdout().lock();
    let options = Options {
        film: args.film.clone(),
        year: args.year,
        source: args.source.clone(),
        url: args.url.clone(),
        licence: args.licence.clone(),
    };
    let mut refused = 0_usize;
    for file in &args.files {
        writeln!(out, "{}", file.display())?;
        match import_one(file, &options, &mut folder, &mut out)? {
            Ok(()) => {}
            Err(refusal) => {
                refused += 1;
                writeln!(out, "  refused: {refusal}")?;
            }
        }
        writeln!(out)?;
    }
    for saved in folder.save(args.dry_run) {
        match saved {
            Ok(saved) => print_saved(&saved, args.dry_run, &mut out)?,
            Err(error) => {
                refused += 1;
                writeln!(out, "not written: {error}")?;
                print_problems(&error, &mut out)?;
            }
        }
    }
    let unread = folder.problems().count();
    if unread > 0 {
        let into = args.into.display();
        let unread = counted(unread, "problem");
        writeln!(
            out,
            "other files in `{into}` have {unread}; `last-reel check {into}` shows them"
        )?;
    }
    if refused > 0 {
        writeln!(out, "{refused} refused")?;
    }
    Ok(ExitCode::from(u8::from(refused > 0)))
}

fn import_one(
    file: &std::path::Path,
    options: &Options,
    folder: &mut Folder,
    out: &mut impl Write,
) -> io::Result<Result<(), String>> {
    let recognised = import::read_text(file)
        .map_err(|error| error.to_string())
        .and_then(|text| import::recognise(&text, options).map_err(|error| error.to_string()));
    let imported = match recognised {
        Ok(imported) => imported,
        Err(refusal) => return Ok(Err(refusal)),
    };
    print_recognised(&imported, out)?;
    match folder.place(&imported) {
        Ok(placed) => print_placed(&placed, out)?,
        Err(error) => {
            print_problems(&error, out)?;
            return Ok(Err(error.to_string()));
        }
    }
    Ok(Ok(()))
}

fn print_recognised(imported: &Imported, out: &mut impl Write) -> io::Result<()> {
    let Imported {
        film,
        article,
        dropped,
    } = imported;
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".into());
    writeln!(out, "  film      {} (from {})", film.title, film.title_from)?;
    let year = film.year.map_or("none".into(), |year| year.to_string());
    writeln!(out, "  year      {year}")?;
    if !film.aliases.is_empty() {
        writeln!(out, "  alias     {}", film.aliases.join(", "))?;
    }
    if !film.directors.is_empty() {
        writeln!(out, "  director  {}", film.directors.join(", "))?;
    }
    writeln!(out, "  article   {}", article.title.reveal())?;
    writeln!(out, "  author    {}", or_none(&article.source.author))?;
    if let Some(published) = &article.source.published {
        writeln!(out, "  date      {published}")?;
    }
    let rating = article
        .rating
        .map_or("none".into(), |rating| format!("{rating}/10"));
    writeln!(out, "  rating    {rating}")?;
    writeln!(out, "  sections  {}", article.sections.len())?;
    for section in &article.sections {
        print_section(section, out)?;
    }
    writeln!(out, "  dropped   {}", counted(dropped.len(), "line"))?;
    for dropped in dropped {
        writeln!(
            out,
            "    line {:3}  {}: \"{}\"",
            dropped.line,
            dropped.why,
            cut(&dropped.text)
        )?;
    }
    Ok(())
}

fn print_section(section: &Section, out: &mut impl Write) -> io::Result<()> {
    let heading = section
        .heading
        .as_ref()
        .map_or("(no heading)", Spoiler::reveal);
    let count = |bullet: bool| {
        section
            .passages
            .iter()
            .filter(|passage| passage.bullet == bullet)
            .count()
    };
    let counts: Vec<_> = [(count(false), "paragraph"), (count(true), "bullet")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| counted(count, what))
        .collect();
    writeln!(
        out,
        "    {:15} {heading}: {}",
        section.kind.name(),
        counts.join(", ")
    )?;
    let label = |passage: &Passage| {
        passage
            .label
            .as_ref()
            .map(|label| label.reveal().to_owned())
    };
    for (_, entry) in section.entries() {
        writeln!(out, "{:20} entry: {}", "", label(entry).unwrap_or_default())?;
    }
    Ok(())
}

fn print_placed(placed: &Placed, out: &mut impl Write) -> io::Result<()> {
    let file = placed.file.display();
    if placed.is_new {
        writeln!(out, "  into      {file}")?;
    } else {
        writeln!(out, "  nothing new for {file}")?;
    }
    for change in &placed.changes {
        writeln!(out, "    {change}")?;
    }
    if !placed.namesakes.is_empty() {
        writeln!(
            out,
            "    not the same film as {}; if it is, give its year with `--year`",
            placed.namesakes.join(", ")
        )?;
    }
    Ok(())
}

fn print_saved(saved: &Saved, dry_run: bool, out: &mut impl Write) -> io::Result<()> {
    let file = saved.file.display();
    if let Some(before) = &saved.renamed_from {
        let verb = if dry_run { "would rename" } else { "renamed" };
        writeln!(
            out,
            "{verb} {} to {file}, since the year is known now",
            before.display()
        )?;
    }
    match (dry_run, saved.existed) {
        (false, false) => writeln!(out, "wrote {file}"),
        (false, true) => writeln!(out, "added to {file}"),
        (true, false) => writeln!(out, "would write {file}"),
        (true, true) => writeln!(out, "would add to {file}"),
    }
}

fn print_problems(error: &Refused, out: &mut impl Write) -> io::Result<()> {
    let (Refused::Broken(problems) | Refused::Unfit(problems)) = error else {
        return Ok(());
    };
    for problem in problems {
        writeln!(out, "  {problem}")?;
    }
    Ok(())
}

fn cut(text: &str) -> String {
    const SHOWN: usize = 70;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
