//! What the bureau head records: the review of fair competition, what the plan leaves to a ruling, an overlap. None of
//! it takes a step; without it steps that need it are not taken.

use super::editing::save;
use super::facts::needs_ruling;
use super::model::{Application, ApplicationStatus, Ruling, RulingDecision, RulingKind};
use super::steps::{Known, is_under_review, reruled};
use super::{policy, queries};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::Differences;
use crate::awards::model::AwardStatus;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::fields;
use serde::Deserialize;
use utoipa::ToSchema;

/// The review of fair competition (公平竞争审查) of one application's rule.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ComplianceReviewEntry)]
pub struct ReviewBody {
    /// The review's document, by name and number.
    #[schema(min_length = 1, max_length = 200)]
    pub document: String,
    /// Its result in its own words.
    #[schema(min_length = 1, max_length = 20000)]
    pub result: String,
    /// Whether the award may be paid by it; true when nothing is said.
    #[serde(default = "passes")]
    pub passes: bool,
}

fn passes() -> bool {
    true
}

/// A ruling on what the plan leaves open, or on an overlap.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardRulingEntry)]
pub struct RulingBody {
    pub kind: RulingKind,
    pub decision: RulingDecision,
    #[schema(min_length = 1, max_length = 20000)]
    pub reason: String,
}

/// Records the review.
///
/// # Errors
/// 403 for everybody but the head; 409 where the rule is not under review, or nothing is to be paid any more.
pub fn review(
    conn: &mut AnyConn,
    actor: &Actor,
    known: Known,
    body: ReviewBody,
) -> Result<Application, AppError> {
    heads_only(actor)?;
    let mut errors = FieldErrors::default();
    let document = fields::required(&mut errors, "document", Some(body.document));
    let result = required(&mut errors, "result", body.result);
    errors.into_result()?;
    still_open(&known)?;
    if !is_under_review(known.compliance()) {
        return Err(AppError::Conflict("award-not-under-review"));
    }
    let decision = if body.passes { RulingDecision::Accepted } else { RulingDecision::Refused };
    let ruling = Ruling {
        document: Some(document),
        ..ruling(actor, &known, RulingKind::Compliance, decision, result)
    };
    record(conn, actor, known.application, ruling)
}

/// Records a ruling. An accepted one on what the plan leaves open computes the award anew, of the frozen facts.
///
/// # Errors
/// 403 for everybody but the head; 409 where there is nothing to rule on; 422 without a reason.
pub fn rule(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    known: Known,
    body: RulingBody,
) -> Result<Application, AppError> {
    heads_only(actor)?;
    let mut errors = FieldErrors::default();
    let reason = required(&mut errors, "reason", body.reason);
    errors.into_result()?;
    still_open(&known)?;
    let made = ruling(actor, &known, body.kind, body.decision, reason);
    match body.kind {
        // The review has a document of its own.
        RulingKind::Compliance => Err(AppError::invalid("kind", "unknown")),
        RulingKind::Overlap => {
            let overlap = known.overlap.as_ref().ok_or(AppError::Conflict("award-nothing-to-rule"))?;
            // One enterprise is not paid twice.
            if overlap.is_same && body.decision == RulingDecision::Accepted && overlap.other_is_paid() {
                return Err(AppError::Conflict("award-overlap-decided"));
            }
            let made = Ruling { other_id: Some(overlap.other.id.clone()), ..made };
            record(conn, actor, known.application, made)
        }
        RulingKind::Eligibility => {
            let asked = open_question(&known).ok_or(AppError::Conflict("award-nothing-to-rule"))?;
            let made = Ruling { award_status: Some(asked), ..made };
            if body.decision == RulingDecision::Refused {
                return record(conn, actor, known.application, made);
            }
            let mut statuses = known.ruled();
            statuses.push(asked);
            let application = reruled(conn, tools, known, &statuses)?;
            record(conn, actor, application, made)
        }
    }
}

/// What waits for a ruling: until the bureau has reviewed it.
pub fn open_question(known: &Known) -> Option<AwardStatus> {
    let is_open =
        matches!(known.application.status, ApplicationStatus::Submitted | ApplicationStatus::CountyReviewed);
    let status = known.application.award.as_ref()?.0.status;
    (is_open && needs_ruling(status)).then_some(status)
}

fn heads_only(actor: &Actor) -> Result<(), AppError> {
    if policy::rules(actor.role) { Ok(()) } else { Err(AppError::Forbidden("role")) }
}

/// Whether it may still be paid.
fn still_open(known: &Known) -> Result<(), AppError> {
    use ApplicationStatus::*;
    match known.application.status {
        Draft | Returned | Paid | Archived | Refused | Withdrawn | Recovered => {
            Err(AppError::Conflict("award-nothing-to-rule"))
        }
        _ => Ok(()),
    }
}

fn ruling(
    actor: &Actor,
    known: &Known,
    kind: RulingKind,
    decision: RulingDecision,
    reason: String,
) -> Ruling {
    Ruling {
        id: Id::generate(),
        application_id: known.application.id.clone(),
        kind,
        decision,
        award_status: None,
        document: None,
        reason,
        other_id: None,
        by_user: actor.user_id.clone(),
        at: clock::now(),
    }
}

fn record(
    conn: &mut AnyConn,
    actor: &Actor,
    application: Application,
    ruling: Ruling,
) -> Result<Application, AppError> {
    let differences = Differences::default()
        .set("kind", &ruling.kind)
        .set("decision", &ruling.decision)
        .set("document", &ruling.document)
        .set("award_status", &ruling.award_status)
        .set("amount_fen", &application.amount_fen);
    queries::insert_ruling(conn, ruling.clone())?;
    save(conn, actor, application, "award.ruling", differences, Some(&ruling.reason))
}

fn required(errors: &mut FieldErrors, field: &'static str, text: String) -> String {
    let text = fields::text(errors, field, Some(text)).unwrap_or_default();
    if text.is_empty() {
        errors.add(field, "required");
    }
    text
}
