//! Last Reel answers questions about how films end, without showing an ending by accident.
//!
//! The map. Use goes one way: `corpus <- search <- reply`, the core `<- app <- discord <- cli`.
//!
//! Core: no async, no network, no database, no serenity.
//! - [`corpus`] holds films and their articles, read and checked, and the import of outside text.
//! - [`search`] finds the film, section or entry that a person's words mean.
//! - [`reply`] composes what we say, free of any platform.
//!
//! Middle: what all requests share.
//! - [`metrics`] names what is counted.
//! - [`app`] holds the library in use, and its reload.
//!
//! Edges: translate, never decide.
//! - [`discord`] takes one interaction in and gives one response out, past the last gate.
//! - [`config`] reads what a host sets in the environment.
//! - [`telemetry`] starts logging.
//! - [`cli`] runs the program's commands, one file each.

pub mod app;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod discord;
pub mod metrics;
pub mod reply;
pub mod search;
pub mod telemetry;
