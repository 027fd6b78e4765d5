//! New film files into a running program, from Discord and from the host, good ones and bad ones.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::Served;
use crate::fixtures;
use crate::stand_in::{HasMessage, MOD};

/// The fixture films where they may be changed.
fn copied() -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in fs::read_dir(fixtures::path("films")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    folder
}

/// A film that was not there before.
fn add_film(folder: &Path) {
    let film = json!({
        "title": "Paper Moons of Brass", "year": 2011,
        "articles": [{ "id": "notes", "title": "Why zorbwin wins", "sections": [
            { "kind": "ending", "passages": [{ "text": "It was zorbwin, and nobody had asked." }] },
        ] }],
    });
    fs::write(
        folder.join("paper-moons-of-brass-2011.json"),
        film.to_string(),
    )
    .unwrap();
}

fn break_film(folder: &Path) {
    fs::write(
        folder.join("paper-moons-of-brass-2011.json"),
        r#"{ "title": "Paper", "yeer": 1 }"#,
    )
    .unwrap();
}

/// The answer to `/ending`, as text.
async fn ending(served: &Served, film: &str) -> String {
    served
        .discord
        .command("ending", json!({ "film": film }))
        .await
        .text()
}

#[tokio::test]
async fn a_moderator_reloads_and_the_new_film_is_answered() {
    let films = copied();
    let served = Served::on(films.path(), &[]).await;
    assert!(
        ending(&served, "paper moons of brass")
            .await
            .contains("Not covered")
    );
    add_film(films.path());

    let answer = served
        .discord
        .command("corpus reload", Value::Null)
        .by(MOD)
        .await;

    assert_eq!(answer.kind(), 5);
    let told = answer.settled().await;
    assert!(told.is_private());
    assert!(told.text().contains("Now 6 films"), "{}", told.text());
    assert_eq!(
        answer.edit(1).await["allowed_mentions"],
        json!({ "parse": [] })
    );
    assert!(
        ending(&served, "paper moons of brass")
            .await
            .contains("Paper Moons of Brass (2011)")
    );
    served.stop().await;
}

#[tokio::test]
async fn a_broken_corpus_is_told_in_private_and_the_old_one_stays() {
    let films = copied();
    let served = Served::on(films.path(), &[]).await;
    let before = ending(&served, "harbour of glass").await;
    break_film(films.path());

    let answer = served
        .discord
        .command("corpus reload", Value::Null)
        .by(MOD)
        .await;

    let told = answer.settled().await;
    assert!(told.is_private());
    assert!(told.text().contains("Not reloaded"), "{}", told.text());
    for problem in [
        "paper-moons-of-brass-2011.json",
        "yeer",
        "articles",
        "Answers go on",
    ] {
        assert!(told.text().contains(problem), "{problem}: {}", told.text());
    }
    assert_eq!(ending(&served, "harbour of glass").await, before);
    served.stop().await;
}

#[tokio::test]
async fn a_member_may_not_reload() {
    let films = copied();
    let served = Served::on(films.path(), &[]).await;
    add_film(films.path());

    let answer = served.discord.command("corpus reload", Value::Null).await;

    assert_eq!(answer.kind(), 4);
    assert!(answer.is_private());
    assert!(answer.text().contains("for moderators"));
    assert!(
        ending(&served, "paper moons of brass")
            .await
            .contains("Not covered")
    );
    served.stop().await;
}

#[tokio::test]
async fn the_host_reloads_by_a_signal() {
    let films = copied();
    let mut served = Served::on(films.path(), &[]).await;
    add_film(films.path());

    served.program.signal("HUP");
    served.program.says("reloaded the corpus").await;

    assert!(
        ending(&served, "paper moons of brass")
            .await
            .contains("Paper Moons of Brass (2011)")
    );
    served.stop().await;
}

#[tokio::test]
async fn the_host_is_told_every_problem_and_the_old_films_stay() {
    let films = copied();
    let mut served = Served::on(films.path(), &[]).await;
    let before = ending(&served, "harbour of glass").await;
    break_film(films.path());

    served.program.signal("HUP");
    served.program.says("kept the old corpus").await;

    let log = served.program.stderr();
    assert!(log.contains("`yeer` is not a known field"), "{log}");
    assert!(log.contains("`articles`"), "{log}");
    assert_eq!(ending(&served, "harbour of glass").await, before);
    served.stop().await;
}

#[tokio::test]
async fn a_corpus_that_is_gone_leaves_the_old_one() {
    let films = copied();
    let mut served = Served::on(films.path(), &[]).await;
    drop(films);

    served.program.signal("HUP");
    served.program.says("kept the old corpus").await;

    assert!(
        ending(&served, "harbour of glass")
            .await
            .contains("Harbour of Glass (2015)")
    );
    served.stop().await;
}

#[tokio::test]
async fn answers_during_reloads_are_right_and_in_time() {
    let films = copied();
    let served = Served::on(films.path(), &[]).await;
    let expected = ending(&served, "harbour of glass").await;

    for round in 0..6 {
        if round % 2 == 0 {
            break_film(films.path());
        } else {
            add_film(films.path());
        }
        served.program.signal("HUP");
        let reload = served
            .discord
            .command("corpus reload", Value::Null)
            .by(MOD)
            .send()
            .await;
        let asked = json!({ "film": "harbour of glass" });
        let answer = served.discord.command("ending", asked).await;

        assert_eq!(answer.text(), expected, "{round}");
        assert!(answer.latency().as_secs() < 2, "{:?}", answer.latency());
        reload.acknowledged().await.settled().await;
    }
    served.stop().await;
}

#[tokio::test]
async fn a_press_from_before_an_edit_says_so() {
    let films = copied();
    let mut served = Served::on(films.path(), &[]).await;
    let asked = json!({ "film": "the-lantern-keeper-2019" });
    let answer = served.discord.command("ending", asked).await;
    let file = films.path().join("the-lantern-keeper-2019.json");
    let edited = fs::read_to_string(&file)
        .unwrap()
        .replace("Old Mirela", "Mirela Ruhl");
    fs::write(&file, edited).unwrap();
    served.program.signal("HUP");
    served.program.says("reloaded the corpus").await;

    let pressed = served.discord.select(&answer, "Recap").await;

    assert_eq!(pressed.kind(), 7);
    assert!(
        answer
            .message()
            .text()
            .contains("This article has changed since.")
    );
    served.stop().await;
}
