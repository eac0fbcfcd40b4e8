//! What becomes of a change that waits: chambers agree or not, the bureau decides, who proposed it takes it back.

use crate::accounts::Actor;
use crate::attributions::changing::{apply, checked_reason};
use crate::attributions::model::{AttributionOutcome, Change};
use crate::attributions::{policy, queries, rules};
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::leads::editing::save;
use crate::leads::model::{Lead, Status};
use crate::text_enum;
use serde::Deserialize;
use utoipa::ToSchema;

/// What a chamber says of a change.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributionConsent {
    pub agrees: bool,
    /// Wanted from a chamber that does not agree.
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
}

text_enum! {
    /// What the bureau decides of a change that waits.
    pub enum AttributionRuling {
        Accepted = "accepted",
        Refused = "refused",
    }
}

/// The bureau's decision.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributionDecision {
    pub decision: AttributionRuling,
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// Why a change is taken back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributionWithdrawal {
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// A change that exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<(Change, Lead), AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    queries::find(conn, actor, &id)?.ok_or(AppError::NotFound)
}

/// A chamber agrees or not, once. One that does not ends the change; when the last one agrees, it holds, unless the
/// bureau has to decide it.
///
/// # Errors
/// 403 for who is no liaison; 409 `attribution-closed`, `attribution-answered` or `lead-merged`; 422 at `reason`.
pub fn answer(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    consent: &AttributionConsent,
) -> Result<Change, AppError> {
    let (change, lead) = load(conn, actor, id)?;
    if !policy::answers(actor.role) {
        return Err(AppError::Forbidden("role"));
    }
    let own = actor.chamber_id.clone().ok_or(AppError::Forbidden("no-chamber"))?;
    check_waits(&change, &lead)?;
    let mut errors = FieldErrors::default();
    let reason = consent.reason.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if !consent.agrees || reason.is_some() {
        checked_reason(reason.unwrap_or_default(), &mut errors);
    }
    errors.into_result()?;
    let now = clock::now();
    if !queries::say(conn, &change.id, &own, consent.agrees, reason, &actor.user_id, now)? {
        return Err(AppError::Conflict("attribution-answered"));
    }
    let said = queries::consents_of(conn, std::slice::from_ref(&change.id))?;
    let (outcome, closing) = if !consent.agrees {
        (AttributionOutcome::Refused, reason)
    } else if said.iter().all(|consent| consent.agrees == Some(true))
        && !rules::needs_bureau(&change.shares_before.0)
    {
        (AttributionOutcome::Agreed, None)
    } else {
        let differences = Differences::default().set("attribution_change", &change.id);
        save(conn, actor, lead, "lead.attribution-consent", differences, reason)?;
        return load(conn, actor, change.id.as_str()).map(|(change, _)| change);
    };
    ended(conn, actor, change, lead, outcome, closing)
}

/// The bureau decides a change that waits.
///
/// # Errors
/// 403 for who does not decide; 409 `attribution-closed`, or `lead-merged` for what is to hold; 422 at `reason`.
pub fn decide(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    decision: &AttributionDecision,
) -> Result<Change, AppError> {
    let (change, lead) = load(conn, actor, id)?;
    if !policy::decides(actor.role) {
        return Err(AppError::Forbidden("role"));
    }
    // A lead that was merged may have one from before mergers took them back: the bureau can still refuse it.
    match decision.decision {
        AttributionRuling::Accepted => check_waits(&change, &lead)?,
        AttributionRuling::Refused => check_open(&change)?,
    }
    let mut errors = FieldErrors::default();
    let reason = checked_reason(&decision.reason, &mut errors);
    errors.into_result()?;
    let outcome = match decision.decision {
        AttributionRuling::Accepted => AttributionOutcome::Decided,
        AttributionRuling::Refused => AttributionOutcome::Refused,
    };
    ended(conn, actor, change, lead, outcome, reason.as_deref())
}

/// Who proposed a change takes it back, or another who may propose one for the lead.
///
/// # Errors
/// 403 for others; 409 `attribution-closed`; 422 at `reason`.
pub fn withdraw(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    withdrawal: &AttributionWithdrawal,
) -> Result<Change, AppError> {
    let (change, lead) = load(conn, actor, id)?;
    if !policy::may_change(actor, &lead) {
        return Err(AppError::Forbidden("role"));
    }
    check_waits(&change, &lead)?;
    let mut errors = FieldErrors::default();
    let reason = checked_reason(&withdrawal.reason, &mut errors);
    errors.into_result()?;
    ended(conn, actor, change, lead, AttributionOutcome::Withdrawn, reason.as_deref())
}

fn check_waits(change: &Change, lead: &Lead) -> Result<(), AppError> {
    check_open(change)?;
    if lead.status == Status::Merged { Err(AppError::Conflict("lead-merged")) } else { Ok(()) }
}

fn check_open(change: &Change) -> Result<(), AppError> {
    if change.outcome.is_some() { Err(AppError::Conflict("attribution-closed")) } else { Ok(()) }
}

/// Ends the change, and lets it hold where it is to.
fn ended(
    conn: &mut AnyConn,
    actor: &Actor,
    change: Change,
    lead: Lead,
    outcome: AttributionOutcome,
    reason: Option<&str>,
) -> Result<Change, AppError> {
    if !queries::close(conn, &change.id, outcome, reason, &actor.user_id, clock::now())? {
        return Err(AppError::Conflict("attribution-closed"));
    }
    if outcome.holds() {
        apply(conn, actor, lead, &change)?;
    } else {
        let differences =
            Differences::default().set("attribution_change", &change.id).set("outcome", &outcome);
        save(conn, actor, lead, "lead.attribution-end", differences, reason)?;
    }
    // The lead may be none of the actor's any more: the change is read without its scope.
    let changes = queries::changes_of(conn, &change.lead_id)?;
    changes.into_iter().find(|one| one.id == change.id).ok_or(AppError::NotFound)
}
