//! Walks a JSON value and notes every fault with its place, so that a reader can read on.

use std::cell::RefCell;

use crate::corpus::check::{Place, Problem};
use crate::corpus::json::{Json, Step, locate};
use crate::corpus::{Spoiler, limits};

/// A field's name from a file is quoted up to this length.
const QUOTED: usize = 30;

/// Reads JSON by `read`, which notes faults on the way. `place` is where the text begins.
pub(super) fn read<T>(
    text: &str,
    place: &Place,
    read: impl FnOnce(&Value<'_>) -> Option<T>,
) -> Result<T, Vec<Problem>> {
    let json: Json = match serde_json::from_str(text) {
        Ok(json) => json,
        Err(error) => return Err(vec![not_json(&error, place)]),
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
    let found = read(&whole);
    let mut problems = faults.found.into_inner();
    problems.sort_by_key(|problem| problem.place.line);
    match found {
        Some(found) if problems.is_empty() => Ok(found),
        _ => Err(problems),
    }
}

fn not_json(error: &serde_json::Error, place: &Place) -> Problem {
    let first_line = place.line.map_or(1, |(line, _)| line);
    let line = Some((
        first_line + error.line().saturating_sub(1),
        error.column().max(1),
    ));
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    Problem {
        place: Place {
            line,
            ..place.clone()
        },
        what: format!("is not JSON: {said}"),
        fix: "mend it there; an editor that knows JSON shows the spot".into(),
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
pub(super) struct Value<'a> {
    pub(super) json: &'a Json,
    path: Vec<Named<'a>>,
    faults: &'a Faults<'a>,
}

impl<'a> Value<'a> {
    pub(super) fn fault(&self, what: impl Into<String>, fix: impl Into<String>) {
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

    pub(super) fn below(&self, json: &'a Json, name: &'a str, step: Step) -> Self {
        let mut path = self.path.clone();
        path.push(Named { name, step });
        Self {
            json,
            path,
            faults: self.faults,
        }
    }

    pub(super) fn wrong_kind(&self, wanted: &str) {
        self.fault(
            format!("is {}, not {wanted}", self.json.kind()),
            match self.json {
                Json::Null => "leave the field out".to_owned(),
                _ => format!("write {wanted}"),
            },
        );
    }

    /// An object's fields, once those that are unknown or stand twice are reported.
    pub(super) fn object(&self, known: &'static [&'static str]) -> Option<Fields<'a>> {
        let Json::Object(entries) = self.json else {
            self.wrong_kind("an object");
            return None;
        };
        for (position, (name, json)) in entries.iter().enumerate() {
            let field = || self.below(json, "", Step::Field(position));
            // What is no name of a field may be text of the plot, put in the wrong place.
            let is_name =
                name.len() <= QUOTED && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            let quoted = if is_name { name.as_str() } else { "…" };
            if !known.contains(&name.as_str()) {
                let near = known
                    .iter()
                    .copied()
                    .max_by(|a, b| likeness(a, name).total_cmp(&likeness(b, name)));
                let fix = match near.filter(|near| likeness(near, name) > 0.6) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known here are {}", listed(known)),
                };
                self.report_field(&field(), quoted, "is not a known field", fix);
            } else if entries[..position].iter().any(|(other, _)| other == name) {
                self.report_field(
                    &field(),
                    quoted,
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

    pub(super) fn list(&self) -> Option<Vec<Value<'a>>> {
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
    pub(super) fn line(&self, limit: usize) -> Option<String> {
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

    pub(super) fn spoiler(&self, limit: usize) -> Option<Spoiler> {
        self.line(limit).map(Spoiler::new)
    }

    pub(super) fn flag(&self) -> Option<bool> {
        let Json::Bool(flag) = self.json else {
            self.wrong_kind("true or false");
            return None;
        };
        Some(*flag)
    }

    pub(super) fn number(&self) -> Option<f64> {
        let Json::Number(number) = self.json else {
            self.wrong_kind("a number");
            return None;
        };
        Some(*number)
    }

    pub(super) fn whole_number(&self) -> Option<f64> {
        let number = self.number()?;
        if number.fract() != 0.0 || number.abs() >= 9_007_199_254_740_992.0 {
            self.fault("is not a whole number", "write a whole number");
            return None;
        }
        Some(number)
    }

    pub(super) fn address(&self, schemes: &[&str]) -> Option<String> {
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

pub(super) fn listed(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The fields of an object.
pub(super) struct Fields<'a> {
    value: Value<'a>,
    pub(super) entries: &'a [(String, Json)],
}

impl<'a> Fields<'a> {
    pub(super) fn find(&self, name: &str) -> Option<Value<'a>> {
        let position = self.entries.iter().position(|(field, _)| field == name)?;
        let (name, json) = &self.entries[position];
        Some(self.value.below(json, name, Step::Field(position)))
    }

    pub(super) fn required(&self, name: &str, fix: &str) -> Option<Value<'a>> {
        let found = self.find(name);
        if found.is_none() {
            self.value.fault_below(Some(name), "is missing", fix);
        }
        found
    }

    pub(super) fn optional<T>(
        &self,
        name: &str,
        read: impl Fn(&Value<'a>) -> Option<T>,
    ) -> Option<T> {
        read(&self.find(name)?)
    }

    pub(super) fn line(&self, name: &str) -> Option<String> {
        self.optional(name, |value| value.line(limits::LINE))
    }

    pub(super) fn lines(&self, name: &str) -> Vec<String> {
        let items = self.optional(name, Value::list).unwrap_or_default();
        tight(items.iter().filter_map(|item| item.line(limits::LINE)))
    }

    /// A flag that is true unless it says otherwise.
    pub(super) fn spoils(&self, name: &str) -> bool {
        self.optional(name, Value::flag).unwrap_or(true)
    }

    /// A list of one or more.
    pub(super) fn some<T>(
        &self,
        name: &str,
        fix: &str,
        read: impl Fn(&Value<'a>) -> Option<T>,
    ) -> Vec<T> {
        let Some(list) = self.required(name, fix) else {
            return Vec::new();
        };
        let Some(items) = list.list() else {
            return Vec::new();
        };
        if items.is_empty() {
            list.fault("is empty", fix);
        }
        tight(items.iter().filter_map(read))
    }
}

/// Collects without room to grow: films hold many short lists, and are kept for long.
fn tight<T>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.shrink_to_fit();
    items
}
