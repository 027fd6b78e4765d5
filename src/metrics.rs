//! What is counted, by name.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters since the start of the process.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Interactions answered, whatever the answer.
    pub interactions: Counter,
    /// Replies that the last gate replaced, because they would have shown an ending.
    pub leaks_stopped: Counter,
    /// Corpora swapped in after the first.
    pub reloads: Counter,
}

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Adds one.
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// The number.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
