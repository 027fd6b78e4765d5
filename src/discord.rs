//! Discord: translates, never decides. One interaction comes in as a [`request`], [`mod@answer`] makes
//! the response for both transports, `render` writes it as Discord wants it, and [`guard`] lets
//! nothing through that shows an ending.

pub mod answer;
pub mod commands;
mod components;
pub mod gateway;
pub mod guard;
pub mod markdown;
pub mod register;
mod render;
pub mod request;
pub mod rest;
