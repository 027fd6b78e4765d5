//! One interaction in, one response out, for both transports. Errors become words here, and
//! nothing leaves without passing [`guard`].

use serde_json::{Value, json};
use tracing::error;

use crate::app::App;
use crate::corpus::{LoadError, Spoiler};
use crate::reply::{self, Audience, Block, Lifted, Press, PublicText, Reply};

use super::commands::{self, Access, Answer, Call, Effect, Given, Outcome, UserError};
use super::guard::{Secrets, guard};
use super::request::{Asked, Request, Typed};
use super::{components, render};

/// Kinds of interaction callback (Discord, "Interaction Callback Type").
mod callback {
    pub(super) const MESSAGE: u8 = 4;
    pub(super) const DEFERRED_MESSAGE: u8 = 5;
    pub(super) const DEFERRED_UPDATE: u8 = 6;
    pub(super) const UPDATE: u8 = 7;
    pub(super) const SUGGESTIONS: u8 = 8;
}

/// What an interaction is answered with.
#[derive(Debug)]
pub struct Response {
    /// The body of the callback.
    pub body: Value,
    /// What is to be done once the body has been written.
    pub effect: Option<Effect>,
    /// What became of the question.
    pub outcome: Outcome,
}

/// Answers an interaction at once. Look-ups never wait; what takes a while comes back as an
/// [`Effect`], to be carried out once the body has been written.
pub fn answer(app: &App, request: &Request) -> Response {
    app.metrics.interactions.add();
    let answered = match &request.asked {
        Asked::Command(_) => Ok(find_reply(app, request)),
        Asked::Suggestions { typed, focused } => return suggestions(app, request, typed, focused),
        Asked::Press { id, public, asker } => match press(app, request, id, *public, *asker) {
            Ok(Pressed::Answer { answer, update }) => return message(app, &answer, update),
            Ok(Pressed::Delete) => {
                return Response {
                    body: json!({ "type": callback::DEFERRED_UPDATE }),
                    effect: Some(Effect::Delete),
                    outcome: Outcome::Answered,
                };
            }
            Err(error) => Err(error),
        },
    };
    message(
        app,
        &answered.unwrap_or_else(|error| refusal(&error)),
        false,
    )
}

/// The answer to a command before it is rendered, for the terminal; what else is asked answers
/// nothing there.
pub fn find_reply(app: &App, request: &Request) -> Answer {
    let answered = match &request.asked {
        Asked::Command(typed) => command(app, request, typed),
        Asked::Suggestions { .. } | Asked::Press { .. } => Err(UNKNOWN),
    };
    let answered = answered.and_then(|answer| match answer.to {
        Audience::Public if !request.may_post() => Err(READ_ONLY),
        Audience::Public | Audience::Private => Ok(answer),
    });
    answered.unwrap_or_else(|error| refusal(&error))
}

/// The reply that says what a person did wrong.
fn refusal(error: &UserError) -> Answer {
    let reply = Reply {
        blocks: vec![Block::Line(error.0.into())],
        ..Reply::default()
    };
    Answer::private(reply).with(Outcome::Refused)
}

const UNKNOWN: UserError =
    UserError("That command is not one of ours any more. `/help` lists what there is.");
const UNKNOWN_PRESS: UserError =
    UserError("That button is not one of ours any more. Ask again; `/help` lists how.");
const READ_ONLY: UserError =
    UserError("You may not write in this channel, so this cannot be posted here for you.");
const NOT_YOURS: UserError =
    UserError("Only whoever asked, or someone who may manage messages, can delete this.");

fn call<'a>(app: &'a App, loaded: &'a crate::app::Loaded, typed: &'a Typed) -> Call<'a> {
    Call {
        options: &typed.options,
        loaded,
        excerpt: app.excerpt,
        metrics: &app.metrics,
    }
}

/// The command that was typed, if the person may use it.
fn allowed(
    app: &App,
    request: &Request,
    typed: &Typed,
) -> Result<&'static commands::Command, UserError> {
    let command = commands::find(&typed.name, typed.subcommand.as_deref()).ok_or(UNKNOWN)?;
    let may = || {
        commands::may_moderate(
            &app.moderation,
            request.user,
            request.guild,
            request.may_manage_guild(),
        )
    };
    match command.access {
        Access::Moderators if !may() => Err(commands::NOT_A_MODERATOR),
        Access::Moderators | Access::Everyone => Ok(command),
    }
}

fn command(app: &App, request: &Request, typed: &Typed) -> Result<Answer, UserError> {
    let command = allowed(app, request, typed)?;
    let loaded = app.library();
    (command.run)(&call(app, &loaded, typed))
}

fn suggestions(app: &App, request: &Request, typed: &Typed, focused: &str) -> Response {
    let loaded = app.library();
    let choices = allowed(app, request, typed)
        .map(|command| (command.suggest)(&call(app, &loaded, typed), focused));
    let choices = choices.unwrap_or_default();
    let mut body = render::choices(&choices);
    // Suggestions repeat what was typed to whoever typed it, and nothing else of a label.
    let spoilers: Vec<&Spoiler> = choices
        .iter()
        .filter_map(|choice| choice.kept_back.as_ref())
        .collect();
    let given = typed.options.iter().filter_map(|(_, given)| match given {
        Given::Text(text) => Some(text.as_str()),
        Given::Flag(_) => None,
    });
    // Before the colon stands where an entry is: "Theme 2 of 4".
    let places = choices
        .iter()
        .filter_map(|choice| choice.name.as_str().split(':').next());
    let typed_words: Vec<&str> = given.chain(places).collect();
    let secrets = Secrets {
        spoilers: &spoilers,
        allowed: &typed_words,
        words: &typed_words,
        lifted: None,
    };
    if !is_safe(app, &body, &secrets) {
        body = render::choices(&[]);
    }
    Response {
        body: json!({ "type": callback::SUGGESTIONS, "data": body }),
        effect: None,
        outcome: Outcome::Answered,
    }
}

enum Pressed {
    Answer { answer: Answer, update: bool },
    Delete,
}

/// A press. On a private message it updates in place; on a public one only the asker's does, and
/// anybody else's opens a private copy. Covers are lifted in private messages only, and only once
/// that was asked and confirmed.
fn press(
    app: &App,
    request: &Request,
    id: &str,
    public: bool,
    asker: Option<u64>,
) -> Result<Pressed, UserError> {
    use Audience::{Private, Public};
    let theirs = asker == Some(request.user);
    let loaded = app.library();
    let library = &loaded.library;
    let (view, to, update, ask_first) = match components::decode(id).ok_or(UNKNOWN_PRESS)? {
        Press::Delete if !public || theirs || request.may_manage_messages() => {
            return Ok(Pressed::Delete);
        }
        Press::Delete => return Err(NOT_YOURS),
        Press::Post(_) if !request.may_post() => return Err(READ_ONLY),
        Press::Post(view) => (view.with(None), Public, false, false),
        Press::Show(view) if !public => (view, Private, true, false),
        Press::Show(view) if theirs => (view.with(None), Public, true, false),
        Press::Show(view) => (view.with(None), Private, false, false),
        Press::Confirm(view) => (view, Private, !public, true),
    };
    let reply = if ask_first {
        reply::confirm(library, &view, app.excerpt)
    } else {
        reply::show(library, &view, to, app.excerpt)
    };
    Ok(match reply {
        Some(reply) => Pressed::Answer {
            answer: Answer {
                to,
                ..Answer::private(reply)
            },
            update,
        },
        // It takes the place of a private message, whose components would only fail again.
        None => Pressed::Answer {
            answer: Answer::private(reply::stale(library, &view)).with(Outcome::Stale),
            update: !public,
        },
    })
}

fn message(app: &App, answer: &Answer, update: bool) -> Response {
    if answer.effect == Some(Effect::Reload) {
        let body =
            json!({ "type": callback::DEFERRED_MESSAGE, "data": { "flags": render::EPHEMERAL } });
        return Response {
            body,
            effect: answer.effect,
            outcome: answer.outcome,
        };
    }
    let kind = if update {
        callback::UPDATE
    } else {
        callback::MESSAGE
    };
    let body = safe(app, &answer.reply, answer.to);
    Response {
        body: json!({ "type": kind, "data": body }),
        effect: answer.effect,
        outcome: answer.outcome,
    }
}

/// Renders a reply and lets it through only if it shows nothing of an ending; a harmless message
/// goes in its place, and the leak is counted and logged.
fn safe(app: &App, reply: &Reply, to: Audience) -> Value {
    let body = render::message(reply, to);
    if passes(app, reply, &body) {
        body
    } else {
        render::message(&stopped(), to)
    }
}

/// A reply as text for the terminal, past the same gate.
pub fn terminal(app: &App, reply: &Reply, reveal: bool) -> String {
    let shown = reply::text::render(reply, reveal);
    let body =
        json!({ "embeds": [{ "footer": { "text": shown } }], "allowed_mentions": { "parse": [] } });
    if reveal || passes(app, reply, &body) {
        shown
    } else {
        reply::text::render(&stopped(), false)
    }
}

/// Whether a body shows nothing of the reply's spoilers. What a film file declares as public and
/// our own words may stand although covered text uses them, too.
fn passes(app: &App, reply: &Reply, body: &Value) -> bool {
    let spoilers: Vec<&Spoiler> = reply.spoilers().collect();
    let texts: Vec<&PublicText> = reply.public_texts().collect();
    let may_stand = texts
        .iter()
        .filter(|text| text.may_stand())
        .map(|text| text.as_str());
    let allowed: Vec<&str> = may_stand
        .chain(render::OWN_WORDS.iter().copied())
        .chain(reply.picture.as_deref())
        .collect();
    let words: Vec<&str> = texts
        .iter()
        .map(|text| text.as_str())
        .chain(render::OWN_WORDS.iter().copied())
        .collect();
    let lifted = reply.lifted.map(Lifted::reason);
    is_safe(
        app,
        body,
        &Secrets {
            spoilers: &spoilers,
            allowed: &allowed,
            words: &words,
            lifted,
        },
    )
}

/// The last gate; what it stops is counted and logged, by place and rule only.
fn is_safe(app: &App, body: &Value, secrets: &Secrets<'_>) -> bool {
    let Err(leaks) = guard(body, secrets) else {
        return true;
    };
    app.metrics.leaks_stopped.add();
    for leak in leaks {
        error!(%leak, "stopped an answer that would have shown an ending");
    }
    false
}

fn stopped() -> Reply {
    let words =
        "This answer could not be shown safely, so it is not shown. The host has been told.";
    Reply {
        blocks: vec![Block::Line(words.into())],
        ..Reply::default()
    }
}

/// Reloads the corpus and says how it went.
pub async fn reload(app: &App) -> Reply {
    match app.reload().await {
        Ok((old, new)) => reply::reloaded(old, new),
        Err(LoadError::Problems(problems)) => reply::problems(&problems),
        Err(error) => Reply {
            title: "Not reloaded".into(),
            blocks: vec![Block::Line(format!("Nothing changed: {error}.").into())],
            ..Reply::default()
        },
    }
}

/// The body that edits a private, deferred response; an edit takes no flags.
pub fn edit(app: &App, reply: &Reply) -> Value {
    let mut body = safe(app, reply, Audience::Private);
    if let Some(fields) = body.as_object_mut() {
        fields.remove("flags");
    }
    body
}

#[cfg(test)]
mod tests {
    use serenity::model::permissions::Permissions;

    use super::*;
    use crate::config::Config;

    /// A film whose article uses our own words, and whose address repeats its title.
    const FILM: &str = r#"{ "title": "Paper Moon Bay", "year": 2003, "articles": [ {
        "id": "a", "title": "How Zorb Sank the Quiet Ferry",
        "source": { "name": "Reels", "url": "https://example.org/how-zorb-sank-the-quiet-ferry/" },
        "sections": [
            { "kind": "ending", "heading": "Open questions", "passages": [{ "text": "Zorb sinks the quiet ferry at dawn." }] },
            { "kind": "questions", "heading": "Another section", "passages": [
                { "label": "Question 1", "text": "Why does Zorb wait until the bells ring?" },
                { "label": "Source", "text": "Who told Zorb about the tides that night?" } ] },
            { "kind": "other", "heading": "More on the ending", "passages": [{ "text": "Zorb keeps the ticket for years." }] }
        ] } ] }"#;

    fn ask(section: Option<&str>) -> (App, Value) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("paper-moon-bay-2003.json"), FILM).unwrap();
        let data = folder.path().display().to_string();
        let config = Config::read(|name| (name == "LAST_REEL_DATA").then(|| data.clone())).unwrap();
        let app = App::open(&config).unwrap();
        let option = |name: &str, text: &str| (name.to_owned(), Given::Text(text.to_owned()));
        let mut options = vec![option("film", "paper moon bay")];
        options.extend(section.map(|section| option("section", section)));
        let typed = Typed {
            name: "ending".into(),
            subcommand: None,
            options,
        };
        let request = Request {
            id: 1,
            token: String::new(),
            user: 1,
            guild: None,
            permissions: Permissions::empty(),
            asked: Asked::Command(typed),
        };
        let body = answer(&app, &request).body;
        (app, body)
    }

    #[test]
    fn our_own_words_in_an_article_stop_no_answer() {
        for section in [None, Some("questions"), Some("question 1"), Some("other")] {
            let (app, body) = ask(section);

            assert_eq!(
                body["data"]["embeds"][0]["title"], "Paper Moon Bay (2003)",
                "{section:?}"
            );
            assert_eq!(app.metrics.leaks_stopped.count(), 0, "{section:?}");
        }
    }

    #[test]
    fn an_address_that_repeats_the_title_is_linked_under_a_cover() {
        let (_, body) = ask(None);

        let description = body["data"]["embeds"][0]["description"].as_str().unwrap();
        let link = "Source: Reels · ||[open the article](<https://example.org/how-zorb-sank-the-quiet-ferry/>)||";
        assert!(description.contains(link), "{description}");
        let shown =
            crate::discord::markdown::shown(description, crate::discord::markdown::Flavour::Full);
        assert!(!shown.to_lowercase().contains("zorb"), "{shown}");
    }

    #[test]
    fn an_address_that_repeats_the_title_does_not_stop_a_lifted_answer() {
        let (app, _) = ask(None);
        let loaded = app.library();
        let film = &loaded.library.corpus.films()[0];
        let fingerprint = film.articles[0].fingerprint();
        let id = format!("show s:{}:0.p0.0:{fingerprint}:u", film.slug);
        let request = Request {
            id: 1,
            token: String::new(),
            user: 1,
            guild: None,
            permissions: Permissions::empty(),
            asked: Asked::Press {
                id,
                public: false,
                asker: Some(1),
            },
        };

        let body = answer(&app, &request).body;

        let description = body["data"]["embeds"][0]["description"].as_str().unwrap();
        assert!(
            description.contains(Lifted::Confirmed.reason()),
            "{description}"
        );
        assert!(
            description.contains("[open the article](<https://"),
            "{description}"
        );
        assert_eq!(app.metrics.leaks_stopped.count(), 0);
    }
}
