//! The text of one film file to a [`Film`]. It reads on after a fault, so that a writer is told
//! of all of them at once; every rule of the format that one file can break is here.

use super::value::{Fields, Value, listed, read};
use crate::corpus::check::{Place, Problem};
use crate::corpus::json::{Json, Step};
use crate::corpus::{
    Article, Claim, Dispute, Film, Kind, Outlook, Passage, Poll, Poster, Section, Slug, Source,
    limits,
};

const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;

/// Parses one film. `place` is where the text begins (in a bundle, a line); `file_slug` the name
/// of its file.
pub(super) fn parse(
    text: &str,
    place: &Place,
    file_slug: Option<&str>,
) -> Result<Film, Vec<Problem>> {
    read(text, place, |whole| film(whole, file_slug))
}

// What follows reads each object whole before it gives up on it, so that no fault hides another.

fn film(value: &Value<'_>, file_slug: Option<&str>) -> Option<Film> {
    let fields = value.object(&[
        "slug",
        "title",
        "year",
        "aliases",
        "directors",
        "poster",
        "popularity",
        "outlook",
        "articles",
        "disputes",
    ])?;
    let title = fields
        .required("title", "add the film's title as text")
        .and_then(|title| title.line(limits::LINE));
    let year = fields.optional("year", year);
    let aliases = fields.lines("aliases");
    let directors = fields.lines("directors");
    let poster = fields.optional("poster", poster);
    let popularity = fields
        .optional("popularity", popularity)
        .unwrap_or_default();
    let outlook = fields.optional("outlook", outlook);
    let articles = fields.some(
        "articles",
        "add an article with `id`, `title` and `sections`",
        article,
    );
    if let Some(list) = fields.find("articles").and_then(|list| list.list()) {
        unique_ids(&list);
    }
    let disputes = fields.optional("disputes", Value::list).unwrap_or_default();
    let disputes = disputes
        .iter()
        .filter_map(|value| dispute(value, &fields))
        .collect();
    let written = fields.find("slug");
    let written_slug = written.as_ref().map(|slug| slug.line(Slug::MAX));
    if let Some(None) = written_slug {
        return None;
    }
    let slug = match super::slug(
        written_slug.flatten().as_deref(),
        file_slug,
        title.as_deref().unwrap_or_default(),
        year,
    ) {
        Ok(slug) => Some(slug),
        Err((what, fix)) => {
            match written {
                Some(written) => written.fault(what, fix),
                None => value.fault(what, fix),
            }
            None
        }
    };
    Some(Film {
        slug: slug?,
        title: title?,
        year,
        aliases,
        directors,
        poster,
        popularity,
        outlook,
        articles,
        disputes,
    })
}

fn year(value: &Value<'_>) -> Option<i32> {
    let number = value.whole_number()?;
    let year = number as i32;
    if !YEARS.contains(&year) {
        value.fault(
            "is not a year of a film",
            "write the year of release, such as 2024",
        );
        return None;
    }
    Some(year)
}

fn popularity(value: &Value<'_>) -> Option<u64> {
    let number = value.whole_number()?;
    if number < 0.0 {
        value.fault("is below 0", "write a count of votes, or leave it out");
        return None;
    }
    #[expect(clippy::cast_sign_loss, reason = "checked above")]
    Some(number as u64)
}

fn poster(value: &Value<'_>) -> Option<Poster> {
    let fields = value.object(&["url", "alt"])?;
    let url = fields
        .required("url", "add the address of the picture")
        .and_then(|url| url.address(&["https://"]));
    let alt = fields.line("alt");
    Some(Poster { url: url?, alt })
}

fn outlook(value: &Value<'_>) -> Option<Outlook> {
    let fields = value.object(&["tones", "credits_scene", "content_notes"])?;
    Some(Outlook {
        tones: fields.lines("tones"),
        credits_scene: fields.line("credits_scene"),
        content_notes: fields.lines("content_notes"),
    })
}

fn article(value: &Value<'_>) -> Option<Article> {
    let fields = value.object(&[
        "id",
        "title",
        "title_spoils",
        "source",
        "rating",
        "sections",
    ])?;
    let id = fields
        .required("id", "add a short name, unique in the film")
        .and_then(|id| id.line(limits::ARTICLE_ID));
    let title = fields
        .required("title", "add the article's title as text")
        .and_then(|title| title.spoiler(limits::LINE));
    let title_spoils = fields.spoils("title_spoils");
    let source = fields.optional("source", source).unwrap_or_default();
    let rating = fields.optional("rating", rating);
    let sections = fields.some(
        "sections",
        "add a section with `kind` and `passages`",
        section,
    );
    Some(Article {
        id: id?,
        title: title?,
        title_spoils,
        source,
        rating: rating.filter(|rating| *rating > 0.0),
        sections,
    })
}

fn unique_ids(articles: &[Value<'_>]) {
    let mut seen = Vec::new();
    for article in articles {
        let Json::Object(entries) = article.json else {
            continue;
        };
        let Some(position) = entries.iter().position(|(name, _)| name == "id") else {
            continue;
        };
        let (_, json) = &entries[position];
        let Json::Text(id) = json else { continue };
        if seen.contains(&id.trim()) {
            article.below(json, "id", Step::Field(position)).fault(
                "is used by another article of the film",
                "choose another id",
            );
        }
        seen.push(id.trim());
    }
}

fn source(value: &Value<'_>) -> Option<Source> {
    let fields = value.object(&["name", "url", "author", "published", "licence"])?;
    Some(Source {
        name: fields.line("name"),
        url: fields.optional("url", |url| url.address(&["https://", "http://"])),
        author: fields.line("author"),
        published: fields.optional("published", published),
        licence: fields.line("licence"),
    })
}

fn published(value: &Value<'_>) -> Option<String> {
    let date = value.line(limits::LINE)?;
    let parts: Vec<_> = date.split('-').collect();
    let number = |part: &str, digits: usize| {
        (part.len() == digits)
            .then(|| part.parse::<u16>().ok())
            .flatten()
    };
    let valid = parts.len() == 3
        && number(parts[0], 4).is_some()
        && number(parts[1], 2).is_some_and(|month| (1..=12).contains(&month))
        && number(parts[2], 2).is_some_and(|day| (1..=31).contains(&day));
    if !valid {
        value.fault("is not a date", "write it as `2025-01-31`");
        return None;
    }
    Some(date)
}

fn rating(value: &Value<'_>) -> Option<f64> {
    let rating = value.number()?;
    if !(0.0..=10.0).contains(&rating) {
        value.fault(
            "is not a rating out of 10",
            "write a number from 0 to 10, or leave it out",
        );
        return None;
    }
    Some(rating)
}

fn section(value: &Value<'_>) -> Option<Section> {
    let fields = value.object(&["kind", "heading", "heading_spoils", "spoils", "passages"])?;
    let kind = fields
        .required("kind", "add one of the known kinds, `other` if none fits")
        .and_then(|kind| {
            let name = kind.line(limits::LINE)?;
            let found = Kind::find(&name);
            if found.is_none() {
                kind.fault(
                    "is not a known kind",
                    format!("choose one of {}", listed(&Kind::ALL.map(Kind::name))),
                );
            }
            found
        });
    let heading = fields.optional("heading", |heading| heading.spoiler(limits::LINE));
    let heading_spoils = fields.spoils("heading_spoils");
    let spoils = fields.spoils("spoils");
    let passages = fields.some("passages", "add a passage with `text`", passage);
    Some(Section {
        kind: kind?,
        heading,
        heading_spoils,
        spoils,
        passages,
    })
}

fn passage(value: &Value<'_>) -> Option<Passage> {
    let fields = value.object(&["label", "label_spoils", "bullet", "text"])?;
    let label = fields.optional("label", |label| label.spoiler(limits::LINE));
    let label_spoils = fields.spoils("label_spoils");
    let bullet = fields.optional("bullet", Value::flag).unwrap_or(false);
    let text = fields
        .required("text", "add the passage's text")
        .and_then(|text| text.spoiler(limits::PASSAGE));
    Some(Passage {
        label,
        label_spoils,
        bullet,
        text: text?,
    })
}

fn dispute(value: &Value<'_>, film: &Fields<'_>) -> Option<Dispute> {
    let fields = value.object(&["question", "claims", "poll"])?;
    let question = fields
        .required("question", "add the question that is debated")
        .and_then(|q| q.spoiler(limits::CLAIM));
    let claims = fields.some(
        "claims",
        "add what each article says, as `article` and `claim`",
        |claim| {
            let fields = claim.object(&["article", "claim"])?;
            let article = fields
                .required("article", "add the id of the article that says so")
                .and_then(|article| {
                    let id = article.line(limits::ARTICLE_ID)?;
                    if !has_article(film, &id) {
                        article.fault(
                            "names no article of this film",
                            "write the `id` of one of them",
                        );
                        return None;
                    }
                    Some(id)
                });
            let claim = fields
                .required("claim", "add what the article says")
                .and_then(|claim| claim.spoiler(limits::CLAIM));
            Some(Claim {
                article: article?,
                claim: claim?,
            })
        },
    );
    let poll = fields.optional("poll", poll);
    Some(Dispute {
        question: question?,
        claims,
        poll,
    })
}

/// Looks at what is written, so that an article that is itself faulty still counts as named.
fn has_article(film: &Fields<'_>, id: &str) -> bool {
    let Some((_, Json::List(articles))) = film.entries.iter().find(|(name, _)| name == "articles")
    else {
        return false;
    };
    articles.iter().any(|article| match article {
        Json::Object(entries) => entries.iter().any(|(name, json)| {
            name == "id" && matches!(json, Json::Text(text) if text.trim() == id)
        }),
        _ => false,
    })
}

fn poll(value: &Value<'_>) -> Option<Poll> {
    let fields = value.object(&["question", "answers"])?;
    let question = fields
        .required("question", "add a question that spoils nothing")
        .and_then(|q| q.line(limits::POLL_QUESTION));
    let answers = fields.some(
        "answers",
        "add two or more answers that spoil nothing",
        |answer| answer.line(limits::POLL_ANSWER),
    );
    if answers.len() > limits::POLL_ANSWERS {
        value.fault(
            format!("has more than {} answers", limits::POLL_ANSWERS),
            "Discord takes no more; leave some out",
        );
    }
    Some(Poll {
        question: question?,
        answers,
    })
}
