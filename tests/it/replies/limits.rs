//! Films as long as film files may be, against what Discord takes.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::Bot;
use super::crawl::{about, crawl};

/// A film with everything at its limit, each text made of `filling`.
fn film(title: &str, year: u32, filling: &str) -> Value {
    let of = |length: usize| -> String {
        let canary = "zorblong ";
        let filled = filling.chars().cycle().take(length - canary.len());
        canary.chars().chain(filled).collect()
    };
    let line: String = filling.chars().cycle().take(290).collect();
    let themes: Vec<Value> = (0..4)
        .map(|place| json!({ "label": of(300), "text": of(200 + 400 * place) }))
        .collect();
    let mut sections = vec![
        json!({ "kind": "ending", "heading": of(300), "passages": [{ "text": of(3_200) }] }),
        json!({ "kind": "themes", "passages": themes }),
    ];
    sections.extend((0..30).map(|_| json!({ "kind": "other", "passages": [{ "text": of(20) }] })));
    let source = json!({
        "name": line, "author": line, "url": format!("https://example.org/{}", "a".repeat(150)),
        "published": "2025-01-31", "licence": "CC0-1.0",
    });
    let article =
        |id: &str| json!({ "id": id, "title": of(300), "source": source, "sections": sections });
    json!({
        "title": format!("{title} {line}"), "year": year, "aliases": [title],
        "articles": [article("one"), article("two")],
    })
}

#[test]
fn a_film_with_everything_at_its_limit_is_answered_within_discords() {
    for filling in ["word ", "*", "🎬"] {
        let folder = TempDir::new().unwrap();
        for (title, slug, year) in [("Long", "long-2001", 2001), ("Longer", "longer-2002", 2002)] {
            let film = film(title, year, filling).to_string();
            fs::write(folder.path().join(format!("{slug}.json")), film).unwrap();
        }
        let bot = Bot::with(&[("LAST_REEL_DATA", folder.path().to_str().unwrap())]);
        let mut said = about(&bot, "long-2001");
        said.truncate(6);
        said.push(bot.ask("/films", &[]));
        for (name, value) in bot.suggest("/ending", &[("film", "")]) {
            assert!(name.encode_utf16().count() <= 100 && value.len() <= 100);
        }

        // So long together that the last of them may have to be left out.
        let results = bot.ask("/theme", &[("topic", "zorblong")]);
        results.assert_fits_discord();
        results.assert_no_canary();
        assert!(results.hidden().contains("zorblong"), "{filling}");
        let nearest = bot.ask("/ending", &[("film", "qqqq")]);
        nearest.assert_fits_discord();
        assert!(nearest.buttons().len() == 2, "{:?}", nearest.buttons());
        let met = crawl(&bot, said, |id| {
            id.contains("longer-") || id.contains(":1.") || is_alike(id)
        });

        assert!(met.covered > 30, "{filling}: {met:?}");
    }
}

/// Whether an id is of one of the many short sections in the middle, which are all alike.
fn is_alike(id: &str) -> bool {
    let section = id
        .split(".p")
        .nth(1)
        .and_then(|rest| rest.split('.').next());
    section.is_some_and(|section| (4..31).contains(&section.parse().unwrap_or(0)))
}
