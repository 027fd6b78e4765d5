//! What a host sets in the environment, read once. All faults are told at once, values never.

use std::fmt;
use std::path::PathBuf;

/// Every variable that the program reads; `.env.example` explains each.
pub const VARIABLES: [&str; 8] = [
    "DISCORD_TOKEN",
    "DISCORD_APPLICATION_ID",
    "DISCORD_PROXY",
    "LAST_REEL_DATA",
    "LAST_REEL_HOME_SERVERS",
    "LAST_REEL_MODERATORS",
    "LAST_REEL_EXCERPT",
    "LAST_REEL_LOG",
];

/// A secret, which prints as `[hidden]`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself: for what authenticates with it, and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

/// Who may touch the shared corpus.
#[derive(Debug, Clone, Default)]
pub struct Moderation {
    /// In these servers, whoever may manage the server.
    pub home_servers: Vec<u64>,
    /// These people, in any server.
    pub moderators: Vec<u64>,
}

/// What a host has set.
#[derive(Debug, Clone)]
pub struct Config {
    /// The bot's token; only `serve` needs one.
    pub token: Option<Secret>,
    /// The application's id; asked from Discord if unset.
    pub application_id: Option<u64>,
    /// What stands in for `https://discord.com`: a REST proxy, or a local stand-in.
    pub proxy: Option<String>,
    /// Where the corpus is.
    pub data: PathBuf,
    /// Who may touch the shared corpus.
    pub moderation: Moderation,
    /// How many characters of a section without a licence are quoted.
    pub excerpt: usize,
    /// What is logged, and how: see [`crate::telemetry`].
    pub log: String,
}

/// A variable whose value cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{variable}` {what}")]
pub struct Fault {
    /// Which one.
    pub variable: &'static str,
    /// What is wrong and what to write; never the value.
    pub what: &'static str,
}

/// Every fault of the configuration.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Faults(pub Vec<Fault>);

impl Config {
    /// Reads the configuration through `lookup`; an empty variable counts as unset.
    ///
    /// # Errors
    /// With every variable that cannot be used.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Faults> {
        let mut faults = Vec::new();
        let value = |name: &'static str| {
            lookup(name)
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        let mut usable = |variable: &'static str, ok: bool, what: &'static str| {
            if !ok {
                faults.push(Fault { variable, what });
            }
        };

        let token = value("DISCORD_TOKEN");
        let printable = |token: &String| token.chars().all(|c| c.is_ascii_graphic());
        usable(
            "DISCORD_TOKEN",
            token.as_ref().is_none_or(printable),
            "has characters that no token has; copy it from the Developer Portal",
        );
        let application_id = value("DISCORD_APPLICATION_ID").map(|id| snowflake(&id));
        usable(
            "DISCORD_APPLICATION_ID",
            application_id != Some(None),
            "is not an id; copy the number from the Developer Portal",
        );
        let proxy = value("DISCORD_PROXY").map(|url| url.trim_end_matches('/').to_owned());
        let address = |url: &String| url.starts_with("http://") || url.starts_with("https://");
        usable(
            "DISCORD_PROXY",
            proxy.as_ref().is_none_or(address),
            "is not a base URL; write `http://host:port`",
        );
        let home_servers =
            value("LAST_REEL_HOME_SERVERS").map_or(Some(Vec::new()), |ids| snowflakes(&ids));
        usable(
            "LAST_REEL_HOME_SERVERS",
            home_servers.is_some(),
            "is not a list of server ids; write numbers separated by commas",
        );
        let moderators =
            value("LAST_REEL_MODERATORS").map_or(Some(Vec::new()), |ids| snowflakes(&ids));
        usable(
            "LAST_REEL_MODERATORS",
            moderators.is_some(),
            "is not a list of user ids; write numbers separated by commas",
        );
        let excerpt = value("LAST_REEL_EXCERPT").map_or(Some(1_500), |number| {
            number.parse().ok().filter(|number| *number > 0)
        });
        usable(
            "LAST_REEL_EXCERPT",
            excerpt.is_some(),
            "is not a length; write a number of characters from 1",
        );
        let log = value("LAST_REEL_LOG").unwrap_or_else(|| "info".into());
        usable(
            "LAST_REEL_LOG",
            crate::telemetry::parse(&log).is_some(),
            "is not a level; write `info`, `debug` or the like, with `,json` for JSON",
        );

        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        Ok(Self {
            token: token.map(Secret),
            application_id: application_id.flatten(),
            proxy,
            data: value("LAST_REEL_DATA")
                .unwrap_or_else(|| "data/films".into())
                .into(),
            moderation: Moderation {
                home_servers: home_servers.unwrap_or_default(),
                moderators: moderators.unwrap_or_default(),
            },
            excerpt: excerpt.unwrap_or_default(),
            log,
        })
    }
}

fn snowflake(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|id| *id > 0)
}

fn snowflakes(text: &str) -> Option<Vec<u64>> {
    text.split(',')
        .filter(|part| !part.trim().is_empty())
        .map(snowflake)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(set: &[(&str, &str)]) -> Result<Config, Faults> {
        Config::read(|name| {
            set.iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_empty_variable_counts_as_unset() {
        let config = read(&[("DISCORD_TOKEN", " "), ("LAST_REEL_DATA", "")]).unwrap();

        assert_eq!(config.token, None);
        assert_eq!(config.data, PathBuf::from("data/films"));
    }

    #[test]
    fn all_faults_are_told_at_once_and_no_value() {
        let faults = read(&[
            ("DISCORD_TOKEN", "tok en-S3CRET"),
            ("DISCORD_APPLICATION_ID", "S3CRET"),
            ("DISCORD_PROXY", "S3CRET"),
            ("LAST_REEL_HOME_SERVERS", "1,S3CRET"),
            ("LAST_REEL_MODERATORS", "0"),
            ("LAST_REEL_EXCERPT", "S3CRET"),
            ("LAST_REEL_LOG", "S3CRET=="),
        ])
        .unwrap_err();

        assert_eq!(faults.0.len(), 7);
        assert!(!faults.to_string().contains("S3CRET"), "{faults}");
    }

    #[test]
    fn a_secret_prints_as_hidden() {
        let config = read(&[("DISCORD_TOKEN", "S3CRET")]).unwrap();

        let printed = format!("{config:?}");

        assert!(
            printed.contains("[hidden]") && !printed.contains("S3CRET"),
            "{printed}"
        );
    }

    #[test]
    fn the_example_file_names_every_variable_and_no_other() {
        let example = include_str!("../.env.example");

        let named: Vec<_> = example
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('='))
            .map(|(name, _)| name)
            .collect();

        assert_eq!(named, VARIABLES);
    }

    #[test]
    fn every_variable_is_read() {
        let asked = std::cell::RefCell::new(Vec::new());

        Config::read(|name| {
            asked.borrow_mut().push(name.to_owned());
            None
        })
        .unwrap();

        let mut asked = asked.into_inner();
        let mut known = VARIABLES.map(str::to_owned).to_vec();
        asked.sort();
        known.sort();
        assert_eq!(asked, known);
    }
}
