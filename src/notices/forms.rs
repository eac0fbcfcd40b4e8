//! What is entered of a notice: the API's body and the page's form become one checked input.

use crate::chambers::model::ChamberKind;
use crate::error::{AppError, FieldErrors};
use crate::fields::{required, text};
use crate::notices::model::NoticeAudience;
use crate::web::form::Form;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A notice as POST takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeBody {
    #[schema(max_length = 200)]
    pub title: Option<String>,
    #[schema(max_length = 20000)]
    pub text: Option<String>,
    pub audience: Option<NoticeAudience>,
    /// Where it goes to kinds.
    pub kinds: Vec<ChamberKind>,
    /// Where it goes to chosen chambers: by id or code.
    pub chambers: Vec<String>,
    /// The first day on which it is there; the day on which it is written unless said otherwise.
    pub from_on: Option<NaiveDate>,
    /// The last one.
    pub until_on: Option<NaiveDate>,
    /// Whether who read it has to read it again, as it is now; of a new one it means nothing.
    pub read_again: Option<bool>,
}

/// A notice's input, checked but for what only the database knows.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeInput {
    pub title: String,
    pub text: String,
    pub audience: NoticeAudience,
    pub kinds: Vec<ChamberKind>,
    /// As they were named.
    pub chambers: Vec<String>,
    pub from_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
    pub read_again: bool,
}

impl NoticeBody {
    /// From a page's form, which has a chamber a line, by its code or name.
    pub fn from_form(form: &mut Form) -> Self {
        let mut kinds = Vec::new();
        for word in form.all("kinds") {
            match word.parse() {
                Ok(kind) => kinds.push(kind),
                Err(_) => form.errors.add("kinds", "unknown"),
            }
        }
        NoticeBody {
            title: form.text("title"),
            text: form.text("text"),
            audience: form.parsed("audience", "unknown"),
            kinds,
            chambers: form.all("chambers"),
            from_on: form.date("from_on"),
            until_on: form.date("until_on"),
            read_again: Some(form.is_checked("read_again")),
        }
    }
}

impl NoticeInput {
    /// Checks everything that needs no database; all faults at once, each at its field, after those that the reading of
    /// the form found. Kinds and chambers count only where it goes to such.
    pub fn check(body: NoticeBody, today: NaiveDate, mut errors: FieldErrors) -> Result<Self, AppError> {
        let title = required(&mut errors, "title", body.title);
        let long = text(&mut errors, "text", body.text);
        if long.is_none() {
            errors.add("text", "required");
        }
        if body.audience.is_none() && !errors.has("audience") {
            errors.add("audience", "required");
        }
        let mut kinds = if body.audience == Some(NoticeAudience::Kinds) { body.kinds } else { Vec::new() };
        kinds.sort();
        kinds.dedup();
        if body.audience == Some(NoticeAudience::Kinds) && kinds.is_empty() && !errors.has("kinds") {
            errors.add("kinds", "required");
        }
        let named = body.chambers.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let chambers: Vec<String> =
            if body.audience == Some(NoticeAudience::Chosen) { named.collect() } else { Vec::new() };
        if body.audience == Some(NoticeAudience::Chosen) && chambers.is_empty() {
            errors.add("chambers", "required");
        }
        let from_on = body.from_on.unwrap_or(today);
        errors.check_day("from_on", Some(from_on));
        errors.check_day("until_on", body.until_on);
        if body.until_on.is_some_and(|until| until < from_on) {
            errors.add("until_on", "ends-before-it-begins");
        }
        match (body.audience, long) {
            (Some(audience), Some(long)) if errors.is_empty() => Ok(NoticeInput {
                title,
                text: long,
                audience,
                kinds,
                chambers,
                from_on,
                until_on: body.until_on,
                read_again: body.read_again.unwrap_or(false),
            }),
            _ => Err(AppError::Invalid(errors)),
        }
    }
}
