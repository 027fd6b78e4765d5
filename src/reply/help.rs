//! What one can ask for.

use super::{Block, Reply};

/// A command, as help tells of it.
#[derive(Debug)]
pub struct Topic {
    /// How it is typed.
    pub usage: String,
    /// What it does.
    pub what: &'static str,
}

/// Tells of each command, and how covers work.
pub fn help(topics: &[Topic]) -> Reply {
    let mut reply = Reply {
        title: "How films end, told when you want to know".into(),
        ..Reply::default()
    };
    reply.blocks.push(Block::Line("Answers are for you alone until you post them. Plot text is under covers: tap one to read it.".into()));
    reply.blocks.extend(
        topics
            .iter()
            .map(|topic| Block::Bullet(format!("{} — {}", topic.usage, topic.what).into())),
    );
    reply.blocks.push(Block::Line("Half a title with a typo will do. If covers do not open for you, press “Read without covers”.".into()));
    reply
}
