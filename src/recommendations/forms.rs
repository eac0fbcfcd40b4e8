//! What is entered of a recommendation: the API's body and the page's form become one checked input.

use crate::clock;
use crate::companies::uscc::Uscc;
use crate::error::{AppError, FieldErrors};
use crate::fields::{amount, line, required, text};
use crate::leads::forms::checked_uscc;
use crate::recommendations::model::RecipientKind;
use crate::recommendations::rules::{self, Course};
use crate::reference::{RecommendationWord, Reference, recommendation_word};
use crate::web::form::Form;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A recommendation as POST takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RecommendationBody {
    /// The county that answers for it; a county's own unless said otherwise.
    pub county: Option<String>,
    #[schema(max_length = 200)]
    pub enterprise: Option<String>,
    /// 18 characters (GB 32100).
    pub uscc: Option<String>,
    /// A code of the reference data: `micro`, `small`, `medium`.
    pub size: Option<String>,
    /// The chamber that recommends it, by id or code.
    pub chamber_id: Option<String>,
    pub recipient_kind: Option<RecipientKind>,
    /// The bank or guarantor.
    #[schema(max_length = 200)]
    pub recipient: Option<String>,
    /// What the enterprise needs, in fen.
    #[schema(minimum = 0)]
    pub need_fen: Option<i64>,
    /// A code of the reference data; only an enterprise in good credit is sent.
    pub credit: Option<String>,
    pub sent_on: Option<NaiveDate>,
    /// A code of the reference data.
    pub result: Option<String>,
    pub result_on: Option<NaiveDate>,
    #[schema(max_length = 20000)]
    pub note: Option<String>,
}

/// A recommendation's input, checked but for what only the database knows.
#[derive(Debug, Clone, PartialEq)]
pub struct RecommendationInput {
    pub county: String,
    pub enterprise: String,
    pub uscc: Option<Uscc>,
    pub size: String,
    /// As it was named.
    pub chamber: Option<String>,
    pub recipient_kind: RecipientKind,
    pub recipient: String,
    pub need_fen: i64,
    pub credit: String,
    pub sent_on: Option<NaiveDate>,
    pub result: Option<String>,
    pub result_on: Option<NaiveDate>,
    pub note: Option<String>,
}

impl RecommendationBody {
    /// From a page's form, which names the chamber and takes the need in 万元.
    pub fn from_form(form: &mut Form) -> Self {
        let chamber = form.text("chamber_id");
        RecommendationBody {
            county: form.text("county"),
            enterprise: form.text("enterprise"),
            uscc: form.text("uscc"),
            size: form.text("size"),
            chamber_id: chamber.map(|text| text.split_whitespace().next().unwrap_or_default().to_owned()),
            recipient_kind: form.parsed("recipient_kind", "unknown"),
            recipient: form.text("recipient"),
            need_fen: form.wan("need_fen"),
            credit: form.text("credit"),
            sent_on: form.date("sent_on"),
            result: form.text("result"),
            result_on: form.date("result_on"),
            note: form.text("note"),
        }
    }
}

impl RecommendationInput {
    /// Checks everything that needs no database; all faults at once, each at its field, after those that the reading of
    /// the form found.
    pub fn check(
        body: RecommendationBody,
        reference: &Reference,
        mut errors: FieldErrors,
    ) -> Result<Self, AppError> {
        let words = reference.recommendation_words();
        let county = required(&mut errors, "county", body.county);
        if !county.is_empty() && !reference.is_county(&county) {
            errors.add("county", "unknown");
        }
        let enterprise = required(&mut errors, "enterprise", body.enterprise);
        let uscc = checked_uscc(&mut errors, body.uscc);
        let size = required(&mut errors, "size", body.size);
        known(&mut errors, "size", &words.size, Some(size.as_str()));
        let recipient = required(&mut errors, "recipient", body.recipient);
        if body.recipient_kind.is_none() && !errors.has("recipient_kind") {
            errors.add("recipient_kind", "required");
        }
        let need_fen = amount(&mut errors, "need_fen", body.need_fen);
        if need_fen.is_none() && !errors.has("need_fen") {
            errors.add("need_fen", "required");
        }
        let credit = required(&mut errors, "credit", body.credit);
        known(&mut errors, "credit", &words.credit, Some(credit.as_str()));
        let result = line(&mut errors, "result", body.result);
        known(&mut errors, "result", &words.result, result.as_deref());
        let course = Course {
            // A status that is unknown is a fault of its own.
            may_be_sent: recommendation_word(&words.credit, &credit).is_none_or(|word| word.may_be_sent),
            sent_on: body.sent_on,
            has_result: result.is_some(),
            result_on: body.result_on,
        };
        rules::check(course, clock::today(), &mut errors);
        let note = text(&mut errors, "note", body.note);
        let chamber = line(&mut errors, "chamber_id", body.chamber_id);
        match (body.recipient_kind, need_fen) {
            (Some(recipient_kind), Some(need_fen)) if errors.is_empty() => Ok(RecommendationInput {
                county,
                enterprise,
                uscc,
                size,
                chamber,
                recipient_kind,
                recipient,
                need_fen,
                credit,
                sent_on: body.sent_on,
                result,
                result_on: body.result_on,
                note,
            }),
            _ => Err(AppError::Invalid(errors)),
        }
    }
}

/// A fault at the field for a code that is none of these words; an empty one was told as missing.
fn known(errors: &mut FieldErrors, field: &'static str, words: &[RecommendationWord], code: Option<&str>) {
    let code = code.filter(|code| !code.is_empty());
    if code.is_some_and(|code| recommendation_word(words, code).is_none()) {
        errors.add(field, "unknown");
    }
}
