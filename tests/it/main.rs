//! The tests that need more than one room: whole interactions on made-up films, the real program
//! against a stand-in Discord, and the corpus as it lies on disk.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod canaries;
mod cli;
mod corpus;
mod fixtures;
mod oracle;
mod program;
mod replies;
mod rooms;
mod serve;
mod sim;
mod stand_in;
