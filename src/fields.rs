//! Checks of single fields, shared by the forms of all features: what does not fit is a fault at the field.

use crate::error::FieldErrors;

/// The largest amount: 10 万亿元, in fen.
pub const MAX_FEN: i64 = 1_000_000_000_000_000;
/// The largest number of people or things.
pub const MAX_COUNT: i64 = 10_000_000;
/// Characters of a text of several lines.
const MAX_TEXT: usize = 20_000;
/// Characters of a line.
pub const MAX_LINE: usize = 200;

/// One line that must be there; a fault at the field otherwise.
pub fn required(errors: &mut FieldErrors, field: &'static str, text: Option<String>) -> String {
    match line(errors, field, text) {
        Some(text) => text,
        None => {
            errors.add(field, "required");
            String::new()
        }
    }
}

/// One line: inner breaks become spaces.
pub fn line(errors: &mut FieldErrors, field: &'static str, text: Option<String>) -> Option<String> {
    let text = text?.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > MAX_LINE {
        too_long(errors, field, MAX_LINE);
    }
    (!text.is_empty()).then_some(text)
}

/// Several lines, without outer white space.
pub fn text(errors: &mut FieldErrors, field: &'static str, text: Option<String>) -> Option<String> {
    let text = text?.trim().to_owned();
    if text.chars().count() > MAX_TEXT {
        too_long(errors, field, MAX_TEXT);
    }
    (!text.is_empty()).then_some(text)
}

/// The fault of a text of more than `max` characters.
pub fn too_long(errors: &mut FieldErrors, field: &'static str, max: usize) {
    errors.add_with(field, "too-long", vec![("max", max.to_string())]);
}

/// An amount in fen, from 0 to 10 万亿元.
pub fn amount(errors: &mut FieldErrors, field: &'static str, fen: Option<i64>) -> Option<i64> {
    match fen? {
        ..0 => errors.add(field, "negative"),
        0..=MAX_FEN => {}
        _ => errors.add(field, "too-large"),
    }
    fen
}

/// A whole number of people or things.
pub fn count(errors: &mut FieldErrors, field: &'static str, number: Option<i64>) -> Option<i64> {
    match number? {
        ..0 => errors.add(field, "negative"),
        0..=MAX_COUNT => {}
        _ => errors.add(field, "too-large"),
    }
    number
}

/// A measure: mu, square metres.
pub fn measure(errors: &mut FieldErrors, field: &'static str, number: Option<f64>) -> Option<f64> {
    let value = number?;
    if !value.is_finite() {
        errors.add(field, "not-a-number");
    } else if value < 0.0 {
        errors.add(field, "negative");
    } else if value > 1e9 {
        errors.add(field, "too-large");
    }
    number
}
