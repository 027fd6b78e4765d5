//! The two real articles that import was made for. They are not in the project: the test looks
//! for them beside it, or where `LAST_REEL_SHARED` says, and skips where they are not.

use std::env;
use std::path::{Path, PathBuf};

use super::*;
use crate::corpus::{Film, Kind, Section, check};

fn seeds() -> Option<Vec<PathBuf>> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = env::var_os("LAST_REEL_SHARED").map_or_else(beside, PathBuf::from);
    let folder = shared.join("seeds");
    let seeds =
        ["000_70b72a5d15e48d20.txt", "001_82bd4705327cf8ee.txt"].map(|name| folder.join(name));
    if seeds.iter().all(|seed| seed.is_file()) {
        return Some(seeds.to_vec());
    }
    #[expect(clippy::print_stderr, reason = "whoever runs the tests should know")]
    {
        eprintln!("skipped: no seeds in `{}`", folder.display());
    }
    None
}

/// Imports in this order, each in a call of its own or all in one; what is then in the folder.
fn import(seeds: &[&PathBuf], at_once: bool) -> (Film, Vec<Dropped>) {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("films");
    let mut dropped = Vec::new();
    let mut open = Folder::open(&into).unwrap();
    for seed in seeds {
        let text = read_text(seed).unwrap();
        let imported = recognise(&text, &Options::default()).unwrap();
        open.place(&imported).unwrap();
        dropped.extend(imported.dropped);
        if !at_once {
            assert_eq!(
                open.save(false).into_iter().filter_map(Result::ok).count(),
                1
            );
            open = Folder::open(&into).unwrap();
        }
    }
    assert!(open.save(false).iter().all(Result::is_ok));

    let report = check::check(&into).unwrap();
    assert_eq!(report.problems, []);
    let corpus = crate::corpus::load(&into).unwrap();
    assert_eq!(corpus.films().len(), 1);
    (corpus.films()[0].clone(), dropped)
}

/// Kind, passages, bullets and entries of each section.
fn shape(article: &Article) -> Vec<(Kind, usize, usize, usize)> {
    let count = |section: &Section| {
        let bullets = section.passages.iter().filter(|passage| passage.bullet);
        let entries = section.entries().count();
        (
            section.kind,
            section.passages.len(),
            bullets.count(),
            entries,
        )
    };
    article.sections.iter().map(count).collect()
}

#[test]
fn both_seeds_become_one_film_in_either_order() {
    let Some(seeds) = seeds() else { return };
    for at_once in [false, true] {
        let (forth, _) = import(&[&seeds[0], &seeds[1]], at_once);
        let (back, _) = import(&[&seeds[1], &seeds[0]], at_once);

        for film in [&forth, &back] {
            assert_eq!(film.slug.as_str(), "anora-2024");
            assert_eq!(film.name(), "Anora (2024)");
            assert_eq!(film.aliases, ["Ani"]);
            assert_eq!(film.directors, ["Sean Baker"]);
            let ids: Vec<_> = film.articles.iter().map(|article| &article.id).collect();
            assert_eq!(ids, ["ending-explained", "ending-explained-2"]);
        }
        assert_eq!(shape(&forth.articles[0]), shape(&back.articles[1]));
        assert_eq!(shape(&forth.articles[1]), shape(&back.articles[0]));
    }
}

#[test]
fn the_seeds_have_the_shape_that_a_reader_sees() {
    let Some(seeds) = seeds() else { return };

    let (film, dropped) = import(&[&seeds[0], &seeds[1]], true);

    assert_eq!(
        shape(&film.articles[0]),
        [
            (Kind::Recap, 3, 0, 0),
            (Kind::Ending, 3, 0, 0),
            (Kind::Meaning, 3, 0, 0),
            (Kind::Characters, 3, 0, 3),
            (Kind::Interpretations, 3, 0, 3),
            (Kind::Themes, 4, 0, 4),
            (Kind::FinalThoughts, 4, 0, 0),
        ]
    );
    assert_eq!(
        shape(&film.articles[1]),
        [
            (Kind::Other, 2, 0, 0),
            (Kind::Ending, 5, 4, 0),
            (Kind::Emotions, 4, 3, 3),
            (Kind::Questions, 5, 3, 0),
            (Kind::Meaning, 3, 3, 0),
            (Kind::FinalThoughts, 5, 3, 0),
        ]
    );
    for article in &film.articles {
        assert_eq!((article.rating, &article.source.author), (None, &None));
    }
    assert_eq!(dropped.len(), 7 + 6);
}

#[test]
fn no_sentence_of_the_seeds_is_lost() {
    let Some(seeds) = seeds() else { return };
    for seed in &seeds {
        let (film, dropped) = import(&[seed], true);
        let mut lines: Vec<String> = Vec::new();
        for section in &film.articles[0].sections {
            lines.extend(section.heading.iter().map(|text| text.reveal().to_owned()));
            for passage in &section.passages {
                let label = passage
                    .label
                    .iter()
                    .map(|label| format!("{}:", label.reveal()));
                let parts: Vec<_> = label.chain([passage.text.reveal().to_owned()]).collect();
                lines.push(parts.join(" "));
            }
        }
        lines.push(film.articles[0].title.reveal().to_owned());
        let dropped: Vec<_> = dropped.iter().map(|line| words(&line.text)).collect();
        let kept: Vec<_> = lines.iter().map(|line| words(line)).collect();
        let holds = |lines: &[Vec<String>], sentence: &[String]| {
            lines
                .iter()
                .any(|line| line.windows(sentence.len()).any(|run| run == sentence))
        };

        let text = read_text(seed).unwrap();
        let mut sentences = 0;
        for raw in text.lines().filter(|raw| !dropped.contains(&words(raw))) {
            for sentence in raw.unicode_sentences().map(words) {
                assert!(
                    sentence.is_empty() || holds(&kept, &sentence),
                    "{sentence:?}"
                );
                sentences += usize::from(!sentence.is_empty());
            }
        }
        assert!(sentences > 50, "{sentences}");
    }
}
