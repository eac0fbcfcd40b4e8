//! The bureau's answer to a later claim: given once, told to the liaison, kept in the trail.

use crate::accounts::Actor;
use crate::audit::{self, Act, Differences};
use crate::claims::model::{Claim, Decision};
use crate::claims::queries;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use serde::Deserialize;
use utoipa::ToSchema;

/// The longest answer, in characters.
const MAX_TEXT: usize = 2000;

/// The bureau's answer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimAnswer {
    pub decision: Decision,
    /// What the liaison reads: nothing of the other lead belongs in it.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// The claim of a path, if it exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Claim, AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    queries::find(conn, actor, &id)?.ok_or(AppError::NotFound)
}

/// Answers a claim.
///
/// # Errors
/// 409 `claim-answered`; 422 at `text` when it is empty or too long.
pub fn answer(conn: &mut AnyConn, actor: &Actor, id: &str, answer: ClaimAnswer) -> Result<Claim, AppError> {
    let claim = load(conn, actor, id)?;
    let text = answer.text.trim();
    let mut errors = FieldErrors::default();
    if text.is_empty() {
        errors.add("text", "required");
    }
    if text.chars().count() > MAX_TEXT {
        errors.add_with("text", "too-long", vec![("max", MAX_TEXT.to_string())]);
    }
    errors.into_result()?;
    if !queries::answer(conn, &claim.id, answer.decision, text, &actor.user_id, clock::now())? {
        return Err(AppError::Conflict("claim-answered"));
    }
    audit::record(
        conn,
        actor,
        Act {
            action: "claim.answer",
            subject_kind: "claim",
            subject_id: claim.id.as_str(),
            differences: Differences::default().set("decision", &answer.decision).set("lead", &claim.lead_id),
            reason: Some(text),
        },
    )?;
    load(conn, actor, claim.id.as_str())
}
