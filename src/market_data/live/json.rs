//! JSON of strangers: a key once, numbers finite, nesting limited, no list where an object is due.
//!
//! Deriving a reader would take a list for an object by position, and a map the last of two equal keys.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::fault::{Fault, foreign};

/// A value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Null,
    Flag(bool),
    Number(f64),
    Text(String),
    List(Vec<Self>),
    Object(BTreeMap<String, Self>),
}

/// The text of an answer: UTF-8 without a byte-order mark, and no web page.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_fault| Fault::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
    match text.chars().next() {
        None => Err(Fault::Empty),
        Some('<') => Err(Fault::WebPage),
        Some(_) => Ok(text),
    }
}

/// The object that an answer is.
pub(super) fn object(bytes: &[u8]) -> Result<Json, Fault> {
    let text = text(bytes)?;
    if !text.starts_with('{') {
        return Err(Fault::Syntax(format!(
            "it begins with “{}”",
            foreign(&text.chars().take(12).collect::<String>())
        )));
    }
    serde_json::from_str(text).map_err(|fault| Fault::Syntax(foreign(&fault.to_string())))
}

/// The list that an answer is.
pub(super) fn list(bytes: &[u8]) -> Result<Vec<Json>, Fault> {
    let text = text(bytes)?;
    match serde_json::from_str(text).map_err(|fault| Fault::Syntax(foreign(&fault.to_string())))? {
        Json::List(list) => Ok(list),
        other => Err(other.is_not("the answer", "a list")),
    }
}

/// A number written in an answer. Rust would read "Infinity" and "NaN" as numbers too.
pub(super) fn number(field: &str, text: &str) -> Result<f64, Fault> {
    let is_digit = |letter: char| letter.is_ascii_digit() || "+-.eE".contains(letter);
    let text = text.trim();
    let wrong = || Fault::Shape {
        field: field.to_owned(),
        found: format!("“{}”", foreign(text)),
        expected: "a number",
    };
    if text.is_empty() || !text.chars().all(is_digit) {
        return Err(wrong());
    }
    let value: f64 = text.parse().map_err(|_fault| wrong())?;
    if value.is_finite() { Ok(value) } else { Err(Fault::NotFinite(field.to_owned())) }
}

impl Json {
    fn shape(&self) -> String {
        match self {
            Self::Null => "missing".to_owned(),
            Self::Flag(flag) => flag.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("“{}”", foreign(text)),
            Self::List(_) => "a list".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }

    fn is_not(&self, field: &str, expected: &'static str) -> Fault {
        Fault::Shape { field: field.to_owned(), found: self.shape(), expected }
    }

    /// The value of a field; nothing where there is none.
    pub(super) fn get(&self, field: &str) -> &Self {
        static NULL: Json = Json::Null;
        match self {
            Self::Object(fields) => fields.get(field).unwrap_or(&NULL),
            _ => &NULL,
        }
    }

    /// The object in a field.
    pub(super) fn object(&self, field: &str) -> Result<&Self, Fault> {
        match self.get(field) {
            object @ Self::Object(_) => Ok(object),
            other => Err(other.is_not(field, "an object")),
        }
    }

    /// The list in a field.
    pub(super) fn list(&self, field: &str) -> Result<&[Self], Fault> {
        match self.get(field) {
            Self::List(list) => Ok(list),
            other => Err(other.is_not(field, "a list")),
        }
    }

    /// The number in a field, written as a number or as text.
    pub(super) fn number(&self, field: &str) -> Result<f64, Fault> {
        self.get(field).as_number(field)
    }

    /// This value as a number, written as a number or as text.
    pub(super) fn as_number(&self, field: &str) -> Result<f64, Fault> {
        match self {
            Self::Number(value) => Ok(*value),
            Self::Text(text) => number(field, text),
            other => Err(other.is_not(field, "a number")),
        }
    }

    /// The number in a field that may be empty.
    pub(super) fn maybe_number(&self, field: &str) -> Result<Option<f64>, Fault> {
        match self.get(field) {
            Self::Null => Ok(None),
            value => value.as_number(field).map(Some),
        }
    }

    /// The text in a field.
    pub(super) fn words(&self, field: &str) -> Result<&str, Fault> {
        match self.get(field) {
            Self::Text(text) => Ok(text),
            other => Err(other.is_not(field, "a text")),
        }
    }

    /// The error that an object reports in a field: a text, a list of texts, or objects with a message.
    pub(super) fn reported(&self, field: &str) -> Option<String> {
        fn words(json: &Json) -> Option<String> {
            match json {
                Json::Text(text) => Some(foreign(text)),
                Json::List(list) => list.iter().find_map(words),
                Json::Object(fields) => {
                    ["message", "error_message"].iter().find_map(|name| words(fields.get(*name)?))
                }
                _ => None,
            }
        }
        words(self.get(field))
    }
}

struct AnyValue;

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some((key, value)) = entries.next_entry::<String, Json>()? {
            if fields.insert(key, value).is_some() {
                return Err(A::Error::custom("a key is there twice"));
            }
        }
        Ok(Json::Object(fields))
    }
}
