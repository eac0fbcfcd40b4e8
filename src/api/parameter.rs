//! Query parameters. What each is for stands in `locales`, as `api-parameter-<name>`.

use crate::clock;
use crate::db::page::{DEFAULT_LIMIT, MAX_LIMIT};
use crate::db::types::Words;
use serde_json::{Value, json};

/// A parameter of a query.
#[derive(Debug, Clone)]
pub struct Parameter {
    pub name: &'static str,
    pub schema: Value,
    pub required: bool,
}

impl Parameter {
    fn new(name: &'static str, schema: Value) -> Self {
        Parameter { name, schema, required: false }
    }

    /// It must be given.
    pub fn required(self) -> Self {
        Parameter { required: true, ..self }
    }

    /// Whether several values may be given, apart by commas.
    pub fn is_list(&self) -> bool {
        self.schema["type"] == "array"
    }
}

/// Any text.
pub fn text(name: &'static str) -> Parameter {
    Parameter::new(name, json!({ "type": "string" }))
}

/// Texts apart by commas.
pub fn texts(name: &'static str) -> Parameter {
    Parameter::new(name, json!({ "type": "array", "items": { "type": "string" } }))
}

/// An id.
pub fn id(name: &'static str) -> Parameter {
    Parameter::new(name, json!({ "type": "string", "format": "uuid" }))
}

/// A day, `2026-11-23`.
pub fn day(name: &'static str) -> Parameter {
    Parameter::new(name, json!({ "type": "string", "format": "date" }))
}

/// `true` or `false`.
pub fn flag(name: &'static str) -> Parameter {
    Parameter::new(name, json!({ "type": "boolean" }))
}

/// A whole number within bounds.
pub fn whole(name: &'static str, from: i64, to: i64, default: i64) -> Parameter {
    Parameter::new(name, json!({ "type": "integer", "minimum": from, "maximum": to, "default": default }))
}

/// An amount in fen.
pub fn amount(name: &'static str) -> Parameter {
    Parameter::new(name, json!({ "type": "integer", "minimum": 0, "maximum": i64::MAX }))
}

/// A calendar year; this one unless another is named.
pub fn year(name: &'static str) -> Parameter {
    let (first, last) = (clock::YEARS.start(), clock::YEARS.end());
    Parameter::new(name, json!({ "type": "integer", "minimum": first, "maximum": last }))
}

/// Some calendar years, apart by commas.
pub fn years(name: &'static str) -> Parameter {
    let (first, last) = (clock::YEARS.start(), clock::YEARS.end());
    let year = json!({ "type": "integer", "minimum": first, "maximum": last });
    Parameter::new(name, json!({ "type": "array", "items": year }))
}

/// One of these words.
pub fn one_of(name: &'static str, words: &[&str]) -> Parameter {
    Parameter::new(name, json!({ "type": "string", "enum": words }))
}

/// Some of these words, apart by commas.
pub fn some_of(name: &'static str, words: &[&str]) -> Parameter {
    Parameter::new(name, json!({ "type": "array", "items": { "type": "string", "enum": words } }))
}

/// One of an enum's words.
pub fn word<T: Words>(name: &'static str) -> Parameter {
    one_of(name, T::WORDS)
}

/// Some of an enum's words, apart by commas.
pub fn words<T: Words>(name: &'static str) -> Parameter {
    some_of(name, T::WORDS)
}

/// The order of a list: a field, or `-field`.
pub fn sort<T: Words>() -> Parameter {
    let both = T::WORDS.iter().flat_map(|field| [(*field).to_owned(), format!("-{field}")]);
    Parameter::new("sort", json!({ "type": "string", "enum": both.collect::<Vec<_>>() }))
}

/// The order of a list that has one field to be sorted by.
pub fn sort_by(field: &str) -> Parameter {
    one_of("sort", &[field, &format!("-{field}")])
}

/// Rows of a page, where it begins, and whether to say how many rows there are in all.
pub fn page() -> [Parameter; 3] {
    [whole("limit", 1, MAX_LIMIT, DEFAULT_LIMIT), text("cursor"), flag("count")]
}
