//! Keeping recommendations: every change is its row by its version and an entry of the trail.

use crate::accounts::Actor;
use crate::audit::{self, Act, Differences};
use crate::chambers;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::recommendations::forms::{RecommendationBody, RecommendationInput};
use crate::recommendations::model::{RecipientKind, Recommendation};
use crate::recommendations::{policy, queries};
use chrono::NaiveDate;
use serde::Serialize;

/// The recommendation of a path, if it exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Recommendation, AppError> {
    queries::find_visible(conn, actor, id_or_code)?.ok_or(AppError::NotFound)
}

/// The recommendation of a path, which the actor may also change.
pub fn load_editable(
    conn: &mut AnyConn,
    actor: &Actor,
    id_or_code: &str,
) -> Result<Recommendation, AppError> {
    let found = load(conn, actor, id_or_code)?;
    if policy::may_keep(actor, &found.county) { Ok(found) } else { Err(AppError::Forbidden("role")) }
}

/// A recommendation as the body that would give it: what a merge patch starts from.
pub fn as_body(row: &Recommendation) -> RecommendationBody {
    let row = row.clone();
    RecommendationBody {
        county: Some(row.county),
        enterprise: Some(row.enterprise),
        uscc: row.uscc,
        size: Some(row.size),
        chamber_id: row.chamber_id.map(|id| id.to_string()),
        recipient_kind: Some(row.recipient_kind),
        recipient: Some(row.recipient),
        need_fen: Some(row.need_fen),
        credit: Some(row.credit),
        sent_on: row.sent_on,
        result: row.result,
        result_on: row.result_on,
        note: row.note,
    }
}

/// Adds a recommendation.
///
/// # Errors
/// 403 at `county` when a county names another; 422 at `chamber_id` for an unknown one.
pub fn register(
    conn: &mut AnyConn,
    actor: &Actor,
    input: RecommendationInput,
) -> Result<Recommendation, AppError> {
    let now = clock::now();
    let row = Recommendation {
        id: Id::generate(),
        code: queries::next_code(conn)?,
        county: String::new(),
        enterprise: String::new(),
        uscc: None,
        size: String::new(),
        chamber_id: None,
        recipient_kind: input.recipient_kind,
        recipient: String::new(),
        need_fen: 0,
        credit: String::new(),
        sent_on: None,
        result: None,
        result_on: None,
        note: None,
        version: 1,
        created_by: Some(actor.user_id.clone()),
        created_at: now,
        updated_at: now,
    };
    let row = filled(conn, actor, row, input)?;
    queries::insert(conn, &row)?;
    let differences = Differences::of_new(&Auditable::of(&row));
    tell(conn, actor, &row.id, "recommendation.create", differences)?;
    Ok(row)
}

/// Changes a recommendation that the actor may keep. What changes nothing writes nothing.
pub fn edit(
    conn: &mut AnyConn,
    actor: &Actor,
    before: Recommendation,
    input: RecommendationInput,
) -> Result<Recommendation, AppError> {
    let row = filled(conn, actor, before.clone(), input)?;
    if row == before {
        return Ok(before);
    }
    let differences = Differences::between(&Auditable::of(&before), &Auditable::of(&row));
    let row =
        queries::update(conn, row, clock::now())?.ok_or(AppError::Stale { current: before.version + 1 })?;
    tell(conn, actor, &row.id, "recommendation.update", differences)?;
    Ok(row)
}

/// Deletes one that was not sent yet.
///
/// # Errors
/// 409 `recommendation-sent`.
pub fn delete(conn: &mut AnyConn, actor: &Actor, row: &Recommendation) -> Result<(), AppError> {
    if row.sent_on.is_some() {
        return Err(AppError::Conflict("recommendation-sent"));
    }
    if !queries::delete(conn, row)? {
        return Err(AppError::Stale { current: row.version + 1 });
    }
    let differences = Differences::between(&Auditable::of(row), &Auditable::default());
    tell(conn, actor, &row.id, "recommendation.delete", differences)
}

/// The recommendation with what was entered, its chamber resolved.
fn filled(
    conn: &mut AnyConn,
    actor: &Actor,
    row: Recommendation,
    input: RecommendationInput,
) -> Result<Recommendation, AppError> {
    if !policy::may_keep(actor, &input.county) {
        return Err(AppError::ForbiddenFields(FieldErrors::one("county", "other-region")));
    }
    let chamber_id = match input.chamber.as_deref() {
        Some(named) => {
            let found = chambers::queries::find_visible(conn, actor, named)?;
            let found = found.ok_or_else(|| AppError::invalid("chamber_id", "unknown-chamber"))?;
            Some(found.id)
        }
        None => None,
    };
    Ok(Recommendation {
        county: input.county,
        enterprise: input.enterprise,
        uscc: input.uscc.map(|uscc| uscc.to_string()),
        size: input.size,
        chamber_id,
        recipient_kind: input.recipient_kind,
        recipient: input.recipient,
        need_fen: input.need_fen,
        credit: input.credit,
        sent_on: input.sent_on,
        result: input.result,
        result_on: input.result_on,
        note: input.note,
        ..row
    })
}

/// The fields whose changes the trail tells.
#[derive(Debug, Default, Serialize)]
struct Auditable {
    code: Option<String>,
    county: Option<String>,
    enterprise: Option<String>,
    uscc: Option<String>,
    size: Option<String>,
    chamber: Option<Id>,
    recipient_kind: Option<RecipientKind>,
    recipient: Option<String>,
    need_fen: Option<i64>,
    credit: Option<String>,
    sent_on: Option<NaiveDate>,
    result: Option<String>,
    result_on: Option<NaiveDate>,
    note: Option<String>,
}

impl Auditable {
    fn of(row: &Recommendation) -> Self {
        let row = row.clone();
        Auditable {
            code: Some(row.code),
            county: Some(row.county),
            enterprise: Some(row.enterprise),
            uscc: row.uscc,
            size: Some(row.size),
            chamber: row.chamber_id,
            recipient_kind: Some(row.recipient_kind),
            recipient: Some(row.recipient),
            need_fen: Some(row.need_fen),
            credit: Some(row.credit),
            sent_on: row.sent_on,
            result: row.result,
            result_on: row.result_on,
            note: row.note,
        }
    }
}

fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &Id,
    action: &'static str,
    differences: Differences,
) -> Result<(), AppError> {
    let act =
        Act { action, subject_kind: "recommendation", subject_id: id.as_str(), differences, reason: None };
    Ok(audit::record(conn, actor, act)?)
}
