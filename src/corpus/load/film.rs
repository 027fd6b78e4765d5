//! The text of one film file to a [`Film`]. It reads on after a fault, so that a writer is told
//! of all of them at once; every rule of the format that one file can break is here.

use std::cell::RefCell;

use crate::corpus::check::{Place, Problem};
use crate::corpus::json::{Json, Step, locate};
use crate::corpus::{
    Article, Claim, Dispute, Film, Kind, Outlook, Passage, Poll, Poster, Section, Slug, Source,
    Spoiler, limits,
};

const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;
/// A field's name from a file is quoted up to this length.
const QUOTED: usize = 30;

/// Parses one film. `place` is where the text begins (in a bundle, a line); `file_slug` the name
/// of its file.
pub(super) fn parse(
    text: &str,
    place: &Place,
    file_slug: Option<&str>,
) -> Result<Film, Vec<Problem>> {
    let json: Json = match serde_json::from_str(text) {
        Ok(json) => json,
        Err(error) => {
            let first_line = place.line.map_or(1, |(line, _)| line);
            let line = Some((
                first_line + error.line().saturating_sub(1),
                error.column().max(1),
            ));
            let said = error.to_string();
            let said = said.split(" at line ").next().unwrap_or_default();
            return Err(vec![Problem {
                place: Place {
                    line,
                    ..place.clone()
                },
                what: format!("is not JSON: {said}"),
                fix: "mend it there; an editor that knows JSON shows the spot".into(),
            }]);
        }
    };
    let faults = Faults {
        text,
        place,
        found: RefCell::default(),
    };
    let whole = Value {
        json: &json,
        path: Vec::new(),
        faults: &faults,
    };
    let film = film(&whole, file_slug);
    let problems = faults.found.into_inner();
    match film {
        Some(film) if problems.is_empty() => Ok(film),
        _ => Err(problems),
    }
}

struct Faults<'a> {
    text: &'a str,
    place: &'a Place,
    found: RefCell<Vec<Problem>>,
}

/// One step of a path: what it is called, and where it stands.
#[derive(Clone)]
struct Named<'a> {
    name: &'a str,
    step: Step,
}

/// A value with its place.
#[derive(Clone)]
struct Value<'a> {
    json: &'a Json,
    path: Vec<Named<'a>>,
    faults: &'a Faults<'a>,
}

impl<'a> Value<'a> {
    fn fault(&self, what: impl Into<String>, fix: impl Into<String>) {
        self.fault_below(None, what, fix);
    }

    /// Reports a fault of a field that is missing from this object.
    fn fault_below(&self, field: Option<&str>, what: impl Into<String>, fix: impl Into<String>) {
        let steps: Vec<Step> = self.path.iter().map(|named| named.step).collect();
        let (line, column) = locate(self.faults.text, &steps);
        let first_line = self.faults.place.line.map_or(1, |(line, _)| line);
        let mut path = String::new();
        for Named { name, step } in &self.path {
            match step {
                Step::Field(_) if path.is_empty() => path.push_str(name),
                Step::Field(_) => path.extend([".", name]),
                Step::Item(position) => path.extend(["[", &position.to_string(), "]"]),
            }
        }
        if let Some(field) = field {
            path.extend([if path.is_empty() { "" } else { "." }, field]);
        }
        let place = Place {
            line: Some((first_line + line - 1, column)),
            path,
            ..self.faults.place.clone()
        };
        self.faults.found.borrow_mut().push(Problem {
            place,
            what: what.into(),
            fix: fix.into(),
        });
    }

    fn below(&self, json: &'a Json, name: &'a str, step: Step) -> Self {
        let mut path = self.path.clone();
        path.push(Named { name, step });
        Self {
            json,
            path,
            faults: self.faults,
        }
    }

    fn wrong_kind(&self, wanted: &str) {
        self.fault(
            format!("is {}, not {wanted}", self.json.kind()),
            match self.json {
                Json::Null => "leave the field out".to_owned(),
                _ => format!("write {wanted}"),
            },
        );
    }

    /// An object's fields, once those that are unknown or stand twice are reported.
    fn object(&self, known: &'static [&'static str]) -> Option<Fields<'a>> {
        let Json::Object(entries) = self.json else {
            self.wrong_kind("an object");
            return None;
        };
        for (position, (name, json)) in entries.iter().enumerate() {
            let field = || self.below(json, "", Step::Field(position));
            let quoted: String = name
                .chars()
                .filter(|c| !c.is_control())
                .take(QUOTED)
                .collect();
            if !known.contains(&name.as_str()) {
                let near = known
                    .iter()
                    .copied()
                    .max_by(|a, b| likeness(a, name).total_cmp(&likeness(b, name)));
                let fix = match near.filter(|near| likeness(near, name) > 0.6) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known here are {}", listed(known)),
                };
                self.report_field(&field(), &quoted, "is not a known field", fix);
            } else if entries[..position].iter().any(|(other, _)| other == name) {
                self.report_field(
                    &field(),
                    &quoted,
                    "is given twice",
                    "keep one of them".into(),
                );
            }
        }
        Some(Fields {
            value: self.clone(),
            entries,
        })
    }

    /// Reports at the place of a field under the name as quoted from the file.
    fn report_field(&self, field: &Value<'_>, quoted: &str, what: &str, fix: String) {
        let mut path = field.path.clone();
        if let Some(last) = path.last_mut() {
            last.name = quoted;
        }
        Value {
            json: field.json,
            path,
            faults: self.faults,
        }
        .fault(what, fix);
    }

    fn list(&self) -> Option<Vec<Value<'a>>> {
        let Json::List(items) = self.json else {
            self.wrong_kind("a list");
            return None;
        };
        Some(
            items
                .iter()
                .enumerate()
                .map(|(position, item)| self.below(item, "", Step::Item(position)))
                .collect(),
        )
    }

    /// Text on one line: newlines and tabs are folded, other controls are faults.
    fn line(&self, limit: usize) -> Option<String> {
        let Json::Text(text) = self.json else {
            self.wrong_kind("text");
            return None;
        };
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(control) = folded.chars().find(|c| c.is_control()) {
            let code = u32::from(control);
            self.fault(
                format!("has the control character U+{code:04X}"),
                "remove it",
            );
            return None;
        }
        let length = folded.chars().count();
        if length == 0 {
            self.fault("is empty", "write something, or leave it out");
            return None;
        }
        if length > limit {
            self.fault(
                format!("has {length} characters, over the {limit} allowed"),
                "shorten or split it",
            );
            return None;
        }
        Some(folded)
    }

    fn spoiler(&self, limit: usize) -> Option<Spoiler> {
        self.line(limit).map(Spoiler::new)
    }

    fn flag(&self) -> Option<bool> {
        let Json::Bool(flag) = self.json else {
            self.wrong_kind("true or false");
            return None;
        };
        Some(*flag)
    }

    fn number(&self) -> Option<f64> {
        let Json::Number(number) = self.json else {
            self.wrong_kind("a number");
            return None;
        };
        Some(*number)
    }

    fn whole_number(&self) -> Option<f64> {
        let number = self.number()?;
        if number.fract() != 0.0 || number.abs() >= 9_007_199_254_740_992.0 {
            self.fault("is not a whole number", "write a whole number");
            return None;
        }
        Some(number)
    }

    fn address(&self, schemes: &[&str]) -> Option<String> {
        let url = self.line(limits::URL)?;
        let plain = |c: char| c.is_ascii_graphic() && !"<>|\"`\\^{}".contains(c);
        let rest = schemes.iter().find_map(|scheme| url.strip_prefix(scheme));
        if rest.is_none_or(|rest| rest.is_empty() || rest.starts_with('/'))
            || !url.chars().all(plain)
        {
            self.fault(
                "is not a web address",
                format!(
                    "write one that begins with `{}`, in ASCII without spaces",
                    schemes[0]
                ),
            );
            return None;
        }
        Some(url)
    }
}

fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}

fn listed(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The fields of an object.
struct Fields<'a> {
    value: Value<'a>,
    entries: &'a [(String, Json)],
}

impl<'a> Fields<'a> {
    fn find(&self, name: &str) -> Option<Value<'a>> {
        let position = self.entries.iter().position(|(field, _)| field == name)?;
        let (name, json) = &self.entries[position];
        Some(self.value.below(json, name, Step::Field(position)))
    }

    fn required(&self, name: &str, fix: &str) -> Option<Value<'a>> {
        let found = self.find(name);
        if found.is_none() {
            self.value.fault_below(Some(name), "is missing", fix);
        }
        found
    }

    fn optional<T>(&self, name: &str, read: impl Fn(&Value<'a>) -> Option<T>) -> Option<T> {
        read(&self.find(name)?)
    }

    fn line(&self, name: &str) -> Option<String> {
        self.optional(name, |value| value.line(limits::LINE))
    }

    fn lines(&self, name: &str) -> Vec<String> {
        let items = self.optional(name, Value::list).unwrap_or_default();
        items
            .iter()
            .filter_map(|item| item.line(limits::LINE))
            .collect()
    }

    /// A flag that is true unless it says otherwise.
    fn spoils(&self, name: &str) -> bool {
        self.optional(name, Value::flag).unwrap_or(true)
    }

    /// A list of one or more.
    fn some<T>(&self, name: &str, fix: &str, read: impl Fn(&Value<'a>) -> Option<T>) -> Vec<T> {
        let Some(list) = self.required(name, fix) else {
            return Vec::new();
        };
        let Some(items) = list.list() else {
            return Vec::new();
        };
        if items.is_empty() {
            list.fault("is empty", fix);
        }
        items.iter().filter_map(read).collect()
    }
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
