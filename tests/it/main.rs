//! The tests that need more than one room: whole interactions on made-up films, the real program
//! against a stand-in Discord, and the corpus as it lies on disk.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod corpus;
mod fixtures;
mod oracle;
#[allow(
    dead_code,
    reason = "not every test of the program is written yet; goes when it is driven"
)]
mod program;
mod replies;
mod rooms;
mod sim;
#[allow(
    dead_code,
    reason = "not every test of the program is written yet; goes when it is driven"
)]
mod stand_in;
