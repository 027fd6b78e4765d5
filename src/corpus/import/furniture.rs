//! The parts of a page that are no part of its article: navigation, credits, scores, warnings,
//! links to other articles.

use std::sync::LazyLock;

use regex::Regex;

use super::line;

/// What a line of the page is, if it is no line of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// This line only.
    Line(&'static str),
    /// This line and the list of links under it.
    Links,
    /// This line and everything after it.
    End,
}

/// Recognises the furniture of a page by its usual words.
pub(super) fn find(text: &str) -> Option<Furniture> {
    if !text.chars().any(char::is_alphanumeric) {
        return Some(Furniture::Line("a ruler or a stray mark"));
    }
    let short = line::word_count(text) <= 16;
    SIGNS
        .iter()
        .find(|(long, pattern, _)| (short || *long) && pattern.is_match(text))
        .map(|(_, _, furniture)| *furniture)
}

/// Whether a line is a path through the site: `Home » Films » Heat`.
pub(super) fn is_breadcrumb(text: &str) -> bool {
    static CRUMBS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\s[»›→]\s|^home\s*[>/|\\]\s*|^(?:\S+ > ){2,}"));
    line::word_count(text) <= 30 && CRUMBS.is_match(text)
}

/// Whether a line names the sort of article that sites link to in the middle of another.
pub(super) fn is_teaser(text: &str) -> bool {
    static TEASER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:movies|films|shows|episodes|books) in (?:chronological )?order\b|\bcomplete guide\b|\bwatch order\b|\branked\b|^(?:the |top )?\d+ (?:best|worst|greatest|most|movies|films|things)\b|\bmovie review\b|\bofficial trailer\b|\brelease date\b|\bwhere to (?:watch|stream)\b|\beverything we know\b|\bbox office\b|\bmovies like\b|\bfilms like\b",
        )
    });
    line::is_title_case(text) && !line::ends_sentence(text) && TEASER.is_match(text)
}

/// Whether a line is a quotation and nothing else, as some articles have one before their text.
pub(super) fn is_quotation(text: &str) -> bool {
    text.starts_with(['"', '“', '«']) && text.ends_with(['"', '”', '»'])
}

/// A picture's name that was stuck to the text after it, and that text: `tin-moonThen she …`.
pub(super) fn picture_name(text: &str) -> Option<(&str, &str)> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[a-z0-9]+[-_])+[a-z0-9]+?(?P<text>\p{Lu}\p{Ll}*\s)")
            .expect("a valid pattern")
    });
    let text_at = NAME.captures(text)?.name("text")?.start();
    Some(text.split_at(text_at))
}

type Sign = (bool, Regex, Furniture);

/// Whether it may be a long line, its pattern, and what it is.
static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    use Furniture::{End, Line, Links};
    let sign = |long, text: &str, furniture| (long, pattern(text), furniture);
    vec![
        sign(
            true,
            r"^the post .+ (?:appeared first on|first appeared on) |^click (?:here )?to (?:continue|keep|read)",
            Line("a feed's closing line"),
        ),
        sign(
            false,
            r"^(?:(?:note|warning|alert|caution|beware|heads up)\b.*\bspoilers?\b|(?:\w+ )?spoilers? (?:alert|warning|ahead|below|follow|abound)|(?:this|the following) .*\b(?:contains?|has) .*spoilers|.*\bspoilers? (?:ahead|below|to follow|follow)\b)",
            Line("a spoiler warning"),
        ),
        sign(
            false,
            r"^(?:featured )?(?:photos?|images?|pictures?|credits?|caption|source)(?: credits?| courtesy| source| via)?\s*[:©]|\b(?:photo|image|photograph)s?(?: credits?| courtesy)?:|^(?:photo|image)s? (?:by|courtesy|via) |^(?:a )?still from |\bvia getty\b|^©|^copyright\b|all rights reserved",
            Line("a caption or credit"),
        ),
        sign(
            false,
            r"^\d+(?:\.\d+)?\s*overall score|^(?:reader|user|critic|audience|our|overall)s?'? (?:rating|score)|^\(?\d[\d,]* (?:votes|ratings)\)?$|^\d[\d,]* (?:shares?|views?|likes?|min(?:ute)?s? read)$|^(?:reading time|read time)\b",
            Line("a score or a count"),
        ),
        sign(
            false,
            r"^(?:related|read (?:more|next|also|now)|also read|see also|must read|more like this|up next|next|previous|recommended(?: reading| for you)?|don't miss|you may also like|source)\s*[:»→-]\s*\S",
            Line("a link to another article"),
        ),
        sign(
            false,
            r"^(?:more (?:reading|stories|articles|posts|from .+|like this)|further reading|related(?: (?:reading|stories|articles|posts|content|topics))?|read (?:more|next|also)|you (?:may|might) (?:also )?(?:like|enjoy)|recommended(?: (?:reading|for you|articles|posts))?|post navigation|(?:popular|recent|latest|trending)(?: (?:posts|articles|stories|news|now))?|see also|tags|categories|filed under|share(?: this(?: (?:post|article|story|page))?)?|follow us(?: on .+)?|navigation|menu|main menu)\s*:?$",
            Links,
        ),
        sign(
            false,
            r"^(?:skip to (?:main )?content|advertisements?|sponsored|home|search|log ?in|sign (?:in|up)|subscribe.*|newsletter.*|sign up (?:for|to) .*|loading\.*|click to share.*|tweet|facebook|twitter|pinterest|reddit|email|print|copy link|like this|back to top|scroll to top|go to top|next post|previous post|next article|previous article|continue reading|keep reading|toggle .*|(?:tags|categories|tagged|filed under|posted in|topics)\s*:.+|(?:tagged with|filed under|posted in) .+|no comments)$",
            Line("part of the page around it"),
        ),
        sign(
            false,
            r"^(?:leave a (?:reply|comment)|(?:\d+ )?(?:comments?|responses|replies)(?: \(?\d+\)?)?|post a comment|add a comment|\d+ thoughts? on .+|about the author|author bio|join the (?:conversation|discussion)|your email address will not be published.*)\s*:?$",
            End,
        ),
    ]
});

fn pattern(text: &str) -> Regex {
    Regex::new(&format!("(?i){}", text.replace('\'', "['’]"))).expect("a valid pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_around_an_article_is_recognised() {
        use Furniture::{End, Line, Links};
        for (text, expected) in [
            ("* * *", Line("a ruler or a stray mark")),
            ("Skip to main content", Line("part of the page around it")),
            (
                "Major spoilers below for The Drowned Clock.",
                Line("a spoiler warning"),
            ),
            (
                "Note: Spoilers for “The Drowned Clock” ahead.",
                Line("a spoiler warning"),
            ),
            (
                "A Player in a Boat. Photo: Somebody",
                Line("a caption or credit"),
            ),
            ("4.9Overall Score", Line("a score or a count")),
            (
                "Related: The Ending of Tin Moon",
                Line("a link to another article"),
            ),
            ("More Reading", Links),
            ("You might also like:", Links),
            ("Post navigation", Links),
            ("Leave a Reply", End),
            ("12 Comments", End),
        ] {
            assert_eq!(find(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn sentences_that_begin_alike_stay() {
        for text in [
            "Home is where the keeper never returns.",
            "Share this boat with me, she says, and he does.",
            "The post on the pier, where the rope was tied, is empty.",
            "Related to her by blood, he still lets her drown.",
            "Next, the tide comes in.",
            "Comments on her dress stop when she enters.",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn links_to_other_articles_read_as_such() {
        assert!(is_teaser("Tin Moon Movies in Order: The Complete Guide"));
        assert!(is_teaser("10 Best Films About Lighthouses, Ranked"));
        assert!(!is_teaser("Why the Lamp is Lit"));
        assert_eq!(
            picture_name("tin-moon-2Then it"),
            Some(("tin-moon-2", "Then it"))
        );
        assert_eq!(picture_name("re-enter Mara"), None);
        assert!(is_breadcrumb("Home » The Drowned Clock Ending Explained"));
    }
}
