//! `/corpus`: for those who look after the films.

use crate::reply::{self, Reply};

use super::{Access, Answer, Call, Command, Effect, UserError, no_suggestions};

pub(super) const COMMAND: Command = Command {
    name: "corpus",
    description: "Look after the films (moderators)",
    options: &[],
    subcommands: &[&RELOAD, &STATUS],
    access: Access::Moderators,
    run: |_| Err(UserError("Choose `reload` or `status`.")),
    suggest: no_suggestions,
};

const RELOAD: Command = Command {
    name: "reload",
    description: "Load the film files again; a broken one changes nothing",
    options: &[],
    subcommands: &[],
    access: Access::Moderators,
    run: reload,
    suggest: no_suggestions,
};

const STATUS: Command = Command {
    name: "status",
    description: "What the bot answers from, and since when",
    options: &[],
    subcommands: &[],
    access: Access::Moderators,
    run: status,
    suggest: no_suggestions,
};

#[expect(clippy::unnecessary_wraps, reason = "the table's type")]
fn reload(_: &Call<'_>) -> Result<Answer, UserError> {
    Ok(Answer {
        effect: Some(Effect::Reload),
        ..Answer::private(Reply::default())
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the table's type")]
fn status(call: &Call<'_>) -> Result<Answer, UserError> {
    let minutes = call.since().elapsed().as_secs() / 60;
    let loaded = match minutes {
        0 => "less than a minute ago".to_owned(),
        1..120 => format!("{} ago", reply::counted(minutes as usize, "minute")),
        _ => format!("{} ago", reply::counted(minutes as usize / 60, "hour")),
    };
    let metrics = call.metrics;
    let facts = [
        format!("Interactions answered: {}", metrics.interactions.count()),
        format!("Reloads: {}", metrics.reloads.count()),
        format!("Leaks stopped: {}", metrics.leaks_stopped.count()),
    ];
    Ok(Answer::private(reply::status(
        call.library().corpus.size(),
        &loaded,
        &facts,
    )))
}
