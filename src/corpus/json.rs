//! JSON as it stands in a film file: fields keep their order, a field given twice is seen, and
//! the place of any value can be found again in the text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// What kind of value it is, in plain words.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any JSON value")
            }
            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
                Ok(Json::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
                Ok(Json::Number(value as f64))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
                Ok(Json::Number(value as f64))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
                Ok(Json::Number(value))
            }
            fn visit_str<E>(self, value: &str) -> Result<Json, E> {
                Ok(Json::Text(value.to_owned()))
            }
            fn visit_string<E>(self, value: String) -> Result<Json, E> {
                Ok(Json::Text(value))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Json::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
                let mut fields = Vec::new();
                while let Some(entry) = entries.next_entry()? {
                    fields.push(entry);
                }
                Ok(Json::Object(fields))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

/// One step into a JSON value: the field at a position of an object, or an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The n-th field of an object as it stands in the text.
    Field(usize),
    /// The n-th item of a list.
    Item(usize),
}

/// Finds where a value begins in valid JSON, as line and column (both from 1, in characters).
/// For a field that is where its name begins.
pub(super) fn locate(text: &str, steps: &[Step]) -> (usize, usize) {
    let offset = Scanner {
        bytes: text.as_bytes(),
        at: 0,
    }
    .follow(steps);
    let before = &text[..offset.min(text.len())];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].chars().count() + 1,
    )
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn follow(mut self, steps: &[Step]) -> usize {
        self.skip_space();
        let mut place = self.at;
        for step in steps {
            self.at += 1; // the opening bracket
            let (Step::Field(position) | Step::Item(position)) = *step;
            for _ in 0..position {
                self.skip_member(matches!(step, Step::Field(_)));
            }
            self.skip_space();
            place = self.at;
            if matches!(step, Step::Field(_)) {
                self.skip_value(); // its name
                self.skip_space();
                self.at += 1; // the colon
                self.skip_space();
            }
        }
        place
    }

    fn skip_member(&mut self, named: bool) {
        self.skip_space();
        if named {
            self.skip_value();
            self.skip_space();
            self.at += 1; // the colon
            self.skip_space();
        }
        self.skip_value();
        self.skip_space();
        self.at += 1; // the comma
    }

    fn skip_space(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn skip_value(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'"' => self.skip_text(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' | b':' if depth == 0 => return,
                byte if depth == 0 && byte.is_ascii_whitespace() => return,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn skip_text(&mut self) {
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_order_and_repetitions() {
        let json: Json = serde_json::from_str(r#"{"b": 1, "a": null, "b": [true, "x"]}"#).unwrap();

        let Json::Object(fields) = json else {
            panic!("an object")
        };
        let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["b", "a", "b"]);
    }

    #[test]
    fn locates_values_past_nested_ones_and_quoted_brackets() {
        let text = "{\n  \"a\": [1, {\"x\": \"]}\\\"\"}],\n  \"é\": {\"y\": -2.5e3, \"z\": [[], \"here\"]}\n}";

        assert_eq!(locate(text, &[]), (1, 1));
        assert_eq!(
            locate(text, &[Step::Field(0), Step::Item(1), Step::Field(0)]),
            (2, 13)
        );
        assert_eq!(locate(text, &[Step::Field(1)]), (3, 3));
        assert_eq!(
            locate(text, &[Step::Field(1), Step::Field(1), Step::Item(1)]),
            (3, 32)
        );
    }
}
