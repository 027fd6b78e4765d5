//! The question before covers are lifted: one stray tap on a phone must not show an ending.

use super::{Audience, Block, Button, Control, Excerpt, Library, Lifted, Press, Reply, View, show};

/// Asks whether a view is to be read without covers. None if it is gone or has changed.
pub fn confirm(library: &Library, view: &View, excerpt: Excerpt) -> Option<Reply> {
    let Reply { title, picture, .. } = show(library, view, Audience::Private, excerpt)?;
    let question = "This shows what happens without covers, to you alone. It is meant for those who know the ending, and for screen readers.";
    let choices = vec![
        Button::new(
            "Show it to me",
            Press::Show(view.with(Some(Lifted::Confirmed))),
        ),
        Button::new("Keep it covered", Press::Show(view.with(None))),
    ];
    Some(Reply {
        title,
        picture,
        blocks: vec![Block::Line(question.into())],
        controls: vec![Control::Buttons(choices)],
        ..Reply::default()
    })
}
