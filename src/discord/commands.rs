//! The one table of commands. Registration, dispatch, help, `ask` and the log read it; a new
//! command is a file in `commands/` and two lines here.

mod corpus;
mod ending;
mod films;
mod help;
mod theme;

use std::time::Instant;

use crate::app::Loaded;
use crate::config::Moderation;
use crate::metrics::Metrics;
use crate::reply::{Audience, Choice, Excerpt, Library, Reply};

/// All commands, in the order in which help tells of them.
pub const COMMANDS: &[&Command] = &[
    &ending::COMMAND,
    &theme::COMMAND,
    &films::COMMAND,
    &corpus::COMMAND,
    &help::COMMAND,
];

/// A slash command, or with `subcommands` a family of them.
#[derive(Debug)]
pub struct Command {
    /// What is typed after the slash: 1 to 32 lower-case letters.
    pub name: &'static str,
    /// What it does: 1 to 100 characters.
    pub description: &'static str,
    /// What it takes, required options first.
    pub options: &'static [Opt],
    /// What stands below it; then it has no options and does not run itself.
    pub subcommands: &'static [&'static Command],
    /// Who may use it.
    pub access: Access,
    /// Answers it.
    pub run: fn(&Call<'_>) -> Result<Answer, UserError>,
    /// Suggests values for an option that is being typed.
    pub suggest: fn(&Call<'_>, option: &str) -> Vec<Choice>,
}

/// Who may use a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everyone, everywhere.
    Everyone,
    /// Those who may touch the shared corpus, in servers.
    Moderators,
}

/// An option of a command.
#[derive(Debug)]
pub struct Opt {
    /// Its name: 1 to 32 lower-case letters.
    pub name: &'static str,
    /// What it means: 1 to 100 characters.
    pub description: &'static str,
    /// What it takes.
    pub kind: OptKind,
    /// Whether the command needs it.
    pub required: bool,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptKind {
    /// Text with suggestions; free text is accepted all the same.
    Suggested,
    /// Yes or no.
    Flag,
}

/// What was asked, and what it may be answered from.
#[derive(Debug)]
pub struct Call<'a> {
    /// The options given, by name.
    pub options: &'a [(String, Given)],
    /// What answers are made of.
    pub loaded: &'a Loaded,
    /// How much is quoted.
    pub excerpt: Excerpt,
    /// What is counted.
    pub metrics: &'a Metrics,
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// What was typed or chosen.
    Text(String),
    /// Yes or no.
    Flag(bool),
}

impl Call<'_> {
    /// The library in use.
    pub fn library(&self) -> &Library {
        &self.loaded.library
    }

    /// Since when it is in use.
    pub fn since(&self) -> Instant {
        self.loaded.since
    }

    /// The text of an option; an empty one counts as not given.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.options.iter().find_map(|(option, given)| match given {
            Given::Text(text) if option == name => {
                Some(text.trim()).filter(|text| !text.is_empty())
            }
            _ => None,
        })
    }

    /// Whether a flag is set.
    pub fn flag(&self, name: &str) -> bool {
        self.options
            .iter()
            .any(|(option, given)| option == name && *given == Given::Flag(true))
    }
}

/// What a command answers.
#[derive(Debug)]
pub struct Answer {
    /// What is said.
    pub reply: Reply,
    /// To whom.
    pub to: Audience,
    /// What became of the question, for the log.
    pub outcome: Outcome,
    /// What is to be done beside it.
    pub effect: Option<Effect>,
}

impl Answer {
    /// An answer for the person who asked, alone.
    pub fn private(reply: Reply) -> Self {
        Self {
            reply,
            to: Audience::Private,
            outcome: Outcome::Answered,
            effect: None,
        }
    }

    /// The same answer with another outcome.
    #[must_use]
    pub fn with(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }
}

/// What became of a question: a short closed list, for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered.
    Answered,
    /// Several things may have been meant.
    DidYouMean,
    /// Nothing like that is covered.
    NotCovered,
    /// The person did something that cannot be, and was told.
    Refused,
    /// The component shows what has changed since.
    Stale,
}

impl Outcome {
    /// The word in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::DidYouMean => "did-you-mean",
            Self::NotCovered => "not-covered",
            Self::Refused => "refused",
            Self::Stale => "stale",
        }
    }
}

/// What an answer asks to be done beside it, which may take a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Load the corpus again.
    Reload,
    /// Remove the message.
    Delete,
}

/// What a person did that cannot be: one kind sentence, with what to try next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UserError(pub &'static str);

/// Finds a command by its name, or a subcommand by both.
pub fn find(name: &str, subcommand: Option<&str>) -> Option<&'static Command> {
    let command = COMMANDS.iter().find(|command| command.name == name)?;
    match subcommand {
        None if command.subcommands.is_empty() => Some(command),
        None => None,
        Some(subcommand) => command
            .subcommands
            .iter()
            .find(|below| below.name == subcommand)
            .copied(),
    }
}

/// Whether a person may touch the shared corpus: whoever may manage a home server, there, and
/// named moderators anywhere. The permissions are those that Discord sent.
pub fn may_moderate(
    moderation: &Moderation,
    user: u64,
    guild: Option<u64>,
    may_manage_guild: bool,
) -> bool {
    let at_home = guild.is_some_and(|guild| moderation.home_servers.contains(&guild));
    moderation.moderators.contains(&user) || (at_home && may_manage_guild)
}

/// Says why a command for moderators was refused.
pub const NOT_A_MODERATOR: UserError = UserError(
    "This is for moderators of the shared corpus. A host names home servers in `LAST_REEL_HOME_SERVERS` and people in `LAST_REEL_MODERATORS`.",
);

/// For commands that suggest nothing.
fn no_suggestions(_: &Call<'_>, _: &str) -> Vec<Choice> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = &'static Command> {
        COMMANDS
            .iter()
            .copied()
            .flat_map(|command| std::iter::once(command).chain(command.subcommands.iter().copied()))
    }

    #[test]
    fn names_and_descriptions_keep_to_discords_limits() {
        for command in all() {
            for (name, description) in std::iter::once((command.name, command.description)).chain(
                command
                    .options
                    .iter()
                    .map(|option| (option.name, option.description)),
            ) {
                assert!(
                    (1..=32).contains(&name.len()) && name.chars().all(|c| c.is_ascii_lowercase()),
                    "{name}"
                );
                assert!(
                    (1..=100).contains(&description.chars().count()),
                    "{description}"
                );
            }
            assert!(command.options.len() <= 25, "{}", command.name);
            assert!(
                command.options.is_sorted_by_key(|option| !option.required),
                "{}",
                command.name
            );
        }
    }

    #[test]
    fn a_manager_of_another_server_may_not_moderate() {
        let moderation = Moderation {
            home_servers: vec![1],
            moderators: vec![7],
        };

        assert!(may_moderate(&moderation, 5, Some(1), true));
        assert!(may_moderate(&moderation, 7, None, false));
        assert!(!may_moderate(&moderation, 5, Some(2), true));
        assert!(!may_moderate(&moderation, 5, Some(1), false));
        assert!(!may_moderate(&Moderation::default(), 5, Some(1), true));
    }
}
