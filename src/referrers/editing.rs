//! Keeping the register: every change is its row by its version and an entry of the trail.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::chambers::model::SourceStatus;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::referrers::model::{Referrer, ReferrerKind};
use crate::referrers::{policy, queries};
use crate::registers::merging::{self, in_use};
use crate::registers::{RecordBody, RecordInput, phone};
use serde::Serialize;

/// The fields whose changes the trail tells in clear.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
struct Auditable {
    code: Option<String>,
    name: Option<String>,
    kind: Option<ReferrerKind>,
    region: Option<String>,
    contact_person: Option<String>,
    note: Option<String>,
    status: Option<SourceStatus>,
}

impl Auditable {
    fn of(referrer: &Referrer) -> Self {
        let referrer = referrer.clone();
        Auditable {
            code: Some(referrer.code),
            name: Some(referrer.name),
            kind: Some(referrer.kind),
            region: referrer.region,
            contact_person: referrer.contact_person,
            note: referrer.note,
            status: Some(referrer.status),
        }
    }
}

/// A referrer as the body that would give it: what a merge patch starts from, with the phone in clear.
pub fn as_body(tools: Tools<'_>, referrer: &Referrer) -> Result<RecordBody<ReferrerKind>, AppError> {
    let referrer = referrer.clone();
    Ok(RecordBody {
        phone: phone::open(tools.keys, &referrer.phone_context(), referrer.phone_encrypted.as_deref())?,
        kind: Some(referrer.kind),
        name: Some(referrer.name),
        region: referrer.region,
        contact_person: referrer.contact_person,
        note: referrer.note,
        status: Some(referrer.status),
    })
}

/// What the trail tells of a change; of the phone only that it changed.
fn differences(before: Option<&Referrer>, after: Option<&Referrer>) -> Differences {
    fn sealed(record: Option<&Referrer>) -> Option<&str> {
        record.and_then(|record| record.phone_encrypted.as_deref())
    }
    let of = |record: Option<&Referrer>| record.map(Auditable::of).unwrap_or_default();
    Differences::between(&of(before), &of(after)).sealed("phone", sealed(before), sealed(after))
}

/// The referrer of a path, if it exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Referrer, AppError> {
    queries::find_visible(conn, actor, id_or_code)?.ok_or(AppError::NotFound)
}

/// The referrer of a path, which the actor may also change.
pub fn load_editable(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Referrer, AppError> {
    let referrer = load(conn, actor, id_or_code)?;
    if policy::may_keep(actor, referrer.region.as_deref()) {
        Ok(referrer)
    } else if policy::keeps(actor.role) {
        Err(AppError::Forbidden("other-region"))
    } else {
        Err(AppError::Forbidden("role"))
    }
}

/// Adds a referrer.
///
/// # Errors
/// 403 at `region` when a county names another's.
pub fn register(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    input: RecordInput<ReferrerKind>,
) -> Result<Referrer, AppError> {
    allow_region(actor, &input)?;
    let now = clock::now();
    let mut referrer = Referrer {
        id: Id::generate(),
        code: queries::next_code(conn)?,
        name: input.name,
        kind: input.kind,
        region: input.region,
        contact_person: input.contact_person,
        phone_encrypted: None,
        note: input.note,
        status: input.status,
        version: 1,
        created_by: Some(actor.user_id.clone()),
        created_at: now,
        updated_at: now,
    };
    referrer.phone_encrypted =
        phone::seal(tools.keys, &referrer.phone_context(), None, input.phone.as_deref())?;
    queries::insert(conn, &referrer)?;
    let differences = differences(None, Some(&referrer));
    tell(conn, actor, &referrer.id, "referrer.create", differences)?;
    Ok(referrer)
}

/// Changes a referrer that the actor may keep. What changes nothing writes nothing.
pub fn edit(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: Referrer,
    input: RecordInput<ReferrerKind>,
) -> Result<Referrer, AppError> {
    allow_region(actor, &input)?;
    let context = before.phone_context();
    let sealed = before.phone_encrypted.as_deref();
    let phone_encrypted = phone::seal(tools.keys, &context, sealed, input.phone.as_deref())?;
    let referrer = Referrer {
        name: input.name,
        kind: input.kind,
        region: input.region,
        contact_person: input.contact_person,
        phone_encrypted,
        note: input.note,
        status: input.status,
        ..before.clone()
    };
    if referrer == before {
        return Ok(before);
    }
    let differences = differences(Some(&before), Some(&referrer));
    let referrer = queries::update(conn, referrer, clock::now())?
        .ok_or(AppError::Stale { current: before.version + 1 })?;
    tell(conn, actor, &referrer.id, "referrer.update", differences)?;
    Ok(referrer)
}

/// Deletes a referrer that nothing names.
///
/// # Errors
/// 409 `source-in-use`.
pub fn delete(conn: &mut AnyConn, actor: &Actor, referrer: &Referrer) -> Result<(), AppError> {
    if queries::is_named(conn, &referrer.id)? {
        return Err(AppError::Conflict("source-in-use"));
    }
    if !queries::delete(conn, referrer).map_err(in_use)? {
        return Err(AppError::Stale { current: referrer.version + 1 });
    }
    let differences = differences(Some(referrer), None);
    Ok(tell(conn, actor, &referrer.id, "referrer.delete", differences)?)
}

/// Makes everything that names `from` name `into`, and deletes `from`. Its leads and projects say so in
/// their history.
///
/// # Errors
/// 422 at `into` when it is the same; 403 when a county would change another's leads.
pub fn merge(conn: &mut AnyConn, actor: &Actor, from: &Referrer, into: &Referrer) -> Result<(), AppError> {
    if from.id == into.id {
        return Err(AppError::invalid("into", "same-record"));
    }
    let now = clock::now();
    let leads = queries::move_leads(conn, &from.id, &into.id, now).map_err(in_use)?;
    let projects = queries::move_projects(conn, &from.id, &into.id, now).map_err(in_use)?;
    let is_own = leads.iter().chain(&projects).all(|moved| actor.is_of(&moved.county));
    if !actor.role.is_bureau() && !is_own {
        return Err(AppError::Forbidden("other-region"));
    }
    merging::tell_leads(conn, actor, &leads, "source_referrer", &from.id, &into.id)?;
    merging::tell_projects(conn, actor, &projects, "source_referrer", &from.id, &into.id)?;
    if !queries::delete(conn, from).map_err(in_use)? {
        return Err(AppError::Stale { current: from.version + 1 });
    }
    let differences = differences(Some(from), None).set("merged_into", &into.id);
    tell(conn, actor, &from.id, "referrer.merge", differences)?;
    let differences = Differences::default()
        .set("merged", &from.name)
        .set("leads", &leads.len())
        .set("projects", &projects.len());
    Ok(tell(conn, actor, &into.id, "referrer.merge", differences)?)
}

/// A county's referrer is its own or of no region.
fn allow_region(actor: &Actor, input: &RecordInput<ReferrerKind>) -> Result<(), AppError> {
    if policy::may_keep(actor, input.region.as_deref()) {
        Ok(())
    } else {
        Err(AppError::ForbiddenFields(FieldErrors::one("region", "other-region")))
    }
}

fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &Id,
    action: &'static str,
    differences: Differences,
) -> diesel::QueryResult<()> {
    let act = Act { action, subject_kind: "referrer", subject_id: id.as_str(), differences, reason: None };
    audit::record(conn, actor, act)
}
