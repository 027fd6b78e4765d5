//! Discord: translates, never decides. [`guard`] lets nothing through that shows an ending; it
//! reads a message as Discord's client does, by [`markdown`].

pub mod guard;
pub mod markdown;
