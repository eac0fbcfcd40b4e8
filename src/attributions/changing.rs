//! A change of attribution: the bureau's holds at once, a county's waits for the chambers or for the bureau.

use crate::accounts::Actor;
use crate::attributions::handlers::told;
use crate::attributions::model::{AttributionOutcome, AttributionShare, Change};
use crate::attributions::{policy, queries, rules};
use crate::audit::Differences;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::leads::editing::save;
use crate::leads::handlers::load_editable;
use crate::leads::model::{Lead, SourceKind, Status};
use crate::leads::queries::Known;
use crate::projects::model::Project;
use crate::web::precondition::IfMatch;
use crate::{chambers, clock, leads, projects};
use serde::Deserialize;
use utoipa::ToSchema;

/// The longest reason, in characters.
const MAX_REASON: usize = 1000;

/// How the credit for a lead is to be shared.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributionBody {
    /// Every chamber that is to have a part; they add to 10,000.
    #[schema(min_items = 1, max_items = 10)]
    pub shares: Vec<AttributionPart>,
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// A chamber's part.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributionPart {
    /// Id or code.
    pub chamber_id: String,
    /// Basis points.
    #[schema(minimum = 1, maximum = 10000)]
    pub share_bp: i64,
}

/// The lead of a path, whose attribution the actor may change.
pub fn load_changed(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Known, AppError> {
    let known = load_editable(conn, actor, id)?;
    if policy::may_change(actor, &known.lead) { Ok(known) } else { Err(AppError::Forbidden("role")) }
}

/// Changes the attribution, or proposes to; the change, and the lead's version.
///
/// # Errors
/// As `load_changed`; 409 `attribution-waiting` while another change waits; 422 at `shares` for what is not whole, names
/// an unknown chamber or changes nothing, at `reason` without one.
pub fn change(
    conn: &mut AnyConn,
    actor: &Actor,
    lead: &str,
    if_match: IfMatch,
    body: &AttributionBody,
) -> Result<(Change, i64), AppError> {
    let lead = load_changed(conn, actor, lead)?.lead;
    if_match.honour(lead.version)?;
    if queries::waiting_of(conn, &lead.id)?.is_some() {
        return Err(AppError::Conflict("attribution-waiting"));
    }
    let mut errors = FieldErrors::default();
    let reason = checked_reason(&body.reason, &mut errors);
    let after = named(conn, &body.shares, &mut errors)?;
    let before = queries::shares_of(conn, &lead)?;
    let asked = rules::concerned(&before, &after);
    if errors.is_empty() && asked.is_empty() {
        errors.add("shares", "attribution-unchanged");
    }
    errors.into_result()?;
    let change = Change::proposed(&lead.id, before, after, reason, &actor.user_id);
    if !policy::decides(actor.role) {
        queries::insert(conn, &change, &asked)?;
        let differences = Differences::default().set("attribution", &told(&change.shares_after.0));
        let lead =
            save(conn, actor, lead, "lead.attribution-proposal", differences, change.reason.as_deref())?;
        return Ok((change, lead.version));
    }
    let change = change.ended(AttributionOutcome::Decided);
    // The chambers are asked nothing, and read what was decided.
    queries::insert(conn, &change, &asked)?;
    let version = apply(conn, actor, lead, &change)?.version;
    Ok((change, version))
}

/// What a change says holds from now on, for the lead and the project that it became.
pub(super) fn apply(
    conn: &mut AnyConn,
    actor: &Actor,
    mut lead: Lead,
    change: &Change,
) -> Result<Lead, AppError> {
    let after = &change.shares_after.0;
    let differences =
        Differences::default().field("attribution", &told(&change.shares_before.0), &told(after));
    let known = lead.source_chamber_id.clone();
    let moved = rules::source_of(after, known.as_ref()).filter(|source| known.as_ref() != Some(source));
    if let Some(source) = &moved {
        lead.source_kind = SourceKind::Chamber;
        lead.source_chamber_id = Some(source.clone());
        (lead.source_referrer_id, lead.source_enterprise_id) = (None, None);
    }
    let lead = save(conn, actor, lead, "lead.attribution", differences, change.reason.as_deref())?;
    queries::put_shares(conn, &lead.id, after)?;
    if let Some(source) = moved
        && let Some(project) = projects::queries::find_of_lead(conn, &lead.id)?
    {
        projects::editing::take_source(conn, actor, project, &source)?;
    }
    Ok(lead)
}

/// An edit that names another chamber as a lead's source, or the first one, moves its credit. Done by the bureau, it is
/// its decision, and goes on record; a county proposes it instead.
///
/// # Errors
/// 422 at `source.chamber_id` for who does not decide, with the way to propose it.
pub fn by_edit(conn: &mut AnyConn, actor: &Actor, before: &Lead, after: &Lead) -> Result<(), AppError> {
    if before.source_chamber_id == after.source_chamber_id {
        return Ok(());
    }
    if !policy::decides(actor.role) {
        return Err(proposed_instead(&before.id));
    }
    take_back(conn, actor, &before.id, AttributionOutcome::Refused, None)?;
    let shares_before = queries::shares_of(conn, before)?;
    queries::put_shares(conn, &before.id, &[])?;
    let shares_after = queries::shares_of(conn, after)?;
    let told = rules::concerned(&shares_before, &shares_after);
    let change = Change::proposed(&before.id, shares_before, shares_after, None, &actor.user_id)
        .ended(AttributionOutcome::Decided);
    Ok(queries::insert(conn, &change, &told)?)
}

/// A project that names another chamber than before, or than the lead that it was: this does to that lead what an edit
/// of it would do, as both have one source.
///
/// # Errors
/// 422 at `source.chamber_id` for who does not decide.
pub fn by_project(
    conn: &mut AnyConn,
    actor: &Actor,
    before: Option<&Id>,
    after: &Project,
) -> Result<(), AppError> {
    if before == after.source_chamber_id.as_ref() {
        return Ok(());
    }
    if !policy::decides(actor.role) {
        return Err(match &after.lead_id {
            Some(lead) => proposed_instead(lead),
            None => AppError::invalid("source.chamber_id", "credit-is-the-bureaus"),
        });
    }
    queries::mark_change(conn)?;
    let Some(id) = &after.lead_id else { return Ok(()) };
    let Some(lead) = leads::queries::find(conn, actor, id)?.map(|known| known.lead) else { return Ok(()) };
    if lead.status == Status::Merged {
        return Ok(());
    }
    let moved = Lead {
        source_kind: after.source_kind,
        source_chamber_id: after.source_chamber_id.clone(),
        source_referrer_id: after.source_referrer_id.clone(),
        source_enterprise_id: after.source_enterprise_id.clone(),
        source_event_id: after.source_event_id.clone(),
        source_note: after.source_note.clone(),
        ..lead.clone()
    };
    by_edit(conn, actor, &lead, &moved)?;
    let differences = Differences::default()
        .field("source_kind", &lead.source_kind, &moved.source_kind)
        .field("source_chamber", &lead.source_chamber_id, &moved.source_chamber_id)
        .set("project", &after.code);
    save(conn, actor, moved, "lead.update", differences, None)?;
    Ok(())
}

/// Ends the change of a lead that waits, as something else came first.
pub(super) fn take_back(
    conn: &mut AnyConn,
    actor: &Actor,
    lead: &Id,
    outcome: AttributionOutcome,
    reason: Option<&str>,
) -> Result<(), AppError> {
    if let Some(waiting) = queries::waiting_of(conn, lead)? {
        queries::close(conn, &waiting.id, outcome, reason, &actor.user_id, clock::now())?;
    }
    Ok(())
}

fn proposed_instead(lead: &Id) -> AppError {
    let mut errors = FieldErrors::default();
    let way = vec![("way", format!("/leads/{lead}/attribution"))];
    errors.add_with("source.chamber_id", "attribution-is-changed", way);
    AppError::Invalid(errors)
}

/// The chambers that are named, each with its part.
fn named(
    conn: &mut AnyConn,
    parts: &[AttributionPart],
    errors: &mut FieldErrors,
) -> Result<Vec<AttributionShare>, AppError> {
    let mut found = Vec::new();
    for part in parts.iter().take(rules::MOST + 1) {
        match chambers::queries::find(conn, part.chamber_id.trim())? {
            Some(chamber) => found.push(AttributionShare {
                chamber_id: chamber.id,
                name: chamber.name,
                share_bp: part.share_bp,
            }),
            None => errors.add("shares", "unknown-chamber"),
        }
    }
    if errors.0.iter().all(|fault| fault.field != "shares") {
        let parts: Vec<(Id, i64)> =
            found.iter().map(|share| (share.chamber_id.clone(), share.share_bp)).collect();
        errors.0.extend(rules::faults(&parts).0);
    }
    Ok(found)
}

/// The reason as it is kept, or its fault.
pub(super) fn checked_reason(text: &str, errors: &mut FieldErrors) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        errors.add("reason", "required");
    } else if text.chars().count() > MAX_REASON {
        errors.add_with("reason", "too-long", vec![("max", MAX_REASON.to_string())]);
    }
    Some(text.to_owned())
}
