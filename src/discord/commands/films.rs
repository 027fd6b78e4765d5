//! `/films`: which films are covered.

use crate::reply::{self, Audience, Choice, View};

use super::{Access, Answer, Call, Command, Opt, OptKind, UserError};

pub(super) const COMMAND: Command = Command {
    name: "films",
    description: "Which films are covered",
    options: &[Opt {
        name: "search",
        description: "A part of a title",
        kind: OptKind::Suggested,
        required: false,
    }],
    subcommands: &[],
    access: Access::Everyone,
    run,
    suggest,
};

fn run(call: &Call<'_>) -> Result<Answer, UserError> {
    let reply = match call.text("search") {
        Some(typed) => Some(reply::films_found(call.library(), typed)),
        None => reply::show(
            call.library(),
            &View::Films(0),
            Audience::Private,
            call.excerpt,
        ),
    };
    reply
        .map(Answer::private)
        .ok_or(UserError("No film is covered yet."))
}

fn suggest(call: &Call<'_>, option: &str) -> Vec<Choice> {
    reply::film_choices(call.library(), call.text(option).unwrap_or_default())
}
