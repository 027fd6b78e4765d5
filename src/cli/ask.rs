//! `last-reel ask`: one answer in the terminal, or the response body that Discord would get.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::bail;
use serenity::model::permissions::Permissions;

use crate::app::App;
use crate::config::Config;
use crate::discord::answer::{answer, find_reply, reload, terminal};
use crate::discord::commands::{self, COMMANDS, Command, Effect, Given, OptKind, Outcome};
use crate::discord::request::{Asked, Request, Typed};

/// The arguments of `ask`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A command as one types it: "/ending anora section: ring"
    #[arg(required = true, num_args = 1..)]
    question: Vec<String>,
    /// Show what is under the covers
    #[arg(long)]
    reveal: bool,
    /// Print the response body that Discord would get
    #[arg(long, conflicts_with = "reveal")]
    json: bool,
}

/// Whoever sits at the terminal may do what moderators may.
const LOCAL_USER: u64 = 1;

/// Answers, and gives 0, or 1 if nothing was found.
///
/// # Errors
/// If the command is unknown, or the corpus cannot be used.
pub fn run(args: &Args, config: &Config) -> anyhow::Result<ExitCode> {
    let typed = parse(&args.question.join(" "))?;
    let mut app = App::open(config)?;
    app.moderation.moderators.push(LOCAL_USER);
    let request = Request {
        id: 0,
        token: String::new(),
        user: LOCAL_USER,
        guild: None,
        permissions: Permissions::empty(),
        asked: Asked::Command(typed),
    };
    let mut out = io::stdout().lock();
    let outcome = if args.json {
        let response = answer(&app, &request);
        writeln!(out, "{:#}", response.body)?;
        response.outcome
    } else {
        let mut answer = find_reply(&app, &request);
        if answer.effect == Some(Effect::Reload) {
            answer.reply = tokio::runtime::Runtime::new()?.block_on(reload(&app));
        }
        write!(out, "{}", terminal(&app, &answer.reply, args.reveal))?;
        if answer.reply.spoilers().next().is_some() && !args.reveal {
            writeln!(
                out,
                "Covered: --reveal shows it. `section: meaning` after the film opens another part."
            )?;
        }
        answer.outcome
    };
    Ok(match outcome {
        Outcome::Answered | Outcome::DidYouMean => ExitCode::SUCCESS,
        Outcome::NotCovered | Outcome::Refused | Outcome::Stale => ExitCode::from(1),
    })
}

/// Reads a command as one types it. Text after the command fills its first option; `name:` starts
/// another only if the command has an option of that name.
fn parse(question: &str) -> anyhow::Result<Typed> {
    let mut words = question.split_whitespace().peekable();
    let name = words
        .next()
        .unwrap_or_default()
        .trim_start_matches('/')
        .to_owned();
    let known = || {
        COMMANDS
            .iter()
            .map(|command| format!("`/{}`", command.name))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let Some(family) = COMMANDS.iter().find(|command| command.name == name) else {
        bail!("there is no command `/{name}`; there are {}", known());
    };
    let below = words
        .peek()
        .and_then(|word| family.subcommands.iter().find(|below| below.name == *word));
    if below.is_some() {
        words.next();
    }
    let subcommand = below.map(|below| below.name.to_owned());
    let Some(command) = commands::find(&name, subcommand.as_deref()) else {
        let names: Vec<_> = family
            .subcommands
            .iter()
            .map(|below| format!("`/{name} {}`", below.name))
            .collect();
        bail!("`/{name}` needs one more word: {}", names.join(", "));
    };
    let options = options(command, words)?;
    if let Some(missing) = command
        .options
        .iter()
        .find(|option| option.required && options.iter().all(|(name, _)| name != option.name))
    {
        bail!(
            "`/{name}` needs `{}`: {}",
            missing.name,
            missing.description
        );
    }
    Ok(Typed {
        name,
        subcommand,
        options,
    })
}

fn options<'a>(
    command: &Command,
    words: impl Iterator<Item = &'a str>,
) -> anyhow::Result<Vec<(String, Given)>> {
    let mut current = command.options.first();
    let mut texts: Vec<(&'static str, String)> = Vec::new();
    for word in words {
        let named = word.split_once(':').and_then(|(name, rest)| {
            command
                .options
                .iter()
                .find(|option| option.name == name)
                .map(|option| (option, rest))
        });
        let word = match named {
            Some((option, rest)) => {
                current = Some(option);
                rest
            }
            None => word,
        };
        let Some(option) = current else {
            bail!("`/{}` takes nothing more", command.name)
        };
        match texts.iter_mut().find(|(name, _)| *name == option.name) {
            Some((_, text)) => *text = [text.as_str(), word].join(" ").trim().into(),
            None => texts.push((option.name, word.to_owned())),
        }
    }
    texts
        .into_iter()
        .map(|(name, text)| {
            let flag = command
                .options
                .iter()
                .any(|option| option.name == name && option.kind == OptKind::Flag);
            let given = match (flag, text.as_str()) {
                (false, _) => Given::Text(text),
                (true, "true" | "yes" | "") => Given::Flag(true),
                (true, "false" | "no") => Given::Flag(false),
                (true, _) => bail!("`{name}` is `true` or `false`"),
            };
            Ok((name.to_owned(), given))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_fills_the_first_option_and_names_start_others() {
        let typed = parse("/ending dr. strangelove: or how section: the ring public:true").unwrap();

        assert_eq!(typed.name, "ending");
        assert_eq!(
            typed.options,
            [
                (
                    "film".to_owned(),
                    Given::Text("dr. strangelove: or how".into())
                ),
                ("section".to_owned(), Given::Text("the ring".into())),
                ("public".to_owned(), Given::Flag(true)),
            ]
        );
    }

    #[test]
    fn a_subcommand_is_a_word_of_its_own() {
        let typed = parse("corpus status").unwrap();

        assert_eq!(
            (typed.name.as_str(), typed.subcommand.as_deref()),
            ("corpus", Some("status"))
        );
    }

    #[test]
    fn what_cannot_be_asked_is_told_in_words() {
        for (question, said) in [
            ("/foo", "there is no command"),
            ("/corpus", "needs one more word"),
            ("/ending", "needs `film`"),
            ("/help me", "takes nothing more"),
        ] {
            let error = parse(question).unwrap_err().to_string();

            assert!(error.contains(said), "{error}");
        }
    }
}
