//! `/theme`: the best entries on a theme or symbol, of one film or across films.

use crate::corpus::Kind;
use crate::reply::{self, Audience, Choice, Library};
use crate::search::{Confidence, PassagePlace, Scope};

use super::{Access, Answer, Call, Command, Opt, OptKind, Outcome, UserError, ending};
use ending::Meant;

pub(super) const COMMAND: Command = Command {
    name: "theme",
    description: "What a theme or symbol is about, under a cover",
    options: &[
        Opt {
            name: "topic",
            description: "A word or two, such as ring",
            kind: OptKind::Suggested,
            required: true,
        },
        Opt {
            name: "film",
            description: "Only in this film",
            kind: OptKind::Suggested,
            required: false,
        },
    ],
    subcommands: &[],
    access: Access::Everyone,
    run,
    suggest,
};

const KINDS: &[Kind] = &[Kind::Themes];
/// The most matches that are looked at.
const MOST: usize = 10;
/// Matches below this part of the best one's score are not shown beside it.
const WORTH_SHOWING: f64 = 0.5;

fn run(call: &Call<'_>) -> Result<Answer, UserError> {
    let library = call.library();
    let topic = call.text("topic").ok_or(UserError(
        "Which theme? Type a word or two, such as `ring`.",
    ))?;
    let film = match call.text("film").map(|_| ending::film(call)).transpose()? {
        Some(Meant::Unsure(answer)) => return Ok(answer),
        Some(Meant::Film(film)) => Some(film),
        None => None,
    };
    let picked = film.and_then(|film| reply::find_entry(library, film, topic));
    let topic = reply::topic_typed(topic);
    let places = picked
        .map(|place| vec![place])
        .or_else(|| search(library, topic, film));
    let Some(places) = places else {
        let nearest = reply::nearest_found(library, film, KINDS, topic);
        return Ok(Answer::private(nearest).with(Outcome::NotCovered));
    };
    let view = reply::entries_found(library, &places, film.is_some());
    let reply = reply::show(library, &view, Audience::Private, call.excerpt).ok_or(NONE)?;
    Ok(Answer::private(reply))
}

/// The best entries on a topic: themes, or where there are none, entries of any kind.
fn search(library: &Library, topic: &str, film: Option<usize>) -> Option<Vec<PassagePlace>> {
    let look_up = |kinds| {
        library
            .index
            .entries(&library.corpus, topic, Scope { film, kinds }, MOST)
    };
    let found = [KINDS, &[]]
        .into_iter()
        .map(look_up)
        .find(|found| found.confidence() != Confidence::None)?;
    let best = found.hits.first()?.score;
    Some(
        found
            .hits
            .iter()
            .filter(|hit| hit.score >= best * WORTH_SHOWING)
            .map(|hit| hit.found)
            .collect(),
    )
}

const NONE: UserError = UserError("No theme like that is covered. Try another word.");

fn suggest(call: &Call<'_>, option: &str) -> Vec<Choice> {
    let typed = call.text(option).unwrap_or_default();
    if option == "film" {
        return reply::film_choices(call.library(), typed);
    }
    let film = match call.text("film").map(|_| ending::film(call)) {
        Some(Ok(Meant::Film(film))) => Some(film),
        _ => None,
    };
    reply::entry_choices(call.library(), film, KINDS, typed)
}
