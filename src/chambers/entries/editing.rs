//! Keeping the entries of a chamber: each change with the chamber's next version, in its trail.

use super::body::{EntryBody, filled};
use super::model::{ChamberEntryKind, Entry};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::attachments::{self, OwnerKind};
use crate::audit::Differences;
use crate::chambers::editing::{load, tell};
use crate::chambers::{Chamber, policy, queries};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use chrono::NaiveDate;
use serde::Serialize;

/// The entry of a path, of a chamber that exists for the actor.
pub fn find(
    conn: &mut AnyConn,
    actor: &Actor,
    chamber: &str,
    id: &str,
) -> Result<(Chamber, Entry), AppError> {
    let chamber = load(conn, actor, chamber)?;
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    let entry = queries::entry(conn, &chamber.id, &id)?.ok_or(AppError::NotFound)?;
    Ok((chamber, entry))
}

/// The same, if the actor may also change it.
pub fn find_editable(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    chamber: &str,
    id: &str,
) -> Result<(Chamber, Entry), AppError> {
    let (chamber, entry) = find(conn, actor, chamber, id)?;
    allow(tools, actor, &chamber, entry.kind)?;
    Ok((chamber, entry))
}

/// 403 where entries of this kind are not the actor's to keep.
pub fn allow(
    tools: Tools<'_>,
    actor: &Actor,
    chamber: &Chamber,
    kind: ChamberEntryKind,
) -> Result<(), AppError> {
    if policy::may_keep_entry(actor, tools.reference, chamber, kind) {
        Ok(())
    } else {
        Err(AppError::Forbidden(if policy::keeps(actor.role) { "other-region" } else { "role" }))
    }
}

/// Adds an entry to a chamber.
///
/// # Errors
/// 403 where its kind is not the actor's to keep; 422 by field.
pub fn add(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    chamber: Chamber,
    body: EntryBody,
    errors: FieldErrors,
) -> Result<(Chamber, Entry), AppError> {
    let kind = body.kind.ok_or_else(|| AppError::invalid("kind", "required"))?;
    allow(tools, actor, &chamber, kind)?;
    let blank = Entry {
        id: Id::generate(),
        chamber_id: chamber.id.clone(),
        kind,
        word: None,
        name: String::new(),
        uscc: None,
        region: None,
        address: None,
        party: None,
        contact_person: None,
        phone_encrypted: None,
        phone_hash: None,
        from_on: None,
        to_on: None,
        note: None,
    };
    let entry = filled(tools, &blank, body, errors)?;
    queries::insert_entry(conn, &entry)?;
    let chamber = told(conn, actor, chamber, None, Some(&entry))?;
    Ok((chamber, entry))
}

/// Changes an entry; what ends gets its last day and stays. What changes nothing writes nothing.
///
/// # Errors
/// 422 by field, at `kind` for another one.
pub fn edit(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    (chamber, before): (Chamber, Entry),
    body: EntryBody,
    errors: FieldErrors,
) -> Result<(Chamber, Entry), AppError> {
    if body.kind.is_some_and(|kind| kind != before.kind) {
        return Err(AppError::invalid("kind", "kind-stays"));
    }
    let entry = filled(tools, &before, body, errors)?;
    if entry == before {
        return Ok((chamber, before));
    }
    queries::update_entry(conn, &entry)?;
    let chamber = told(conn, actor, chamber, Some(&before), Some(&entry))?;
    Ok((chamber, entry))
}

/// Removes what was entered by mistake.
///
/// # Errors
/// 409 `entry-has-papers`.
pub fn remove(
    conn: &mut AnyConn,
    actor: &Actor,
    (chamber, entry): (Chamber, Entry),
) -> Result<Chamber, AppError> {
    let stores = vec![(OwnerKind::ChamberEntry, vec![entry.id.clone()])];
    if !attachments::queries::of(conn, &stores)?.is_empty() {
        return Err(AppError::Conflict("entry-has-papers"));
    }
    queries::delete_entry(conn, &entry)?;
    told(conn, actor, chamber, Some(&entry), None)
}

/// The fields whose changes the trail tells in clear.
#[derive(Debug, Default, Serialize)]
struct Auditable {
    entry_kind: Option<ChamberEntryKind>,
    word: Option<String>,
    entry_name: Option<String>,
    uscc: Option<String>,
    region: Option<String>,
    address: Option<String>,
    party: Option<String>,
    contact_person: Option<String>,
    from_on: Option<NaiveDate>,
    to_on: Option<NaiveDate>,
    note: Option<String>,
}

impl Auditable {
    fn of(entry: &Entry) -> Self {
        let entry = entry.clone();
        Auditable {
            entry_kind: Some(entry.kind),
            word: entry.word,
            entry_name: Some(entry.name),
            uscc: entry.uscc,
            region: entry.region,
            address: entry.address,
            party: entry.party,
            contact_person: entry.contact_person,
            from_on: entry.from_on,
            to_on: entry.to_on,
            note: entry.note,
        }
    }
}

/// The chamber's next version, and its trail: which entry, and of its phone only that it changed.
fn told(
    conn: &mut AnyConn,
    actor: &Actor,
    chamber: Chamber,
    before: Option<&Entry>,
    after: Option<&Entry>,
) -> Result<Chamber, AppError> {
    let version = chamber.version;
    let chamber =
        queries::update(conn, chamber, clock::now())?.ok_or(AppError::Stale { current: version + 1 })?;
    let of = |entry: Option<&Entry>| entry.map(Auditable::of).unwrap_or_default();
    let name = after.or(before).map(|entry| entry.name.clone());
    fn phone(entry: Option<&Entry>) -> Option<&str> {
        entry.and_then(|entry| entry.phone_encrypted.as_deref())
    }
    let differences = Differences::default()
        .set("entry", &name)
        .merge(Differences::between(&of(before), &of(after)))
        .sealed("phone", phone(before), phone(after));
    tell(conn, actor, &chamber.id, "chamber.entry", differences)?;
    Ok(chamber)
}
