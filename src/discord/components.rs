//! What a press asks for, as a component's custom id and back. The id holds all the state there
//! is (at most 100 characters; Discord, "Component Reference"), never text of the plot and never
//! what a person typed, so that every component works after a restart and in any process.
//!
//! ```text
//! show s:anora-2024:0.p2.1:abc234:u    show page 1 of section 2 of article 0, covers lifted
//! post t:h:filmkyabc234.0.5.1          post an entry of a film that nobody named
//! ```

use std::fmt::Write as _;

use crate::corpus::{Kind, Slug};
use crate::reply::{EntryKey, Lifted, Part, PartView, Press, View};

/// A component's id for a press.
pub(super) fn encode(press: &Press) -> String {
    match press {
        Press::Show(view) => format!("show {}", encode_view(view)),
        Press::Confirm(view) => format!("sure {}", encode_view(view)),
        Press::Post(view) => format!("post {}", encode_view(view)),
        Press::Delete => "delete".into(),
    }
}

/// What a component's id, or the value chosen in a menu, asks for.
pub(super) fn decode(id: &str) -> Option<Press> {
    match id.split_once(' ') {
        Some(("show", view)) => decode_view(view).map(Press::Show),
        Some(("sure", view)) => decode_view(view).map(Press::Confirm),
        Some(("post", view)) => decode_view(view).map(Press::Post),
        None if id == "delete" => Some(Press::Delete),
        _ => None,
    }
}

fn encode_view(view: &View) -> String {
    match view {
        View::Part(PartView {
            slug,
            article,
            fingerprint,
            part,
            lifted,
        }) => {
            let part = match part {
                Part::Kind(kind) => format!("k{}", kind.name()),
                Part::Page { section, page } => format!("p{section}.{page}"),
                Part::Entry { section, passage } => format!("e{section}.{passage}"),
            };
            format!(
                "s:{slug}:{article}.{part}:{fingerprint}{}",
                if lifted.is_some() { ":u" } else { "" }
            )
        }
        View::Entries {
            places,
            named,
            lifted,
        } => {
            let mut id = format!(
                "t:{}{}",
                if *named { "n" } else { "h" },
                if lifted.is_some() { "u" } else { "" }
            );
            for EntryKey {
                film,
                fingerprint,
                article,
                section,
                passage,
            } in places
            {
                let _ = write!(id, ":{film}{fingerprint}{article}.{section}.{passage}");
            }
            id
        }
        View::Films(page) => format!("f:{page}"),
    }
}

fn decode_view(id: &str) -> Option<View> {
    let parts: Vec<&str> = id.split(':').collect();
    match parts.as_slice() {
        ["s", slug, part, fingerprint, rest @ ..] => {
            let (article, part) = part.split_once('.')?;
            let lifted = lifted(rest.first().copied().unwrap_or_default())?;
            Some(View::Part(PartView {
                slug: Slug::parse(slug)?,
                article: article.parse().ok()?,
                fingerprint: (*fingerprint).to_owned(),
                part: decode_part(part)?,
                lifted,
            }))
        }
        ["t", flags, places @ ..] => {
            let (named, flags) = flags
                .strip_prefix('n')
                .map(|rest| (true, rest))
                .or(flags.strip_prefix('h').map(|rest| (false, rest)))?;
            let places = places
                .iter()
                .map(|place| decode_entry(place))
                .collect::<Option<Vec<_>>>()?;
            Some(View::Entries {
                places,
                named,
                lifted: lifted(flags)?,
            })
        }
        ["f", page] => page.parse().ok().map(View::Films),
        _ => None,
    }
}

#[expect(
    clippy::option_option,
    reason = "the outer one is whether the id can be read"
)]
fn lifted(flag: &str) -> Option<Option<Lifted>> {
    match flag {
        "" => Some(None),
        "u" => Some(Some(Lifted::Confirmed)),
        _ => None,
    }
}

fn decode_part(part: &str) -> Option<Part> {
    if let Some(kind) = part.strip_prefix('k') {
        return Kind::find(kind).map(Part::Kind);
    }
    let numbers = part.get(1..)?.split_once('.')?;
    let (section, position) = (numbers.0.parse().ok()?, numbers.1.parse().ok()?);
    match part.as_bytes().first()? {
        b'p' => Some(Part::Page {
            section,
            page: position,
        }),
        b'e' => Some(Part::Entry {
            section,
            passage: position,
        }),
        _ => None,
    }
}

fn decode_entry(place: &str) -> Option<EntryKey> {
    let (film, rest) = place.split_at_checked(6)?;
    let (fingerprint, positions) = rest.split_at_checked(6)?;
    let mut numbers = positions.splitn(3, '.').map(|number| number.parse().ok());
    Some(EntryKey {
        film: film.to_owned(),
        fingerprint: fingerprint.to_owned(),
        article: numbers.next()??,
        section: numbers.next()??,
        passage: numbers.next()??,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(part: Part, lifted: Option<Lifted>) -> View {
        let slug = Slug::parse(&"s".repeat(Slug::MAX)).unwrap();
        View::Part(PartView {
            slug,
            article: 999,
            fingerprint: "abc234".into(),
            part,
            lifted,
        })
    }

    fn entries(count: usize, named: bool, lifted: Option<Lifted>) -> View {
        let key = EntryKey {
            film: "filmky".into(),
            fingerprint: "abc234".into(),
            article: 99,
            section: 999,
            passage: 9_999,
        };
        View::Entries {
            places: vec![key; count],
            named,
            lifted,
        }
    }

    #[test]
    fn every_press_survives_its_id_within_100_characters() {
        let lifted = Some(Lifted::Confirmed);
        let views = [
            part(Part::Kind(Kind::Interpretations), lifted),
            part(
                Part::Page {
                    section: 9_999,
                    page: 999,
                },
                lifted,
            ),
            part(
                Part::Entry {
                    section: 9_999,
                    passage: 9_999,
                },
                None,
            ),
            entries(3, true, lifted),
            entries(1, false, None),
            View::Films(1_000),
        ];
        for view in views {
            for press in [
                Press::Show(view.clone()),
                Press::Confirm(view.clone()),
                Press::Post(view),
            ] {
                let id = encode(&press);

                assert!(id.len() <= 100, "{id}");
                assert_eq!(decode(&id), Some(press), "{id}");
            }
        }
        assert_eq!(decode(&encode(&Press::Delete)), Some(Press::Delete));
    }

    #[test]
    fn an_id_that_is_not_ours_asks_for_nothing() {
        for id in [
            "",
            "show",
            "show s",
            "show s:a:0.p1:f",
            "show s:a:x.p1.1:f",
            "post t:x",
            "show t:n:ééé",
            "show f:-1",
            "show s:a:0.p1.1:f:x",
        ] {
            assert_eq!(decode(id), None, "{id}");
        }
    }
}
