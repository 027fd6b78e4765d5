//! Facts about film and article: from lines such as `Release Year: 2024`, and from the few turns
//! of phrase in an opening that state them. What may stand in the open is taken only if it has
//! the form of a name.

use std::sync::LazyLock;

use regex::Regex;

use super::line;

/// What a line states. None inside: the line is there and states nothing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fact {
    Year(Option<i32>),
    Rating(Option<f64>),
    Author(Option<String>),
    Directors(Vec<String>),
    Published(Option<String>),
    Alias(String),
    /// A fact that film files have no field for.
    Unused,
}

impl Fact {
    /// Why the line is not part of the article.
    pub(super) fn reason(&self) -> &'static str {
        match self {
            Self::Year(Some(_)) => "the year, taken as a fact",
            Self::Rating(Some(_)) => "the rating, taken as a fact",
            Self::Author(Some(_)) => "the author, taken as a fact",
            Self::Directors(_) => "the director, taken as a fact",
            Self::Published(Some(_)) => "the date, taken as a fact",
            Self::Alias(_) => "another title, taken as a fact",
            Self::Rating(None) => "a rating that says nothing out of 10",
            Self::Published(None) => "a date that can be read in two ways",
            Self::Year(None) | Self::Author(None) => "a field without a value",
            Self::Unused => "a fact that film files have no field for",
        }
    }
}

/// Reads a line that states facts and nothing else; empty for any other.
pub(super) fn of_line(text: &str) -> Vec<Fact> {
    if line::word_count(text) > 16 {
        return Vec::new();
    }
    if let Some(date) = date(text) {
        return vec![Fact::Published(Some(date))];
    }
    byline(text)
        .or_else(|| field(text).map(|fact| vec![fact]))
        .unwrap_or_default()
}

fn byline(text: &str) -> Option<Vec<Fact>> {
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<how>(?:(?:article |story |review )?(?:written|posted|published|words) )?by|directed by)\s+(?P<name>[^|•·]+?)(?:\s*(?:[|•·–—]|,? on|,? published)\s*(?P<date>.+))?$",
        )
    });
    let found = BY.captures(text)?;
    let people = names(&found["name"]).filter(|names| names[0].contains(' '))?;
    if found["how"].eq_ignore_ascii_case("directed by") {
        return Some(vec![Fact::Directors(people)]);
    }
    let mut facts = vec![Fact::Author(Some(people.join(" and ")))];
    if let Some(found) = found.name("date") {
        facts.push(Fact::Published(date(found.as_str())));
    }
    Some(facts)
}

fn field(text: &str) -> Option<Fact> {
    static FIELD: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?P<field>[\p{L} ]{2,25}?)\s*:\s*(?P<value>.*)$"));
    let found = FIELD.captures(text)?;
    let value = found["value"].trim();
    Some(match found["field"].to_lowercase().as_str() {
        "year" | "release year" | "year of release" | "released" | "release date" => {
            Fact::Year(year(value))
        }
        "rating" | "our rating" | "my rating" | "score" | "stars" => Fact::Rating(rating(value)),
        "author" | "by" | "written by" | "writer" | "posted by" | "reviewer" => {
            if value.is_empty() {
                Fact::Author(None)
            } else {
                Fact::Author(Some(names(value)?.join(" and ")))
            }
        }
        "director" | "directors" | "directed by" => Fact::Directors(names(value)?),
        "date" | "published" | "published on" | "posted" | "posted on" | "publication date" => {
            Fact::Published(date(value))
        }
        "original title" | "also known as" | "aka" => Fact::Alias(alias(value)?),
        "genre" | "genres" | "runtime" | "running time" | "cast" | "starring" | "stars cast"
        | "studio" | "country" | "language" | "updated" | "last updated" | "updated on"
        | "certificate" | "category" | "distributor" => Fact::Unused,
        _ => return None,
    })
}

/// The director whom an opening names: "Directed by Ada Brand, it …".
pub(super) fn directors_in(opening: &str) -> Vec<String> {
    const NAME: &str = r"\p{Lu}(?:\.|[\p{L}'’-]+)(?: (?:(?:de|del|da|von|van|der|la|le|bin) )*\p{Lu}(?:\.|[\p{L}'’-]+)){1,3}";
    static DIRECTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(
            r"\b[Dd]irected by (?P<names>{NAME}(?: (?:and|&) {NAME})?)"
        ))
        .expect("a valid pattern")
    });
    DIRECTED
        .captures(opening)
        .and_then(|found| names(&found["names"]))
        .unwrap_or_default()
}

/// Another name that an opening gives the film: `Anora (also “Ani”)`.
pub(super) fn alias_in(opening: &str, film: &str) -> Option<String> {
    let also = pattern(&format!(
        r#"\b{}["”’']?\s*[(,]\s*(?:(?:also|originally)(?: (?:known as|called|titled|released as))?|a\.?k\.?a\.?|or)\s+(?:["“‘'](?P<quoted>[^"”’']{{1,60}})["”’',]|(?P<plain>[^(),;“"]{{1,60}})\))"#,
        regex::escape(film)
    ));
    let found = also.captures(opening)?;
    let name = found.name("quoted").or(found.name("plain"))?;
    alias(name.as_str()).filter(|alias| super::words(alias) != super::words(film))
}

/// The year that an opening puts behind the film's title: `Anora (2024)`.
pub(super) fn year_in(opening: &str, film: &str) -> Option<i32> {
    let dated = pattern(&format!(
        r#"\b{}["”’']?\s*\((?P<year>(?:18|19|20)\d\d)\)"#,
        regex::escape(film)
    ));
    dated.captures(opening)?["year"].parse().ok()
}

fn year(value: &str) -> Option<i32> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:18|19|20)\d\d\b"));
    YEAR.find(value)?.as_str().parse().ok()
}

/// A rating with its scale, out of 10; zero is unrated.
fn rating(value: &str) -> Option<f64> {
    static SCALED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<got>\d+(?:\.\d+)?)\s*(?:(?:stars )?(?:/|out of)\s*(?P<of>\d+)|(?P<percent>%))",
        )
    });
    let found = SCALED.captures(value)?;
    let got: f64 = found["got"].parse().ok()?;
    let of: f64 = match found.name("of") {
        Some(of) => of.as_str().parse().ok()?,
        None => 100.0,
    };
    let out_of_ten = (got * 100.0 / of).round() / 10.0;
    (out_of_ten > 0.0 && out_of_ten <= 10.0).then_some(out_of_ten)
}

/// People's names, if that is what it is.
fn names(value: &str) -> Option<Vec<String>> {
    let names: Vec<_> = value
        .split([',', '&', ';'])
        .flat_map(|part| part.split(" and "))
        .map(|name| name.trim().to_owned())
        .collect();
    let is_name = |name: &String| {
        (1..=5).contains(&line::word_count(name))
            && name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            && line::is_title_case(name)
            && !name.contains(|c: char| c.is_numeric() || ":!?|\"“”".contains(c))
            && name
                .split(' ')
                .all(|word| !word.ends_with('.') || line::is_abbreviation(word))
    };
    (names.len() <= 4 && names.iter().all(is_name)).then_some(names)
}

fn alias(value: &str) -> Option<String> {
    let alias = value
        .trim()
        .trim_matches(['"', '“', '”', '‘', '’', '\'', ',']);
    (!alias.is_empty()
        && line::word_count(alias) <= 8
        && !alias.starts_with(char::is_lowercase)
        && !line::ends_sentence(alias))
    .then(|| alias.to_owned())
}

/// A day written so that it can be read in one way only, as `YYYY-MM-DD`.
fn date(value: &str) -> Option<String> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:published|posted|updated)?(?: on)?:?\s+)?(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T.*)?|(?P<d1>\d{1,2})(?:st|nd|rd|th)? (?P<m1>\p{L}{3,9})\.?,? (?P<y1>\d{4})|(?P<m2>\p{L}{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? (?P<y2>\d{4}))(?:,? (?:at )?\d{1,2}:\d\d.*)?$",
        )
    });
    let value = value.trim();
    let found = DATE.captures(value)?;
    let part = |names: [&str; 3]| names.iter().find_map(|name| found.name(name));
    let year: u16 = part(["y", "y1", "y2"])?.as_str().parse().ok()?;
    let day: u8 = part(["d", "d1", "d2"])?.as_str().parse().ok()?;
    let month = part(["m", "m1", "m2"])?.as_str();
    let month: u8 = match month.parse() {
        Ok(month) => month,
        Err(_) => month_number(month)?,
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn month_number(name: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_lowercase();
    let position = MONTHS
        .iter()
        .position(|month| month.starts_with(&name) || (name == "sept" && *month == "september"))?;
    u8::try_from(position + 1).ok()
}

fn pattern(text: &str) -> Regex {
    Regex::new(&format!("(?i){text}")).expect("a valid pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_state_facts() {
        let name = |name: &str| Some(name.to_owned());
        for (text, fact) in [
            ("Release Year: 1931", Fact::Year(Some(1931))),
            ("Rating: 0/10", Fact::Rating(None)),
            ("Rating: 4/5", Fact::Rating(Some(8.0))),
            ("Rating: PG-13", Fact::Rating(None)),
            ("Our Rating: 8.1 / 10", Fact::Rating(Some(8.1))),
            ("Author:", Fact::Author(None)),
            ("Author: Ada de Brand", Fact::Author(name("Ada de Brand"))),
            ("By Ada Brand", Fact::Author(name("Ada Brand"))),
            ("Written by A. B. Quell", Fact::Author(name("A. B. Quell"))),
            (
                "Directors: Ada Brand, Bo Quell",
                Fact::Directors(vec!["Ada Brand".into(), "Bo Quell".into()]),
            ),
            (
                "Published: 3rd March 2021",
                Fact::Published(name("2021-03-03")),
            ),
            ("Mar 3, 2021", Fact::Published(name("2021-03-03"))),
            ("Posted on: 03/04/2021", Fact::Published(None)),
            ("Original title: Die Uhr", Fact::Alias("Die Uhr".into())),
            ("Runtime: 94 minutes", Fact::Unused),
        ] {
            assert_eq!(of_line(text), [fact], "{text}");
        }
    }

    #[test]
    fn a_byline_may_have_its_date() {
        let facts = of_line("By Ada Brand | March 3, 2021");

        let expected = [
            Fact::Author(Some("Ada Brand".into())),
            Fact::Published(Some("2021-03-03".into())),
        ];
        assert_eq!(facts, expected);
    }

    #[test]
    fn other_lines_state_none() {
        for text in [
            "By the sea, she waits for him.",
            "Director: What a thing it is to",
            "The Lamp: It burns.",
            "By Dawn",
        ] {
            assert_eq!(of_line(text), [], "{text}");
        }
    }

    #[test]
    fn an_opening_states_director_alias_and_year() {
        let opening = "The Drowned Clock (also “Nine”) is a film about time. Directed by Ada J. \
                       Brand, it ends at sea. The Drowned Clock (1931) was long lost.";

        assert_eq!(directors_in(opening), ["Ada J. Brand"]);
        assert_eq!(alias_in(opening, "The Drowned Clock"), Some("Nine".into()));
        assert_eq!(year_in(opening, "The Drowned Clock"), Some(1931));
        let aka = "Tin Moon (aka Zinnmond) is loud.";
        assert_eq!(alias_in(aka, "Tin Moon"), Some("Zinnmond".into()));
    }

    #[test]
    fn an_opening_that_states_nothing_gives_nothing() {
        let opening = "Tin Moon, also a fine novel, was directed by committee. It ends.";

        assert!(directors_in(opening).is_empty());
        assert_eq!(alias_in(opening, "Tin Moon"), None);
        assert_eq!(year_in(opening, "Tin Moon"), None);
    }
}
