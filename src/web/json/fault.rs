//! What serde says in English is wrong with a body, as a fault of its field.

use super::tree::{CONTROL_CHARACTER, DUPLICATE_FIELD};
use crate::error::FieldErrors;

/// What serde expected → the form that the field should have: the message `wanted-<form>`.
const EXPECTED: &[(&str, &str)] = &[
    ("a string", "text"),
    ("i64", "whole-number"),
    ("i32", "whole-number"),
    ("u32", "whole-number"),
    ("u64", "whole-number"),
    ("usize", "whole-number"),
    ("f64", "number"),
    ("a boolean", "flag"),
    ("a sequence", "list"),
    ("a formatted date string", "date"),
    ("struct ", "object"),
    ("a map", "object"),
];

/// What chrono says of a text that is no day of the calendar.
const NO_DATE: &[&str] = &[
    "input contains invalid characters",
    "input is out of range",
    "no possible date and time matching input",
    "premature end of input",
    "trailing input",
];

/// What the error of a number below 0 says, where none may be.
pub const NEGATIVE: &str = "negative";

/// The fault of the field that the error came from: one.
pub fn of(error: &serde_path_to_error::Error<serde_json::Error>) -> FieldErrors {
    let message = error.inner().to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    let path = error.path().to_string();
    // serde names a missing or unknown field in its text, not in the path.
    for (words, code) in [("missing field ", "required"), ("unknown field ", "unknown-field")] {
        if let Some(name) = quoted_after(message, words) {
            return FieldErrors::one(named(&path, name), code);
        }
    }
    if let Some(name) = quoted_after(message, DUPLICATE_FIELD) {
        return wanted(named(&path, name), "once");
    }
    let field = if matches!(path.as_str(), "." | "") { "body".to_owned() } else { path };
    if message == CONTROL_CHARACTER {
        return FieldErrors::one(field, "control-character");
    }
    if message == NEGATIVE {
        return FieldErrors::one(field, "negative");
    }
    if let Some((_, words)) = message.rsplit_once(" is not one of ").filter(|_| message.starts_with('`')) {
        let mut errors = FieldErrors::default();
        errors.add_with(
            field,
            "wrong-form",
            vec![("wanted", "word".to_owned()), ("words", words.to_owned())],
        );
        return errors;
    }
    let form = form_of(message);
    match form {
        // Nothing was given where something must be.
        Some(form) if form != "list" && message.starts_with("invalid type: null") => {
            FieldErrors::one(field, "required")
        }
        Some(form) => wanted(field, form),
        None => FieldErrors::one(field, "wrong-form"),
    }
}

/// A field of the wrong form, and what it should be.
pub(super) fn wanted(field: impl Into<std::borrow::Cow<'static, str>>, form: &str) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.add_with(field, "wrong-form", vec![("wanted", form.to_owned())]);
    errors
}

fn form_of(message: &str) -> Option<&'static str> {
    if NO_DATE.contains(&message) {
        return Some("date");
    }
    if message.starts_with("a time as ") {
        return Some("time");
    }
    let (_, expected) = message.rsplit_once(", expected ")?;
    EXPECTED.iter().find(|(words, _)| expected.starts_with(words)).map(|(_, form)| *form)
}

fn named(path: &str, name: &str) -> String {
    match path {
        "." | "" => name.to_owned(),
        path if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
        path => format!("{path}.{name}"),
    }
}

fn quoted_after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    text.split_once(words)?.1.strip_prefix('`')?.split('`').next()
}
