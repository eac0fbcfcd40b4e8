//! The federation confirms a sheet, which is kept as it is on that day, or takes its word back with a reason.

use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Act, Differences};
use crate::chambers::Chamber;
use crate::chambers::evidence::model::{Confirmed, Period, Sheet};
use crate::chambers::evidence::{queries, view};
use crate::clock;
use crate::db::{AnyConn, Id, Json};
use crate::error::{AppError, FieldErrors};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

/// The longest note or reason, in characters.
const MAX_TEXT: usize = 1000;

/// Which sheet is confirmed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceConfirming {
    pub from: NaiveDate,
    pub to: NaiveDate,
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

/// Which confirmation is taken back, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceRevoking {
    pub from: NaiveDate,
    pub to: NaiveDate,
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// Confirms the sheet as it is.
///
/// # Errors
/// 409 `evidence-confirmed` when it is already, at `from` when another confirmed period has some of its days; 422 at `to`
/// while the period is not over, at `note`, which is wanted where confirmed sheets of others count the same.
pub fn confirm(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    chamber: &Chamber,
    period: Period,
    note: Option<&str>,
) -> Result<(), AppError> {
    if !period.is_over(clock::today()) {
        return Err(AppError::invalid("to", "period-not-over"));
    }
    let note = note.map(str::trim).filter(|text| !text.is_empty());
    check_length("note", note.unwrap_or_default())?;
    queries::hold(conn, &chamber.id)?;
    if queries::confirmed_of(conn, &chamber.id, period)?.is_some() {
        return Err(AppError::Conflict("evidence-confirmed"));
    }
    if let Some(other) = queries::overlapping(conn, &chamber.id, period)? {
        let days = vec![("from", other.from.to_string()), ("to", other.to.to_string())];
        let mut errors = FieldErrors::default();
        errors.add_with("from", "evidence-overlaps", days);
        return Err(AppError::ConflictFields(errors));
    }
    let name = Some(chamber.name.clone());
    let sheet = Sheet { name, ..view::sheet(conn, app, &chamber.id, period)? };
    if note.is_none() && view::counted_twice(conn, &chamber.id, period, &sheet)?.is_some() {
        return Err(AppError::invalid("note", "note-for-counted-twice"));
    }
    let differences = told(period).set("figures", &sheet.figures);
    let confirmed = Confirmed {
        id: Id::generate(),
        chamber_id: chamber.id.clone(),
        from_on: period.from,
        to_on: period.to,
        sheet: Json(sheet),
        note: note.map(str::to_owned),
        confirmed_by: actor.user_id.clone(),
        confirmed_at: clock::now(),
        revoked_by: None,
        revoked_at: None,
        revocation_reason: None,
    };
    queries::insert(conn, &confirmed).map_err(quicker)?;
    tell(conn, actor, chamber, "chamber.evidence-confirm", differences, note)
}

/// Takes a confirmation back; what was confirmed stays on record.
///
/// # Errors
/// 409 `evidence-not-confirmed`; 422 at `reason`.
pub fn revoke(
    conn: &mut AnyConn,
    actor: &Actor,
    chamber: &Chamber,
    period: Period,
    reason: &str,
) -> Result<(), AppError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "required"));
    }
    check_length("reason", reason)?;
    let confirmed = queries::confirmed_of(conn, &chamber.id, period)?;
    let confirmed = confirmed.ok_or(AppError::Conflict("evidence-not-confirmed"))?;
    if !queries::revoke(conn, &confirmed.id, reason, &actor.user_id, clock::now())? {
        return Err(AppError::Conflict("evidence-not-confirmed"));
    }
    tell(conn, actor, chamber, "chamber.evidence-revoke", told(period), Some(reason))
}

fn check_length(field: &'static str, text: &str) -> Result<(), AppError> {
    let mut errors = FieldErrors::default();
    if text.chars().count() > MAX_TEXT {
        errors.add_with(field, "too-long", vec![("max", MAX_TEXT.to_string())]);
    }
    errors.into_result()
}

fn told(period: Period) -> Differences {
    Differences::default().set("from", &period.from).set("to", &period.to)
}

/// Of two who confirm one sheet at the same time, the second is told so.
fn quicker(error: diesel::result::Error) -> AppError {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    match error {
        DatabaseError(UniqueViolation, _) => AppError::Conflict("evidence-confirmed"),
        other => other.into(),
    }
}

fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    chamber: &Chamber,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let act = Act { action, subject_kind: "chamber", subject_id: chamber.id.as_str(), differences, reason };
    Ok(audit::record(conn, actor, act)?)
}
