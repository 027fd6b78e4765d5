//! Whole interactions on the made-up films, without sockets: what a person asks, types or presses
//! goes in as a [`Request`], and the body that Discord would get comes out.

mod crawl;
mod endings;
mod limits;
mod moderators;
mod pages;
mod presses;
mod said;
mod suggestions;
mod themes;

use last_reel::app::App;
use last_reel::config::Config;
use last_reel::corpus::{Corpus, Kind};
use last_reel::discord::answer::answer;
use last_reel::discord::commands::Given;
use last_reel::discord::request::{Asked, Request, Typed};
use serenity::model::permissions::Permissions;

use crate::fixtures;
use crate::stand_in::{ANN, HOME, User};
use said::Said;

/// Covered text, with entries of every kind and a second article that reads the ending otherwise.
const LANTERN: &str = "the-lantern-keeper-2019";
/// Sections of many pages.
const LONG: &str = "harbour-of-glass-2015";
/// Everything that markdown and clients stumble over.
const HOSTILE: &str = "knot-of-tar-1999";
/// Its one article has no licence, so that it is quoted in part.
const QUOTED: &str = "nine-quiet-rooms-2008";
/// A section, a label and a title that give nothing away.
const OPEN: &str = "the-lantern-keeper-1961";

/// What stands on an answer whose covers are off.
const REASON: &str = "Covers are off because you asked to read this privately.";

/// The bot without a connection.
struct Bot {
    app: App,
}

impl Bot {
    /// On the fixture films, with [`HOME`] as its home server.
    fn new() -> Self {
        Self::with(&[])
    }

    /// The same with more in its environment.
    fn with(more: &[(&str, &str)]) -> Self {
        let films = fixtures::path("films").display().to_string();
        let home = HOME.to_string();
        let usual = [
            ("LAST_REEL_DATA", &*films),
            ("LAST_REEL_HOME_SERVERS", &*home),
        ];
        let config = Config::read(|name| {
            let mut set = more.iter().chain(&usual);
            let value = set.find(|(variable, _)| *variable == name);
            value.map(|(_, value)| (*value).to_owned())
        });
        let app = App::open(&config.unwrap()).unwrap();
        Self { app }
    }

    /// Ann runs a command in the home server.
    fn ask(&self, command: &str, options: &[(&str, &str)]) -> Said {
        self.ask_as(ANN, Some(HOME), command, options)
    }

    /// Someone runs a command, `"/corpus status"`, in a server or directly.
    fn ask_as(
        &self,
        by: User,
        guild: Option<u64>,
        command: &str,
        options: &[(&str, &str)],
    ) -> Said {
        let asked = Asked::Command(typed(command, options));
        Said::new(
            answer(&self.app, &request(by, guild, asked)),
            by.id,
            command,
        )
    }

    /// What is suggested for the last of the options, which is being typed.
    fn suggest(&self, command: &str, options: &[(&str, &str)]) -> Vec<(String, String)> {
        let (focused, _) = options.last().unwrap();
        let asked = Asked::Suggestions {
            typed: typed(command, options),
            focused: (*focused).to_owned(),
        };
        let said = answer(&self.app, &request(ANN, Some(HOME), asked));
        Said::new(said, ANN.id, command).choices()
    }

    /// Whoever asked presses a button or picks from a menu, by label.
    fn press(&self, on: &Said, label: &str) -> Said {
        self.press_id(ANN, on, &on.id_of(label))
    }

    /// Somebody presses something with this id on a message.
    fn press_id(&self, by: User, on: &Said, id: &str) -> Said {
        let asked = Asked::Press {
            id: id.to_owned(),
            public: !on.is_private(),
            asker: Some(on.asker),
        };
        let response = answer(&self.app, &request(by, Some(HOME), asked));
        Said::after(response, by.id, id, on)
    }

    /// How many replies the last gate has stopped.
    fn leaks_stopped(&self) -> u64 {
        self.app.metrics.leaks_stopped.count()
    }

    /// The films, as loaded.
    fn corpus<T>(&self, look: impl FnOnce(&Corpus) -> T) -> T {
        look(&self.app.library().library.corpus)
    }

    /// The value of the suggestion for a section or, with a passage, for an entry.
    fn value(&self, slug: &str, article: usize, section: usize, passage: Option<usize>) -> String {
        let fingerprint =
            self.corpus(|corpus| corpus.find(slug).unwrap().articles[article].fingerprint());
        let passage = passage.map_or(String::new(), |passage| format!(".{passage}"));
        format!("#{article}.{section}{passage}~{fingerprint}")
    }

    /// Where the first section of a kind stands.
    fn section(&self, slug: &str, article: usize, kind: Kind) -> usize {
        self.corpus(|corpus| {
            let sections = &corpus.find(slug).unwrap().articles[article].sections;
            sections.iter().position(|section| section.kind == kind)
        })
        .unwrap()
    }
}

fn request(by: User, guild: Option<u64>, asked: Asked) -> Request {
    // Discord tells of permissions in servers only.
    let permissions = guild.map_or(0, |_| by.permissions);
    Request {
        id: 1,
        token: "t".into(),
        user: by.id,
        guild,
        permissions: Permissions::from_bits_truncate(permissions),
        asked,
    }
}

fn typed(command: &str, options: &[(&str, &str)]) -> Typed {
    let (name, subcommand) = match command.trim_start_matches('/').split_once(' ') {
        Some((name, subcommand)) => (name, Some(subcommand.to_owned())),
        None => (command.trim_start_matches('/'), None),
    };
    let given = |name: &str, value: &str| match name {
        "public" => Given::Flag(value == "true"),
        _ => Given::Text(value.to_owned()),
    };
    Typed {
        name: name.to_owned(),
        subcommand,
        options: options
            .iter()
            .map(|(name, value)| ((*name).to_owned(), given(name, value)))
            .collect(),
    }
}
