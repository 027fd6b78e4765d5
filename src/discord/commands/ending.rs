//! `/ending`: how a film ends, or the section meant.

use crate::corpus::{Kind, Slug};
use crate::reply::{self, Audience, Choice, Library, Part, PartView, PublicText, View};
use crate::search::Confidence;

use super::{Access, Answer, Call, Command, Opt, OptKind, Outcome, UserError};

pub(super) const COMMAND: Command = Command {
    name: "ending",
    description: "How a film ends, under a cover",
    options: &[
        Opt {
            name: "film",
            description: "The film; half its title will do",
            kind: OptKind::Suggested,
            required: true,
        },
        Opt {
            name: "section",
            description: "A section, or a theme, character or reading",
            kind: OptKind::Suggested,
            required: false,
        },
        Opt {
            name: "source",
            description: "Whose article to answer from",
            kind: OptKind::Suggested,
            required: false,
        },
        Opt {
            name: "public",
            description: "Post it to the channel, covered",
            kind: OptKind::Flag,
            required: false,
        },
    ],
    subcommands: &[],
    access: Access::Everyone,
    run,
    suggest,
};

fn run(call: &Call<'_>) -> Result<Answer, UserError> {
    let library = call.library();
    let film = match film(call)? {
        Meant::Film(film) => film,
        Meant::Unsure(answer) => return Ok(answer),
    };
    let source = match call.text("source") {
        Some(typed) => Some(source(library, film, typed).ok_or(NO_SUCH_SOURCE)?),
        None => None,
    };
    let part = match call.text("section") {
        Some(typed) => {
            let Some(part) = reply::find_part(library, film, source, typed) else {
                let nearest = reply::nearest_parts(library, film, typed);
                return Ok(Answer::private(nearest).with(Outcome::NotCovered));
            };
            part
        }
        None => whole(library, film, source.unwrap_or_default()),
    };
    let to = if call.flag("public") {
        Audience::Public
    } else {
        Audience::Private
    };
    let reply = reply::show(library, &View::Part(part), to, call.excerpt).ok_or(NO_SUCH_SECTION)?;
    Ok(Answer {
        to,
        ..Answer::private(reply)
    })
}

const NO_SUCH_SECTION: UserError = UserError(
    "This film has no such section. Leave `section` empty and choose from the menu, or pick one of its suggestions.",
);
const NO_SUCH_SOURCE: UserError = UserError(
    "No article on this film is from that source. Leave `source` empty, or pick one of its suggestions.",
);

fn whole(library: &Library, film: usize, article: usize) -> PartView {
    let film = &library.corpus.films()[film];
    let fingerprint = film.articles[article].fingerprint();
    PartView {
        slug: film.slug.clone(),
        article,
        fingerprint,
        part: Part::Kind(Kind::Ending),
        lifted: None,
    }
}

/// Which film a call means.
pub(super) enum Meant {
    /// This one, by position.
    Film(usize),
    /// That is not certain; this asks back.
    Unsure(Answer),
}

/// Films offered as "did you mean".
const OFFERED: usize = 3;
/// Fewer letters than this name no film by themselves.
const HALF_A_TITLE: usize = 3;

/// The film that a call names, by a suggestion's slug, a title, or the beginning of one.
pub(super) fn film(call: &Call<'_>) -> Result<Meant, UserError> {
    let library = call.library();
    let typed = call
        .text("film")
        .ok_or(UserError("Which film? Type a part of its title."))?;
    if let Some(film) = Slug::parse(typed).and_then(|slug| library.corpus.position(slug.as_str())) {
        return Ok(Meant::Film(film));
    }
    let found = library.index.films(&library.corpus, typed, OFFERED);
    let begun = library.index.begun(typed, OFFERED);
    let half_typed = typed.chars().count() >= HALF_A_TITLE;
    let (hits, verdict) = match (found.confidence(), found.hits.first(), begun.as_slice()) {
        (Confidence::Sure, Some(best), _) => return Ok(Meant::Film(best.found)),
        (Confidence::None, _, [only]) if half_typed => return Ok(Meant::Film(only.found)),
        (Confidence::None, _, [_, ..]) => (&begun, Confidence::Several),
        (verdict, ..) => (&found.hits, verdict),
    };
    let outcome = if verdict == Confidence::None {
        Outcome::NotCovered
    } else {
        Outcome::DidYouMean
    };
    let reply = reply::did_you_mean(library, hits, verdict);
    Ok(Meant::Unsure(Answer::private(reply).with(outcome)))
}

fn source(library: &Library, film: usize, typed: &str) -> Option<usize> {
    let articles = &library.corpus.films()[film].articles;
    let names = source_names(library, film);
    let position = typed
        .strip_prefix('#')
        .and_then(|number| number.parse::<usize>().ok());
    position
        .filter(|position| *position < articles.len())
        .or_else(|| {
            let typed = typed.to_lowercase();
            let found = |matches: &dyn Fn(&str) -> bool| {
                names
                    .iter()
                    .position(|name| matches(&name.as_str().to_lowercase()))
            };
            found(&|name| name == typed).or_else(|| found(&|name| name.contains(&typed)))
        })
}

/// The sources as they are suggested; some clients send that name back instead of its value.
fn source_names(library: &Library, film: usize) -> Vec<PublicText> {
    let articles = library.corpus.films()[film].articles.iter().enumerate();
    articles
        .map(|(position, article)| {
            let author = article
                .source
                .author
                .as_ref()
                .map(|author| format!(", by {author}"))
                .unwrap_or_default();
            PublicText::declared(&match &article.source.name {
                Some(name) => format!("{name}{author}"),
                None => format!("Source {}{author}", position + 1),
            })
        })
        .collect()
}

fn suggest(call: &Call<'_>, option: &str) -> Vec<Choice> {
    let library = call.library();
    let typed = call.text(option).unwrap_or_default();
    if option == "film" {
        return reply::film_choices(library, typed);
    }
    let Ok(Meant::Film(film)) = film(call) else {
        return Vec::new();
    };
    match option {
        "section" => {
            let source = call
                .text("source")
                .and_then(|typed| source(library, film, typed));
            reply::section_choices(library, film, source, typed)
        }
        "source" => {
            let typed = typed.to_lowercase();
            let names = source_names(library, film).into_iter().enumerate();
            let matching = names.filter(|(_, name)| name.as_str().to_lowercase().contains(&typed));
            matching
                .map(|(position, name)| Choice::new(name, format!("#{position}")))
                .collect()
        }
        _ => Vec::new(),
    }
}
