//! What all requests share: the library in use, who may touch it, and the counters. A reload
//! builds a new library beside the old one and swaps it in whole.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use arc_swap::ArcSwap;
use tokio::sync::Mutex;
use tracing::{error, info, warn};

use crate::config::{Config, Moderation};
use crate::corpus::{LoadError, Size, load};
use crate::metrics::Metrics;
use crate::reply::{Excerpt, Library};

/// What all requests share.
#[derive(Debug)]
pub struct App {
    library: ArcSwap<Loaded>,
    data: PathBuf,
    reloading: Mutex<()>,
    /// Who may touch the corpus.
    pub moderation: Moderation,
    /// How much is quoted.
    pub excerpt: Excerpt,
    /// What is counted.
    pub metrics: Metrics,
}

/// A library, and since when it is in use.
#[derive(Debug)]
pub struct Loaded {
    /// What answers are made of.
    pub library: Library,
    /// Since when.
    pub since: Instant,
}

impl App {
    /// Loads the corpus.
    ///
    /// # Errors
    /// If it is missing, cannot be read or has problems.
    pub fn open(config: &Config) -> Result<Self, LoadError> {
        let loaded = Loaded {
            library: Library::new(load(&config.data)?),
            since: Instant::now(),
        };
        Ok(Self {
            library: ArcSwap::from_pointee(loaded),
            data: config.data.clone(),
            reloading: Mutex::default(),
            moderation: config.moderation.clone(),
            excerpt: Excerpt(config.excerpt),
            metrics: Metrics::default(),
        })
    }

    /// The library in use now; whoever holds it keeps answering from it through a reload.
    pub fn library(&self) -> Arc<Loaded> {
        self.library.load_full()
    }

    /// Loads and checks the corpus off the answering path, swaps it in and logs it; the sizes
    /// before and after. A second reload waits for the first.
    ///
    /// # Errors
    /// If the corpus cannot be used; then the old library stays.
    pub async fn reload(&self) -> Result<(Size, Size), LoadError> {
        let _one_at_a_time = self.reloading.lock().await;
        let data = self.data.clone();
        let built = tokio::task::spawn_blocking(move || load(&data).map(Library::new)).await;
        let library = match built.unwrap_or_else(|fault| Err(LoadError::Stopped(fault.to_string())))
        {
            Ok(library) => library,
            Err(error) => {
                if let LoadError::Problems(problems) = &error {
                    for problem in problems {
                        error!("{problem}");
                    }
                }
                warn!(%error, "kept the old corpus");
                return Err(error);
            }
        };
        let (old, new) = (self.library().library.corpus.size(), library.corpus.size());
        self.library.store(Arc::new(Loaded {
            library,
            since: Instant::now(),
        }));
        self.metrics.reloads.add();
        info!(
            films = new.films,
            articles = new.articles,
            passages = new.passages,
            "reloaded the corpus"
        );
        Ok((old, new))
    }
}
