//! What is entered of a chamber or referrer: the API's body and the page's form become one checked input.

use crate::chambers::model::SourceStatus;
use crate::error::{AppError, FieldErrors};
use crate::leads::forms::normal_phone;
use crate::reference::Reference;
use crate::registers::places;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::i18n::Message;
use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::ToSchema;

const MAX_LINE: usize = 200;
const MAX_TEXT: usize = 20_000;

/// A record as POST takes it, and as a merge patch changes it. `K` is the register's word for kinds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordBody<K> {
    pub kind: Option<K>,
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// GB/T 2260, the bureau's own for a zone, or an ISO 3166 country.
    pub region: Option<String>,
    #[schema(max_length = 200)]
    pub contact_person: Option<String>,
    /// 7 to 20 digits; kept encrypted, answered masked.
    pub phone: Option<String>,
    #[schema(max_length = 20000)]
    pub note: Option<String>,
    /// `active` unless said otherwise.
    pub status: Option<SourceStatus>,
}

/// A record's input, checked but for what only the database knows.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordInput<K> {
    pub kind: K,
    pub name: String,
    pub region: Option<String>,
    pub contact_person: Option<String>,
    /// Digits.
    pub phone: Option<String>,
    pub note: Option<String>,
    pub status: SourceStatus,
}

impl<K: FromStr> RecordBody<K> {
    /// From a page's form, which names the region. A phone that is left empty stays as it is in `kept`.
    pub fn from_form(form: &mut Form, kept: Option<&RecordBody<K>>, reference: &Reference) -> Self {
        let region = form.text("region");
        RecordBody {
            kind: form.parsed("kind", "unknown"),
            name: form.text("name"),
            region: region.map(|text| places::code_of(reference, &text).unwrap_or(text)),
            contact_person: form.text("contact_person"),
            phone: form.text("phone").or_else(|| kept.and_then(|body| body.phone.clone())),
            note: form.text("note"),
            status: form.parsed("status", "unknown"),
        }
    }
}

impl<K> RecordInput<K> {
    /// Checks everything that needs no database; all faults at once, each at its field, after those that
    /// the reading of the form found.
    pub fn check(
        body: RecordBody<K>,
        reference: &Reference,
        mut errors: FieldErrors,
    ) -> Result<Self, AppError> {
        if body.kind.is_none() && !errors.has("kind") {
            errors.add("kind", "required");
        }
        let name = line(&mut errors, "name", body.name);
        if name.is_none() {
            errors.add("name", "required");
        }
        let region = line(&mut errors, "region", body.region);
        if region.as_deref().is_some_and(|code| reference.region(code).is_none()) {
            errors.add("region", "unknown");
        }
        let contact_person = line(&mut errors, "contact_person", body.contact_person);
        let phone = line(&mut errors, "phone", body.phone);
        let digits = phone.as_deref().and_then(normal_phone);
        if phone.is_some() && digits.is_none() {
            errors.add("phone", "not-a-phone");
        }
        let note = text(&mut errors, "note", body.note);
        match (body.kind, name) {
            (Some(kind), Some(name)) if errors.is_empty() => Ok(RecordInput {
                kind,
                name,
                region,
                contact_person,
                phone: digits,
                note,
                status: body.status.unwrap_or(SourceStatus::Active),
            }),
            _ => Err(AppError::Invalid(errors)),
        }
    }
}

/// A form as it goes back, with the status that a program would get. What is no fault of the form (not his
/// to do, not there, our fault) stays an error.
pub fn returned(form: &Form, error: AppError) -> Result<(Filled, StatusCode), AppError> {
    let status = error.status();
    let none = FieldErrors::default();
    let filled = match error {
        AppError::Invalid(errors) | AppError::ForbiddenFields(errors) | AppError::ConflictFields(errors) => {
            form.filled(&errors)
        }
        AppError::Conflict(code) => form.filled(&none).error("", Message::of("fault", code)),
        AppError::Stale { .. } => form.filled(&none).error("", Message::new("fault-stale")),
        other => return Err(other),
    };
    Ok((filled, status))
}

/// One line: inner breaks become spaces.
fn line(errors: &mut FieldErrors, field: &'static str, text: Option<String>) -> Option<String> {
    let text = text?.split_whitespace().collect::<Vec<_>>().join(" ");
    limit(errors, field, &text, MAX_LINE);
    (!text.is_empty()).then_some(text)
}

fn text(errors: &mut FieldErrors, field: &'static str, text: Option<String>) -> Option<String> {
    let text = text?.trim().to_owned();
    limit(errors, field, &text, MAX_TEXT);
    (!text.is_empty()).then_some(text)
}

/// PostgreSQL's TEXT cannot hold a NUL, and nobody types one.
fn limit(errors: &mut FieldErrors, field: &'static str, text: &str, max: usize) {
    if text.contains('\0') {
        errors.add(field, "wrong-form");
    } else if text.chars().count() > max {
        errors.add_with(field, "too-long", vec![("max", max.to_string())]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chambers::model::ChamberKind;

    fn body() -> RecordBody<ChamberKind> {
        RecordBody {
            kind: Some(ChamberKind::OtherCity),
            name: Some(" 示例\n商会 ".into()),
            region: Some("450721".into()),
            contact_person: None,
            phone: Some("120 0000-0101".into()),
            note: Some("  ".into()),
            status: None,
        }
    }

    fn faults(body: RecordBody<ChamberKind>) -> Vec<(String, &'static str)> {
        let reference = Reference::load(None).unwrap();
        match RecordInput::check(body, &reference, FieldErrors::default()) {
            Err(AppError::Invalid(errors)) => {
                errors.0.into_iter().map(|fault| (fault.field.into_owned(), fault.code)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_entered_is_tidied() {
        let reference = Reference::load(None).unwrap();
        let input = RecordInput::check(body(), &reference, FieldErrors::default()).unwrap();
        assert_eq!(input.name, "示例 商会");
        assert_eq!(input.phone.as_deref(), Some("12000000101"));
        assert_eq!((input.note, input.status), (None, SourceStatus::Active));
    }

    #[test]
    fn every_fault_is_told_at_its_field() {
        let wrong = RecordBody {
            kind: None,
            name: Some(" ".into()),
            region: Some("999999".into()),
            phone: Some("call me".into()),
            note: Some("长".repeat(MAX_TEXT + 1)),
            ..body()
        };
        let expected = [
            ("kind", "required"),
            ("name", "required"),
            ("region", "unknown"),
            ("phone", "not-a-phone"),
            ("note", "too-long"),
        ];
        assert_eq!(faults(wrong), expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn a_phone_that_is_left_empty_stays() {
        let reference = Reference::load(None).unwrap();
        let kept = RecordBody { phone: Some("12000000101".into()), ..body() };
        let read = |phone: &str| {
            let pairs = [("kind", "local"), ("region", "灵山县"), ("phone", phone)];
            let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
            RecordBody::<ChamberKind>::from_form(&mut Form::from_pairs(pairs), Some(&kept), &reference)
        };
        assert_eq!(read("").phone.as_deref(), Some("12000000101"));
        assert_eq!(read("12000000102").phone.as_deref(), Some("12000000102"));
        assert_eq!(read("").region.as_deref(), Some("450721"));
    }
}
