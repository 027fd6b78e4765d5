//! Look-up on a bundle given by path: `LAST_REEL_BENCH=titles.ndjson cargo bench --bench search`.
//! Without it there is nothing to measure, and it says so. The scan by `fuzzy-matcher` over all
//! titles is what the rest is compared with; queries are made from the titles themselves.

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use criterion::{Criterion, criterion_group, criterion_main};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use last_reel::corpus::{self, Corpus};
use last_reel::search::{Index, Scope};

/// Titles taken for queries.
const QUERIES: usize = 500;

fn search(c: &mut Criterion) {
    let Some(bundle) = std::env::var_os("LAST_REEL_BENCH") else {
        c.bench_function("nothing: set LAST_REEL_BENCH to a bundle", |b| b.iter(|| 0));
        return;
    };
    let corpus = corpus::load(Path::new(&bundle)).expect("the bundle can be used");
    let index = Index::new(&corpus);
    let titles = some_titles(&corpus);
    let misspelt: Vec<String> = titles.iter().map(|title| swapped(title)).collect();
    let begun: Vec<String> = titles
        .iter()
        .map(|title| title.chars().take(5).collect())
        .collect();
    let matcher = SkimMatcherV2::default().ignore_case();
    let turn = AtomicUsize::new(0);
    let next = |queries: &'_ [String]| {
        queries[turn.fetch_add(1, Ordering::Relaxed) % queries.len()].clone()
    };

    let mut group = c.benchmark_group("titles");
    group.sample_size(20);
    group.bench_function("scan by fuzzy-matcher", |b| {
        b.iter(|| {
            let query = next(&misspelt);
            let films = corpus.films().iter();
            films
                .filter_map(|film| matcher.fuzzy_match(&film.title, &query))
                .max()
        });
    });
    group.bench_function("film, as written", |b| {
        b.iter(|| black_box(index.films(&corpus, &next(&titles), 5)));
    });
    group.bench_function("film, misspelt", |b| {
        b.iter(|| black_box(index.films(&corpus, &next(&misspelt), 5)));
    });
    group.bench_function("choice, five letters", |b| {
        b.iter(|| black_box(index.choices(&corpus, &next(&begun), 25)));
    });
    group.bench_function("entry", |b| {
        b.iter(|| black_box(index.entries(&corpus, &next(&misspelt), Scope::default(), 5)));
    });
    group.finish();
}

fn some_titles(corpus: &Corpus) -> Vec<String> {
    let step = (corpus.films().len() / QUERIES).max(1);
    let films = corpus.films().iter().step_by(step);
    films.map(|film| film.title.to_lowercase()).collect()
}

/// Two letters in the middle swapped.
fn swapped(title: &str) -> String {
    let mut letters: Vec<char> = title.chars().collect();
    let middle = letters.len() / 2;
    if middle > 0 {
        letters.swap(middle - 1, middle);
    }
    letters.into_iter().collect()
}

criterion_group!(benches, search);
criterion_main!(benches);
