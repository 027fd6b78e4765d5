//! `/help`: what one can ask for, read off the table.

use crate::reply::{self, Topic};

use super::{Access, Answer, COMMANDS, Call, Command, UserError, no_suggestions};

pub(super) const COMMAND: Command = Command {
    name: "help",
    description: "What you can ask, and how covers work",
    options: &[],
    subcommands: &[],
    access: Access::Everyone,
    run,
    suggest: no_suggestions,
};

#[expect(clippy::unnecessary_wraps, reason = "the table's type")]
fn run(_: &Call<'_>) -> Result<Answer, UserError> {
    let everyone = COMMANDS
        .iter()
        .filter(|command| command.access == Access::Everyone);
    let topics: Vec<_> = everyone
        .map(|command| Topic {
            usage: usage(command),
            what: command.description,
        })
        .collect();
    Ok(Answer::private(reply::help(&topics)))
}

fn usage(command: &Command) -> String {
    let options = command.options.iter().map(|option| {
        if option.required {
            format!(" {}", option.name)
        } else {
            format!(" [{}]", option.name)
        }
    });
    format!("/{}{}", command.name, options.collect::<String>())
}
