//! The real program against the stand-in Discord: what only the wire can show.

mod answers;
mod connection;
mod faults;
mod log;
mod reloads;
mod start;
mod stop;

use std::ffi::OsStr;
use std::path::Path;

use crate::canaries::assert_covered;
use crate::fixtures;
use crate::program::Program;
use crate::stand_in::{HOME, StandIn};

/// The program as it serves, and the Discord that it serves on.
struct Served {
    discord: StandIn,
    program: Program,
}

impl Served {
    /// Starts on the fixture films and waits until it is connected.
    async fn start() -> Self {
        Self::on(&fixtures::path("films"), &[]).await
    }

    /// Starts on these films, with more in its environment.
    async fn on(films: &Path, more: &[(&str, &str)]) -> Self {
        let discord = StandIn::start().await;
        let program = program(&discord, films, more);
        discord.registered().await;
        discord.ready().await;
        Self { discord, program }
    }

    /// Ends it as an operating system does, and makes sure that it went well and that nothing
    /// it said or logged showed an ending.
    async fn stop(mut self) {
        self.program.signal("TERM");
        assert_eq!(self.program.exit_code().await, Some(0));
        for said in self.discord.said() {
            assert_covered(&said, "what was said");
        }
        assert_quiet(&self.discord, &self.program.output());
    }
}

/// Starts the program; it may not have connected yet.
fn program(discord: &StandIn, films: &Path, more: &[(&str, &str)]) -> Program {
    let mut environment: Vec<(&str, String)> = discord.environment();
    environment.push(("LAST_REEL_DATA", films.display().to_string()));
    environment.push(("LAST_REEL_HOME_SERVERS", HOME.to_string()));
    environment.extend(
        more.iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    Program::start(["serve"], environment)
}

/// Starts the program where it is not expected to get far.
fn failing<K: AsRef<OsStr>, V: AsRef<OsStr>>(
    environment: impl IntoIterator<Item = (K, V)>,
) -> Program {
    Program::start(["serve"], environment)
}

/// Nothing of an ending, and neither the bot's token nor any that answers an interaction.
fn assert_quiet(discord: &StandIn, log: &str) {
    assert!(!crate::canaries::has_canary(log), "{log}");
    assert!(!log.contains(&discord.token()), "{log}");
    assert!(!log.contains("interaction-token"), "{log}");
}
