//! The top of a page: which line is the article's title, and which film it names.

use std::sync::LazyLock;

use regex::Regex;

use super::block::{Block, Form};
use super::sections::may_be_heading;
use super::{furniture, kind, line, words};

/// A film's name as a line gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) film: String,
    pub(super) year: Option<i32>,
}

/// What the lines before the article's text say.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The film that the article's title names.
    pub(super) named: Option<Named>,
    /// The position of the line that is the article's title.
    pub(super) title_at: Option<usize>,
    /// Where the article begins: after the last line that repeats its title.
    pub(super) body_at: usize,
}

/// Reads the lines before the first prose. `given` is the film's title, if it is known already.
pub(super) fn find(blocks: &[Block], given: Option<&str>) -> Head {
    let top = prose_at(blocks);
    let body: String = blocks[top..]
        .iter()
        .flat_map(|block| [block.text.as_str(), "\n"])
        .collect();
    let candidates: Vec<(usize, Named)> = (0..top)
        .filter(|at| may_be_title(&blocks[*at]))
        .filter_map(|at| Some((at, film_of(&blocks[at].text, &body)?)))
        .collect();
    let named = most_named(&candidates, given);
    let first = candidates
        .iter()
        .find(|(_, candidate)| {
            named
                .as_ref()
                .is_some_and(|named| words(&candidate.film) == words(&named.film))
        })
        .map(|(at, _)| *at)
        .or_else(|| untold_title(&blocks[..top]));
    let Some(first) = first else {
        return Head::default();
    };
    // A site's short title often stands before the full one.
    let begins = words(&blocks[first].text);
    let title_at = (first..top)
        .filter(|at| may_be_title(&blocks[*at]) && words(&blocks[*at].text).starts_with(&begins))
        .max_by_key(|at| (words(&blocks[*at].text).len(), std::cmp::Reverse(*at)))
        .unwrap_or(first);
    let title = words(&blocks[title_at].text);
    let last = (0..top)
        .rev()
        .find(|at| repeats(&blocks[*at].text, &title))
        .unwrap_or(title_at);
    Head {
        named,
        title_at: Some(title_at),
        body_at: last + 1,
    }
}

/// Where the article's text surely has begun.
pub(super) fn prose_at(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .position(|block| block.form == Form::Plain && line::is_prose(&block.text))
        .or_else(|| {
            let mut blocks = blocks.iter();
            blocks.position(|block| line::ends_sentence(&block.text))
        })
        .unwrap_or(blocks.len())
}

/// Whether a line says the title again, in short or with the path to it.
pub(super) fn repeats(text: &str, title: &[String]) -> bool {
    let said = words(text);
    let begins = said.len() >= 2 && title.starts_with(&said);
    begins || (furniture::is_breadcrumb(text) && said.ends_with(title)) || said == title
}

fn may_be_title(block: &Block) -> bool {
    !block.is_bullet()
        && !furniture::is_breadcrumb(&block.text)
        && !block.text.ends_with('.')
        && line::word_count(&block.text) <= 30
        && block.text.chars().count() <= 200
}

/// The film that most candidates name, the first of them if several; the one that is given, if
/// any of them names it.
fn most_named(candidates: &[(usize, Named)], given: Option<&str>) -> Option<Named> {
    let alike = |a: &Named, b: &Named| words(&a.film) == words(&b.film);
    let weight = |named: &Named| {
        let votes = candidates
            .iter()
            .filter(|(_, other)| alike(other, named))
            .count();
        let is_given = given.is_some_and(|given| words(given) == words(&named.film));
        (is_given, votes)
    };
    let mut chosen: Option<&Named> = None;
    for (_, candidate) in candidates {
        if chosen.is_none_or(|chosen| weight(candidate) > weight(chosen)) {
            chosen = Some(candidate);
        }
    }
    let mut named = chosen?.clone();
    named.year = candidates
        .iter()
        .filter(|(_, other)| alike(other, &named))
        .find_map(|(_, other)| other.year);
    Some(named)
}

/// A title that names no film: a line said twice, or the first if another heading or a text
/// follows it and it names no kind of section.
fn untold_title(top: &[Block]) -> Option<usize> {
    let twice = (0..top.len()).find(|at| {
        may_be_heading(&top[*at].text)
            && top[at + 1..]
                .iter()
                .any(|other| words(&other.text) == words(&top[*at].text))
    });
    let first = || {
        let at = top
            .iter()
            .position(|block| furniture::find(&block.text).is_none())?;
        let heading = |at: usize| top.get(at).is_some_and(|next| may_be_heading(&next.text));
        let text = &top[at].text;
        let is_title = heading(at)
            && !furniture::is_breadcrumb(text)
            && (heading(at + 1) || kind::of_heading(text).is_none());
        is_title.then_some(at)
    };
    twice.or_else(first)
}

/// The film whose ending a line promises to explain. `body` is the article's text, as far as it
/// is known: a title said there settles how much of the line belongs to it.
pub(super) fn film_of(text: &str, body: &str) -> Option<Named> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*\((?P<year>(?:18|19|20)\d\d)\)"));
    let text = text.split(" | ").next()?.trim();
    let Some(dated) = YEAR.captures(text) else {
        let film = undated_film(text, body)?;
        return Some(Named { film, year: None });
    };
    let all = dated.get(0)?;
    let (before, after) = (&text[..all.start()], &text[all.end()..]);
    let film = undated_film(&format!("{before}{after}"), body).or_else(|| {
        let ends = after.trim_start().is_empty() || after.trim_start().starts_with([':', '-', '–']);
        ends.then(|| name(before, body)).flatten()
    })?;
    Some(Named {
        film,
        year: dated["year"].parse().ok(),
    })
}

fn undated_film(text: &str, body: &str) -> Option<String> {
    const END: &str = "(?:ending|end|finale|final scene)s?";
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^(?P<film>.+?)(?:['’]s?)?\s*[,:|–—-]?\s+(?:the\s+)?(?:(?:true|real|full|shocking|twist|surprise|ambiguous|final)\s+)*{END}\b\s*[,:–—-]?\s*(?:(?:and|&)\s+\S+\s+)?(?:explained|explanation|explainer|meaning|analysis|breakdown|decoded|unpacked|theor)"
        ))
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^(?:the\s+)?{END},?\s+explained\s*(?:[:–—-]|for|of)\s*(?P<film>.+)$"
        ))
    });
    static OF: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"\b{END} (?:of|to) (?P<film>.+)$")));
    static EXPLAINED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?P<film>.+?)(?:['’]s?)?[,:–—-]?\s+(?:plot |story |timeline )?explained\b")
    });
    if let Some(found) = OF.captures(text).or_else(|| AFTER.captures(text)) {
        return name(open_end(&found["film"], body), body);
    }
    let found = BEFORE.captures(text).or_else(|| EXPLAINED.captures(text))?;
    name(&found["film"], body)
}

/// The part of a line's end that is the title: the longest beginning that the body says, else
/// what stands before the usual turns of phrase.
fn open_end<'a>(text: &'a str, body: &str) -> &'a str {
    static HARD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r",?\s+(?:(?:is|was|has been|gets)\s+)?(?:finally\s+)?explained\b.*$|\?.*$")
    });
    static SOFT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?::\s|\s[–—-]\s|!\s|,\s|['’]s?\s+(?:and|&)\s|\s(?:means|meaning)\b).*$")
    });
    let cut =
        |text: &'a str, at: &Regex| &text[..at.find(text).map_or(text.len(), |end| end.start())];
    let text = cut(text, &HARD);
    let ends = text
        .char_indices()
        .filter(|(_, c)| *c == ' ')
        .map(|(at, _)| at);
    let mut said = ends
        .chain([text.len()])
        .map(|end| text[..end].trim_end_matches([',', ':', ';', '-', '–', '—', ' ']))
        .filter(|begin| !begin.split(' ').all(line::is_small) && says(body, begin));
    said.next_back().unwrap_or_else(|| cut(text, &SOFT))
}

/// Whether a text says a name, in these letters and as whole words.
pub(super) fn says(text: &str, name: &str) -> bool {
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            edge(text[..at].chars().next_back()) && edge(text[at + name.len()..].chars().next())
        })
}

/// Cleans what a pattern took for a film's name; none if it cannot be one.
fn name(text: &str, body: &str) -> Option<String> {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:the )?(?:true |real |hidden )?(?:meaning|explanation|truth|story) (?:of|behind|about) |(?:understanding|explaining|decoding|unpacking|breaking down|analyzing) |(?:the )?(?:movie|film) |(?:review|spoilers?|ending explained): )",
        )
    });
    const QUOTES: [char; 7] = ['"', '“', '”', '‘', '’', '\'', '*'];
    const ASKS: &[&str] = &[
        "what", "why", "how", "who", "where", "when", "does", "did", "was",
    ];
    const NO_FILM: &[&str] = &[
        "a",
        "all",
        "alternate",
        "alternative",
        "an",
        "and",
        "book",
        "complete",
        "comprehensive",
        "end",
        "ending",
        "endings",
        "ends",
        "every",
        "explained",
        "film",
        "films",
        "final",
        "happens",
        "in",
        "movie",
        "movies",
        "my",
        "of",
        "original",
        "our",
        "plot",
        "post",
        "credits",
        "real",
        "scene",
        "shocking",
        "story",
        "surprise",
        "that",
        "the",
        "this",
        "true",
        "twist",
        "what",
        "why",
        "its",
    ];
    let mut film = text.trim();
    if !says(body, film) {
        film = LEAD.find(film).map_or(film, |lead| &film[lead.end()..]);
        // "What Did She See? Heat": the last of several sentences.
        let last = film.rsplit(['?', '!', ':']).next().unwrap_or(film).trim();
        if last != film && says(body, last) {
            film = last;
        }
        for tail in [" movie", " film"] {
            let begin = film.len().saturating_sub(tail.len());
            if film
                .get(begin..)
                .is_some_and(|end| end.eq_ignore_ascii_case(tail))
            {
                film = &film[..begin];
            }
        }
    }
    let film = film
        .trim_matches(QUOTES)
        .trim_matches([' ', ',', ':', '-', '–', '—']);
    let said = words(film);
    let asks = said
        .first()
        .is_some_and(|word| ASKS.contains(&word.as_str()));
    let possible = film.chars().any(char::is_alphanumeric)
        && film.chars().count() <= 100
        && !said.iter().all(|word| NO_FILM.contains(&word.as_str()))
        && !said
            .last()
            .is_some_and(|word| matches!(word.as_str(), "and" | "of" | "in" | "the"))
        && (!asks || says(body, film));
    possible.then(|| spelled(film, body))
}

/// A name all in capitals or all in small letters, as the body writes it.
fn spelled(film: &str, body: &str) -> String {
    if film.chars().any(char::is_lowercase) && film.chars().any(char::is_uppercase) {
        return film.to_owned();
    }
    let loose = words(film)
        .iter()
        .map(|word| regex::escape(word))
        .collect::<Vec<_>>()
        .join(r"[^\p{L}\p{N}\n]{1,3}");
    let mut spellings = pattern(&format!(r"\b{loose}\b"));
    if !film.is_ascii() {
        spellings = pattern(&format!(r"\b{}\b", regex::escape(film)));
    }
    spellings
        .find_iter(body)
        .map(|found| found.as_str())
        .find(|found| found.chars().any(char::is_uppercase))
        .map_or_else(|| film.to_owned(), str::to_owned)
}

/// The film that a page's address names: `…/heat-ending-explained`.
pub(super) fn film_of_address(url: &str, body: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.trim_end_matches('/');
    let last = path.splitn(4, '/').nth(3)?.rsplit('/').next()?;
    let last = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let text = last
        .replace(['-', '_'], " ")
        .replace("ending of ", "the ending of ");
    let film = undated_film(&text, body)?;
    // An address has no capitals; a name that the body never says is no name yet.
    film.chars().any(char::is_uppercase).then_some(film)
}

/// The film whose ending an opening says it is about.
pub(super) fn film_in(opening: &str) -> Option<String> {
    static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
        const WORD: &str = r"[\p{Lu}\p{N}][\p{L}\p{N}'’:-]*";
        Regex::new(&format!(
            r#"\b(?:[Ee]nding|[Ee]nd|[Ff]inale|[Ff]inal scene) (?:of|to) (?:the (?:movie|film) )?(?:[“"](?P<quoted>[^”"]{{1,80}})[”"]|(?P<plain>{WORD}(?: (?:(?:of|the|and|for|in|a|to|from|on|with|&|de|la) ){{0,3}}{WORD}){{0,8}}))"#
        ))
        .expect("a valid pattern")
    });
    let found = ABOUT.captures(opening)?;
    let film = found.name("quoted").or(found.name("plain"))?.as_str();
    name(film.trim_end_matches([',', '.', ':']), "")
}

fn pattern(text: &str) -> Regex {
    Regex::new(&format!("(?i){text}")).expect("a valid pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film(text: &str, body: &str) -> Option<(String, Option<i32>)> {
        film_of(text, body).map(|named| (named.film, named.year))
    }

    #[test]
    fn titles_name_their_film_in_many_forms() {
        let body = "In Tin Moon nobody sleeps.";
        for text in [
            "Tin Moon Ending Explained",
            "Tin Moon Ending Explained: Love, Rust, and Rain",
            "Tin Moon: Ending Explained | Some Site",
            "Tin Moon’s Ending, Explained",
            "Tin Moon Movie Ending Explained",
            "Tin Moon Ending & Crater Explained",
            "TIN MOON ENDING EXPLAINED",
            "Ending Explained: Tin Moon",
            "The Ending of Tin Moon, Explained",
            "The Ending of ‘Tin Moon’ Is Finally Explained",
            "Explaining the Ending of Tin Moon",
            "What Happens at the End of Tin Moon?",
            "Why the Ending of Tin Moon Still Haunts Us",
            "The Meaning of Tin Moon’s Ending Explained",
            "Movie Tin Moon Explained and an Interview",
            "Who Built the Crater? Tin Moon Ending Explained",
        ] {
            assert_eq!(film(text, body), Some(("Tin Moon".into(), None)), "{text}");
        }
    }

    #[test]
    fn a_year_in_brackets_is_the_films() {
        for text in [
            "Tin Moon (1974): Ending Explained",
            "Tin Moon (1974)",
            "The Ending of Tin Moon (1974) Explained",
            "Tin Moon (1974) – What It Means",
        ] {
            assert_eq!(
                film(text, ""),
                Some(("Tin Moon".into(), Some(1974))),
                "{text}"
            );
        }
    }

    #[test]
    fn numbers_and_marks_in_a_title_stay() {
        for (text, expected) in [
            ("Moon 2049 Ending Explained", "Moon 2049"),
            ("Bo's Seven Ending Explained", "Bo's Seven"),
            ("TIN-M Ending Explained", "TIN-M"),
            (
                "Mission: Crater – Fallout Ending Explained",
                "Mission: Crater – Fallout",
            ),
            ("Scary Movie Ending Explained", "Scary Movie"),
        ] {
            let body = format!("They say {expected} is a film.");
            assert_eq!(film(text, &body), Some((expected.into(), None)), "{text}");
        }
    }

    #[test]
    fn headings_name_no_film() {
        for text in [
            "Ending Explained",
            "The Ending Explained",
            "Alternate Ending Explained",
            "What Happens in the Ending, Explained",
            "The Twist and Ending Explained",
            "Quick Recap",
        ] {
            assert_eq!(film(text, ""), None, "{text}");
        }
    }

    #[test]
    fn an_address_or_an_opening_may_name_the_film() {
        let body = "Nothing in Tin Moon is as it seems.";

        let url = "https://example.org/2020/tin-moon-ending-explained-why-she-leaves.html";
        assert_eq!(film_of_address(url, body), Some("Tin Moon".into()));
        assert_eq!(film_of_address("https://example.org/", body), None);
        assert_eq!(
            film_in("This page is about the end of No Moon for Tin Men. It is long."),
            Some("No Moon for Tin Men".into())
        );
        assert_eq!(film_in("In the end of the day, it rains."), None);
    }
}
