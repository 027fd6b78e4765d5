//! A crawl over everything that can be pressed, from every answer to `/ending`, `/films` and
//! `/theme`, in private and in public: one test a film, and one for what names no film.

use std::collections::{BTreeSet, VecDeque};

use last_reel::discord::commands::Outcome;

use super::said::Said;
use super::{Bot, HOSTILE, LANTERN, LONG, OPEN, QUOTED, REASON};
use crate::canaries::{has_canary, is_covered_place, surfaces};
use crate::stand_in::{ANN, BEN};

/// What a crawl met.
#[derive(Debug, Default)]
pub(super) struct Met {
    pub(super) covered: usize,
    lifted: usize,
    public: usize,
}

/// Presses everything that is on these answers and on what comes of it, by whoever asked and, in
/// public, by somebody else. What `skipped` says about an id is left to another crawl.
pub(super) fn crawl(bot: &Bot, beginnings: Vec<Said>, skipped: impl Fn(&str) -> bool) -> Met {
    let mut met = Met::default();
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from(beginnings);
    while let Some(said) = open.pop_front() {
        assert_sound(&said);
        met.covered += usize::from(has_canary(&said.hidden()));
        met.lifted += usize::from(said.shown().contains(REASON));
        met.public += usize::from(!said.is_private());
        for (label, id) in said.presses() {
            let key = (id.to_owned(), said.is_private());
            if label == "Delete" || skipped(id) || !seen.insert(key) {
                continue;
            }
            let next = bot.press_id(ANN, &said, id);
            let to_all = label == "Post to channel";
            assert_eq!(next.kind(), if to_all { 4 } else { 7 }, "{id}");
            assert_eq!(next.is_private(), said.is_private() && !to_all, "{id}");
            open.push_back(next);
            if !said.is_private() && seen.insert((id.to_owned(), true)) {
                let copy = bot.press_id(BEN, &said, id);
                assert!(copy.is_private() && copy.kind() == 4, "{id}");
                open.push_back(copy);
            }
        }
    }
    assert_eq!(bot.leaks_stopped(), 0);
    met
}

/// What has to hold of every answer.
fn assert_sound(said: &Said) {
    let (shown, to) = (said.shown(), &said.to);
    assert_eq!(said.outcome, Outcome::Answered, "`{to}`: {shown}");
    assert!(!said.description().contains("…and more."), "`{to}`");
    assert!(said.is_private() || said.is_silent(), "`{to}` notifies");
    said.assert_fits_discord();
    if !shown.contains(REASON) {
        return said.assert_no_canary();
    }
    assert!(said.is_private(), "`{to}` lifts covers for all to see");
    assert!(!said.description().contains("||"), "`{to}`");
    for (path, text) in surfaces(&said.body) {
        let plot = is_covered_place(&path);
        assert!(plot || !has_canary(&text), "`{to}`: {path} shows {text}");
    }
}

/// Every answer about a film that one can begin with: from each source, in private and in public,
/// and some entries, from which the others are reached.
pub(super) fn about(bot: &Bot, film: &str) -> Vec<Said> {
    let entries = bot.corpus(|corpus| {
        let articles = corpus.find(film).unwrap().articles.iter();
        let entries = articles.map(|article| {
            let sections = article.sections.iter();
            sections.map(|section| section.entries().count()).collect()
        });
        entries.collect::<Vec<Vec<usize>>>()
    });
    let mut said = Vec::new();
    for (article, sections) in entries.iter().enumerate() {
        for public in ["false", "true"] {
            let source = format!("#{article}");
            let options = [("film", film), ("source", &source), ("public", public)];
            said.push(bot.ask("/ending", &options));
        }
        for (section, entries) in sections.iter().enumerate() {
            let some = BTreeSet::from([0, entries / 2, entries.saturating_sub(1)]);
            for entry in some.into_iter().filter(|entry| entry < entries) {
                let value = bot.value(film, article, section, Some(entry));
                said.push(bot.ask("/theme", &[("topic", &value), ("film", film)]));
            }
        }
    }
    said
}

fn assert_all_sound(film: &str, least: usize) {
    let bot = Bot::new();

    let met = crawl(&bot, about(&bot, film), |_| false);

    let met_enough = met.covered >= 2 * least && met.lifted >= least && met.public >= least;
    assert!(met_enough, "{film}: {met:?}");
}

#[test]
fn whatever_is_pressed_on_the_lantern_keeper_nothing_leaks() {
    assert_all_sound(LANTERN, 20);
}

#[test]
fn whatever_is_pressed_on_the_long_article_nothing_leaks() {
    assert_all_sound(LONG, 60);
}

#[test]
fn whatever_is_pressed_on_the_hostile_articles_nothing_leaks() {
    assert_all_sound(HOSTILE, 60);
}

#[test]
fn whatever_is_pressed_on_the_quoted_article_nothing_leaks() {
    assert_all_sound(QUOTED, 5);
}

#[test]
fn whatever_is_pressed_on_the_open_section_nothing_leaks() {
    assert_all_sound(OPEN, 3);
}

#[test]
fn whatever_is_pressed_without_a_film_nothing_leaks() {
    let bot = Bot::new();
    let mut said = vec![bot.ask("/help", &[])];
    for search in ["", "lantern keeper", "knot of tar", "qqqq xxyyz"] {
        said.push(bot.ask("/films", &[("search", search)]));
    }
    for topic in [
        "ring",
        "pane",
        "salt",
        "light",
        "glass lens",
        "door",
        "label",
    ] {
        said.push(bot.ask("/theme", &[("topic", topic)]));
    }

    let met = crawl(&bot, said, |id| id.contains(" s:"));

    let met_enough = met.covered >= 30 && met.lifted >= 10 && met.public >= 10;
    assert!(met_enough, "{met:?}");
}
