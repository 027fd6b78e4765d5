//! Starts that cannot be: each says why, and ends with the exit code that tells its kind.

use super::{failing, program};
use crate::fixtures;
use crate::program::Program;
use crate::stand_in::StandIn;

fn films(below: &str) -> (&'static str, String) {
    (
        "LAST_REEL_DATA",
        fixtures::path(below).display().to_string(),
    )
}

async fn ends(mut program: Program, code: i32) -> String {
    let ended = program.exit_code().await;
    let (out, err) = (program.stdout(), program.stderr());
    assert_eq!(ended, Some(code), "{err}");
    assert_eq!(out, "");
    err
}

#[tokio::test]
async fn a_missing_token_is_named_and_what_needs_none() {
    for token in [vec![], vec![("DISCORD_TOKEN", " ".to_owned())]] {
        let environment = token.into_iter().chain([films("films")]);

        let told = ends(failing(environment), 2).await;

        for word in ["DISCORD_TOKEN", "`ask`", "`search`", "`check`", "`import`"] {
            assert!(told.contains(word), "{word}: {told}");
        }
    }
}

#[tokio::test]
async fn a_wrong_token_is_told_in_words() {
    let discord = StandIn::start().await;

    for id in ["1100000000000000001", ""] {
        let wrong = [
            ("DISCORD_TOKEN", "a-wrong-token"),
            ("DISCORD_APPLICATION_ID", id),
        ];
        let told = ends(program(&discord, &fixtures::path("films"), &wrong), 2).await;

        assert!(
            told.contains("Discord does not know the token in `DISCORD_TOKEN`"),
            "{told}"
        );
        assert!(told.contains("Developer Portal"), "{told}");
        assert!(!told.contains("a-wrong-token"), "{told}");
    }
    assert_eq!(discord.registrations(), 0);
}

#[tokio::test]
async fn a_missing_corpus_is_named() {
    let discord = StandIn::start().await;

    let told = ends(program(&discord, &fixtures::path("nowhere"), &[]), 2).await;

    assert!(told.contains("nowhere"), "{told}");
    assert!(discord.requests().is_empty());
}

#[tokio::test]
async fn a_broken_corpus_is_told_with_every_problem() {
    let discord = StandIn::start().await;

    for below in ["broken", "broken.ndjson"] {
        let path = fixtures::path(below);
        let told = ends(program(&discord, &path, &[]), 1).await;

        let report = last_reel::corpus::check::check(&path).unwrap();
        assert!(report.problems.len() >= 4);
        for problem in report.problems {
            assert!(told.contains(&problem.to_string()), "{problem}: {told}");
        }
    }
    assert!(discord.requests().is_empty());
}

#[tokio::test]
async fn every_fault_of_the_configuration_is_told_at_once_without_values() {
    let faulty = [
        ("DISCORD_TOKEN", "S3CRET with blanks"),
        ("DISCORD_APPLICATION_ID", "S3CRET"),
        ("DISCORD_PROXY", "S3CRET"),
        ("LAST_REEL_HOME_SERVERS", "1,S3CRET"),
        ("LAST_REEL_MODERATORS", "S3CRET"),
        ("LAST_REEL_EXCERPT", "S3CRET"),
        ("LAST_REEL_LOG", "S3CRET=="),
    ];

    let told = ends(failing(faulty), 2).await;

    for (variable, _) in faulty {
        assert!(
            told.contains(&format!("`{variable}`")),
            "{variable}: {told}"
        );
    }
    assert!(!told.contains("S3CRET"), "{told}");
}

#[tokio::test]
async fn an_unreachable_discord_is_told_without_its_address() {
    let faulty = [
        ("DISCORD_TOKEN", "some-token".to_owned()),
        ("DISCORD_APPLICATION_ID", "1".to_owned()),
        films("films"),
    ];
    let discord = StandIn::start().await;
    discord.fault("/applications/", 1, crate::stand_in::Fault::Status(403));
    let proxy = ("DISCORD_PROXY", discord.url());

    let told = ends(failing(faulty.into_iter().chain([proxy])), 2).await;

    assert!(told.contains("Discord answered 403"), "{told}");
    assert!(!told.contains("some-token"), "{told}");
}
