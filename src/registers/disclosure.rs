//! Showing a register's phone or personal number in full: with a reason, logged, and not without end.

use crate::accounts::Actor;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use chrono::Duration;
use serde::Deserialize;
use utoipa::ToSchema;

/// Fields one may have shown in a day, of leads and registers together (domain/roles.md 5.1).
const DAILY: i64 = 50;

/// What is to be shown, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RegisterDisclosure)]
pub struct Disclosure {
    /// `phone`, also of an entry of a chamber; of a referrer also `identity_number` or `bank_account`; of a member `identity_number` alone.
    pub field: String,
    #[schema(min_length = 1)]
    pub reason: String,
}

/// Enters the disclosure of one of the register's `fields` into the trail: who, why and which field, never the value.
///
/// # Errors
/// 422 for another field or no reason; 429 after 50 in a day.
pub fn disclose(
    conn: &mut AnyConn,
    actor: &Actor,
    subject_kind: &'static str,
    id: &Id,
    wanted: &Disclosure,
    fields: &[&str],
) -> Result<(), AppError> {
    disclose_with(conn, actor, (subject_kind, id), wanted, fields, Differences::default())
}

/// The same with `about` in the entry: whose field it is, where the record has those of several.
///
/// # Errors
/// As `disclose`.
pub fn disclose_with(
    conn: &mut AnyConn,
    actor: &Actor,
    (subject_kind, id): (&'static str, &Id),
    wanted: &Disclosure,
    fields: &[&str],
    about: Differences,
) -> Result<(), AppError> {
    if !fields.contains(&wanted.field.as_str()) {
        return Err(AppError::invalid("field", "unknown"));
    }
    let reason = wanted.reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "reason-required"));
    }
    let since = clock::now() - Duration::days(1);
    if audit::queries::count_since(conn, &actor.user_id, "contact.disclose", since)? >= DAILY {
        return Err(AppError::TooManyRequests { seconds: 3600, code: "too-many-disclosures" });
    }
    let differences = about.set("field", &wanted.field);
    let act = Act {
        action: "contact.disclose",
        subject_kind,
        subject_id: id.as_str(),
        differences,
        reason: Some(reason),
    };
    Ok(audit::record(conn, actor, act)?)
}
