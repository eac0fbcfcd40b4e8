//! Keeping the register: every change is its row by its version and an entry of the trail.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::attributions;
use crate::audit::{self, Act, Differences};
use crate::chambers::model::{Chamber, ChamberKind, SourceStatus};
use crate::chambers::{evidence, policy, queries};
use crate::clock;
use crate::contacts::model::phone_hash;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::events;
use crate::notices;
use crate::recommendations;
use crate::registers::merging::{self, in_use};
use crate::registers::{RecordBody, RecordInput, sealed};
use crate::saved_searches;
use serde::Serialize;

/// The fields whose changes the trail tells in clear.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
struct Auditable {
    code: Option<String>,
    name: Option<String>,
    kind: Option<ChamberKind>,
    region: Option<String>,
    contact_person: Option<String>,
    note: Option<String>,
    status: Option<SourceStatus>,
}

impl Auditable {
    fn of(chamber: &Chamber) -> Self {
        let chamber = chamber.clone();
        Auditable {
            code: Some(chamber.code),
            name: Some(chamber.name),
            kind: Some(chamber.kind),
            region: chamber.region,
            contact_person: chamber.contact_person,
            note: chamber.note,
            status: Some(chamber.status),
        }
    }
}

/// A chamber as the body that would give it: what a merge patch starts from, with the phone in clear.
pub fn as_body(tools: Tools<'_>, chamber: &Chamber) -> Result<RecordBody<ChamberKind>, AppError> {
    let chamber = chamber.clone();
    Ok(RecordBody {
        phone: sealed::open(tools.keys, &chamber.phone_context(), chamber.phone_encrypted.as_deref())?,
        kind: Some(chamber.kind),
        name: Some(chamber.name),
        region: chamber.region,
        contact_person: chamber.contact_person,
        note: chamber.note,
        status: Some(chamber.status),
    })
}

/// What the trail tells of a change; of the phone only that it changed.
fn differences(before: Option<&Chamber>, after: Option<&Chamber>) -> Differences {
    fn sealed(record: Option<&Chamber>) -> Option<&str> {
        record.and_then(|record| record.phone_encrypted.as_deref())
    }
    let of = |record: Option<&Chamber>| record.map(Auditable::of).unwrap_or_default();
    Differences::between(&of(before), &of(after)).sealed("phone", sealed(before), sealed(after))
}

/// The chamber of a path, if it exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Chamber, AppError> {
    queries::find_visible(conn, actor, id_or_code)?.ok_or(AppError::NotFound)
}

/// The chamber of a path, which the actor may also change.
pub fn load_editable(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    id_or_code: &str,
) -> Result<Chamber, AppError> {
    let chamber = load(conn, actor, id_or_code)?;
    if policy::may_keep(actor, tools.reference, chamber.region.as_deref()) {
        Ok(chamber)
    } else if policy::keeps(actor.role) {
        Err(AppError::Forbidden("other-region"))
    } else {
        Err(AppError::Forbidden("role"))
    }
}

/// Adds a chamber.
///
/// # Errors
/// 403 at `region` when a county names another's; 422 at `name` when it is taken.
pub fn register(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    input: RecordInput<ChamberKind>,
) -> Result<Chamber, AppError> {
    allow_region(actor, tools, &input)?;
    refuse_taken(conn, &input.name, None)?;
    let now = clock::now();
    let mut chamber = Chamber {
        id: Id::generate(),
        code: queries::next_code(conn)?,
        name: input.name,
        kind: input.kind,
        region: input.region,
        contact_person: input.contact_person,
        phone_encrypted: None,
        phone_hash: input.phone.as_ref().map(|phone| phone_hash(tools.keys, phone)),
        note: input.note,
        status: input.status,
        version: 1,
        created_by: Some(actor.user_id.clone()),
        created_at: now,
        updated_at: now,
    };
    chamber.phone_encrypted =
        sealed::seal(tools.keys, &chamber.phone_context(), None, input.phone.as_deref())?;
    queries::insert(conn, &chamber).map_err(taken)?;
    let differences = differences(None, Some(&chamber));
    tell(conn, actor, &chamber.id, "chamber.create", differences)?;
    Ok(chamber)
}

/// Changes a chamber that the actor may keep. What changes nothing writes nothing.
pub fn edit(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: Chamber,
    input: RecordInput<ChamberKind>,
) -> Result<Chamber, AppError> {
    allow_region(actor, tools, &input)?;
    refuse_taken(conn, &input.name, Some(&before.id))?;
    let context = before.phone_context();
    let sealed = before.phone_encrypted.as_deref();
    let phone_encrypted = sealed::seal(tools.keys, &context, sealed, input.phone.as_deref())?;
    let chamber = Chamber {
        name: input.name,
        kind: input.kind,
        region: input.region,
        contact_person: input.contact_person,
        phone_encrypted,
        phone_hash: input.phone.as_ref().map(|phone| phone_hash(tools.keys, phone)),
        note: input.note,
        status: input.status,
        ..before.clone()
    };
    if chamber == before {
        return Ok(before);
    }
    let differences = differences(Some(&before), Some(&chamber));
    let chamber = queries::update(conn, chamber, clock::now())
        .map_err(taken)?
        .ok_or(AppError::Stale { current: before.version + 1 })?;
    tell(conn, actor, &chamber.id, "chamber.update", differences)?;
    Ok(chamber)
}

/// Deletes a chamber that nothing names.
///
/// # Errors
/// 409 `source-in-use`.
pub fn delete(conn: &mut AnyConn, actor: &Actor, chamber: &Chamber) -> Result<(), AppError> {
    if queries::is_named(conn, &chamber.id)? {
        return Err(AppError::Conflict("source-in-use"));
    }
    if !queries::delete(conn, chamber).map_err(in_use)? {
        return Err(AppError::Stale { current: chamber.version + 1 });
    }
    let differences = differences(Some(chamber), None);
    Ok(tell(conn, actor, &chamber.id, "chamber.delete", differences)?)
}

/// Makes everything that names `from` name `into`, and deletes `from`. Its leads and projects say so in
/// their history.
///
/// # Errors
/// 422 at `into` when it is the same; 403 when a county would change another's leads, or liaisons; 409
/// `chamber-evidence-stays` when the federation confirmed figures of `from`, which are frozen as its own.
pub fn merge(conn: &mut AnyConn, actor: &Actor, from: &Chamber, into: &Chamber) -> Result<(), AppError> {
    if from.id == into.id {
        return Err(AppError::invalid("into", "same-record"));
    }
    if evidence::queries::is_confirmed(conn, &from.id)? {
        return Err(AppError::Conflict("chamber-evidence-stays"));
    }
    let now = clock::now();
    let leads = queries::move_leads(conn, &from.id, &into.id, now).map_err(in_use)?;
    let projects = queries::move_projects(conn, &from.id, &into.id, now).map_err(in_use)?;
    let liaisons = queries::move_users(conn, &from.id, &into.id, now)?;
    let is_own = leads.iter().chain(&projects).all(|moved| actor.is_of(&moved.county)) && liaisons.is_empty();
    if !actor.role.is_bureau() && !is_own {
        return Err(AppError::Forbidden("other-region"));
    }
    queries::move_claims(conn, &from.id, &into.id).map_err(in_use)?;
    queries::move_questions(conn, &from.id, &into.id)?;
    evidence::queries::move_revoked(conn, &from.id, &into.id)?;
    attributions::queries::move_to_chamber(conn, &from.id, &into.id, &actor.user_id, now)?;
    queries::move_follow_ups(conn, &from.id, &into.id)?;
    queries::move_referrers(conn, &from.id, &into.id, now)?;
    queries::move_townsmen(conn, &from.id, &into.id, now)?;
    recommendations::queries::move_to_chamber(conn, &from.id, &into.id, now)?;
    events::queries::move_hosts(conn, &from.id, &into.id, now)?;
    events::queries::move_attendees(conn, &from.id, &into.id)?;
    notices::queries::move_to_chamber(conn, &from.id, &into.id)?;
    saved_searches::editing::follow_merger(conn, actor, from, &into.id)?;
    let entries = queries::move_entries(conn, &from.id, &into.id)?;
    merging::tell_leads(conn, actor, &leads, "source_chamber", &from.id, &into.id)?;
    merging::tell_projects(conn, actor, &projects, "source_chamber", &from.id, &into.id)?;
    for liaison in &liaisons {
        let differences = Differences::default().field("chamber", &from.id, &into.id);
        let act = Act {
            action: "user.update",
            subject_kind: "user",
            subject_id: liaison.as_str(),
            differences,
            reason: None,
        };
        audit::record(conn, actor, act)?;
    }
    if !queries::delete(conn, from).map_err(in_use)? {
        return Err(AppError::Stale { current: from.version + 1 });
    }
    let differences = differences(Some(from), None).set("merged_into", &into.id);
    tell(conn, actor, &from.id, "chamber.merge", differences)?;
    let differences = Differences::default()
        .set("merged", &from.name)
        .set("leads", &leads.len())
        .set("projects", &projects.len())
        .set("entries", &entries);
    Ok(tell(conn, actor, &into.id, "chamber.merge", differences)?)
}

/// A county's chamber is its own or of no region.
fn allow_region(actor: &Actor, tools: Tools<'_>, input: &RecordInput<ChamberKind>) -> Result<(), AppError> {
    if !policy::may_add(actor, tools.reference) {
        return Err(AppError::Forbidden("role"));
    }
    if policy::may_keep(actor, tools.reference, input.region.as_deref()) {
        Ok(())
    } else {
        Err(AppError::ForbiddenFields(FieldErrors::one("region", "other-region")))
    }
}

fn refuse_taken(conn: &mut AnyConn, name: &str, own: Option<&Id>) -> Result<(), AppError> {
    match queries::find_by_name(conn, name)? {
        Some(other) if Some(&other.id) != own => Err(AppError::invalid("name", "name-taken")),
        _ => Ok(()),
    }
}

/// Of two who take one name at the same time, the second is told so.
fn taken(error: diesel::result::Error) -> AppError {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    match error {
        DatabaseError(UniqueViolation, _) => AppError::invalid("name", "name-taken"),
        other => other.into(),
    }
}

/// Enters an act on a chamber.
pub fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &Id,
    action: &'static str,
    differences: Differences,
) -> diesel::QueryResult<()> {
    let act = Act { action, subject_kind: "chamber", subject_id: id.as_str(), differences, reason: None };
    audit::record(conn, actor, act)
}
