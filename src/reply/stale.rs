//! What an old component gets whose article has changed since.

use crate::corpus::Kind;

use super::section::view;
use super::{Block, Button, Control, Library, Part, Press, Reply, View};

/// Says that what a view shows has changed, and offers a fresh start.
pub fn stale(library: &Library, old: &View) -> Reply {
    let film = match old {
        View::Part(part) => library.corpus.find(part.slug.as_str()),
        View::Entries { .. } | View::Films(_) => None,
    };
    let start = match film {
        Some(film) => Button::new(
            "Fresh start",
            Press::Show(View::Part(view(film, 0, Part::Kind(Kind::Ending), None))),
        ),
        None => Button::new("All films", Press::Show(View::Films(0))),
    };
    Reply {
        blocks: vec![Block::Line("This article has changed since.".into())],
        controls: vec![Control::Buttons(vec![start])],
        ..Reply::default()
    }
}
