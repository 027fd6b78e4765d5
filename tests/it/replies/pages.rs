//! Turning pages: all of an article with a licence is reached, and of one without no more than
//! may be quoted.

use last_reel::corpus::{Article, Section};

use super::said::{Said, units};
use super::{Bot, HOSTILE, QUOTED};
use crate::canaries::squashed;

/// What a reader meets of a section, page by page.
fn read(bot: &Bot, slug: &str, article: usize, section: usize) -> Vec<Said> {
    let value = bot.value(slug, article, section, None);
    let mut pages = vec![bot.ask("/ending", &[("film", slug), ("section", &value)])];
    while let Some(page) = pages.last().filter(|page| page.has_button("Next page")) {
        let next = bot.press(page, "Next page");
        pages.push(next);
    }
    pages
}

/// What is read under the covers, and in the open where that gives nothing away.
fn plot(section: &Section, pages: &[Said]) -> String {
    let text = |page: &Said| {
        if section.spoils {
            let ours = ["(that is all it says)", "open the article"];
            let hidden = ours
                .iter()
                .fold(page.hidden(), |hidden, words| hidden.replace(words, ""));
            squashed(&hidden)
        } else {
            squashed(&page.shown())
        }
    };
    pages.iter().map(text).collect()
}

fn each_section(bot: &Bot, licensed: bool) -> Vec<(String, usize, usize, Section)> {
    let of_licence = |article: &&Article| article.source.licence.is_some() == licensed;
    bot.corpus(|corpus| {
        let mut found = Vec::new();
        for film in corpus.films() {
            for (position, article) in film.articles.iter().enumerate() {
                for (place, section) in Some(article)
                    .filter(of_licence)
                    .iter()
                    .flat_map(|article| article.sections.iter().enumerate())
                {
                    let slug = film.slug.as_str().to_owned();
                    found.push((slug, position, place, section.clone()));
                }
            }
        }
        found
    })
}

#[test]
fn every_word_of_a_licensed_article_is_reached_in_order() {
    let bot = Bot::new();
    let sections = each_section(&bot, true);
    assert!(sections.len() > 20, "{} sections", sections.len());

    for (slug, article, place, section) in sections {
        let pages = read(&bot, &slug, article, place);

        let read = plot(&section, &pages);
        let written: String = section
            .passages
            .iter()
            .flat_map(|passage| passage.label.iter().chain([&passage.text]))
            .map(|part| squashed(part.reveal()))
            .collect();
        let what = format!("{slug}, section {place} of article {article}");
        if section.spoils {
            assert_eq!(read, written, "{what}");
        } else {
            assert!(read.contains(&written), "{what}: {read}");
        }
        for page in &pages {
            page.assert_no_canary();
            page.assert_fits_discord();
        }
    }
}

#[test]
fn pages_are_counted_and_lead_back() {
    let bot = Bot::new();
    let pages = read(&bot, HOSTILE, 0, 1);
    let count = pages.len();
    assert!(count > 8, "{count} pages");

    let mut page = pages.last().unwrap().clone();
    for place in (1..count).rev() {
        assert!(
            page.footer()
                .contains(&format!("page {} of {count}", place + 1))
        );
        page = bot.press(&page, "Previous page");
    }

    assert_eq!(page.description(), pages[0].description());
}

#[test]
fn no_more_than_the_excerpt_is_shown_of_an_article_without_a_licence() {
    for excerpt in [200, 600, 1_500] {
        let bot = Bot::with(&[("LAST_REEL_EXCERPT", &excerpt.to_string())]);
        let sections = each_section(&bot, false);
        assert!(sections.len() >= 5, "{} sections", sections.len());

        for (slug, article, place, section) in sections {
            let pages = read(&bot, &slug, article, place);

            let read = plot(&section, &pages);
            let texts: Vec<_> = section.passages.iter().map(|p| p.text.reveal()).collect();
            let length: usize = texts.iter().map(|text| units(text)).sum();
            let labelled: String = section
                .passages
                .iter()
                .flat_map(|passage| passage.label.iter().chain([&passage.text]))
                .map(|part| squashed(part.reveal()))
                .collect();
            let labels: usize = section
                .passages
                .iter()
                .filter_map(|passage| passage.label.as_ref())
                .map(|label| units(label.reveal()) + units(" · "))
                .sum();
            let what = format!("{slug}, section {place} of article {article}, {excerpt}");
            assert!(!read.is_empty(), "{what}");
            assert!(labelled.starts_with(&read), "{what}: {read}");
            assert!(units(&read) <= excerpt + labels, "{what}: {}", units(&read));
            let last = pages.last().unwrap().shown();
            assert_eq!(
                last.contains("This is an excerpt"),
                length > excerpt,
                "{what}"
            );
        }
    }
}

#[test]
fn opening_entries_one_by_one_shows_no_more_than_the_excerpt_of_each() {
    let bot = Bot::with(&[("LAST_REEL_EXCERPT", "300")]);
    let section = bot.section(QUOTED, 0, last_reel::corpus::Kind::Themes);

    for passage in 0..2 {
        let value = bot.value(QUOTED, 0, section, Some(passage));
        for command in [("/ending", "section"), ("/theme", "topic")] {
            let said = bot.ask(command.0, &[("film", QUOTED), (command.1, &value)]);

            let label = bot.corpus(|corpus| {
                let sections = &corpus.find(QUOTED).unwrap().articles[0].sections;
                let label = sections[section].passages[passage].label.as_ref();
                units(label.unwrap().reveal())
            });
            let read = said.hidden();
            assert!(units(&read) > 100, "{read}");
            assert!(
                units(&read) <= 300 + label + " · ".len(),
                "{}",
                units(&read)
            );
        }
    }
}
