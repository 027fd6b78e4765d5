//! What moderators are told of the corpus.

use crate::corpus::{Problem, Size};

use super::{Block, PublicText, Reply, counted};

/// Problems told in one reply.
const MOST: usize = 8;

/// What the bot answers from, since when, and how it has been doing.
pub fn status(size: Size, loaded: &str, facts: &[String]) -> Reply {
    let mut reply = Reply {
        title: "Corpus".into(),
        ..Reply::default()
    };
    reply.blocks.push(Block::Line(sized(size).into()));
    reply
        .blocks
        .push(Block::Line(format!("Loaded {loaded}.").into()));
    reply.blocks.extend(
        facts
            .iter()
            .map(|fact| Block::Bullet(PublicText::new(fact))),
    );
    reply
}

/// A reload that worked: what there was, what there is.
pub fn reloaded(old: Size, new: Size) -> Reply {
    let mut reply = Reply {
        title: "Reloaded".into(),
        ..Reply::default()
    };
    reply
        .blocks
        .push(Block::Line(format!("Now {}", sized(new)).into()));
    reply
        .blocks
        .push(Block::Line(format!("Before, it had {}", sized(old)).into()));
    reply
}

fn sized(size: Size) -> String {
    let Size {
        films,
        articles,
        passages,
    } = size;
    format!(
        "{}, {}, {}.",
        counted(films, "film"),
        counted(articles, "article"),
        counted(passages, "passage")
    )
}

/// A problem with its file's name only: where a host keeps the files is the host's affair.
fn told(problem: &Problem) -> String {
    let mut problem = problem.clone();
    if let Some(name) = problem.place.file.file_name() {
        problem.place.file = name.into();
    }
    problem.to_string()
}

/// A reload that was refused: the problems, and that nothing changed.
pub fn problems(problems: &[Problem]) -> Reply {
    let mut reply = Reply {
        title: "Not reloaded".into(),
        ..Reply::default()
    };
    reply.blocks.push(Block::Line(
        format!(
            "The corpus has {}. Answers go on from what was loaded before.",
            counted(problems.len(), "problem")
        )
        .into(),
    ));
    reply.blocks.extend(
        problems
            .iter()
            .take(MOST)
            .map(|problem| Block::Bullet(told(problem).into())),
    );
    if problems.len() > MOST {
        let more = problems.len() - MOST;
        reply.blocks.push(Block::Line(
            format!("And {more} more; the program's command check lists them all.").into(),
        ));
    }
    reply
}
