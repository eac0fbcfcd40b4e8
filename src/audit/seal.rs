//! Seals over the trail: a batch of committed entries, hashed and chained to the seal before.
//!
//! Entries are chosen by having no seal yet, not by a range of ids: a transaction that commits late
//! may hold ids older than those already sealed.

use crate::audit::queries::AuditEntry;
use crate::clock;
use crate::confidential::to_hex;
use crate::db::dialect::Both;
use crate::db::{AnyConn, Id};
use crate::schema::{audit_entries, audit_seals, flags};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

/// Entries under one seal at most.
const BATCH: i64 = 1_000;

/// A seal as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_seals)]
pub struct Seal {
    pub id: Id,
    pub number: i64,
    pub from_entry: Id,
    pub to_entry: Id,
    pub entries: i64,
    pub hash: String,
    pub previous: String,
    pub sealed_at: chrono::NaiveDateTime,
}

/// What is wrong with the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealFault {
    /// The seal's entries are not what was sealed, or entries are gone.
    Altered { number: i64 },
    /// The seal does not continue the one before it.
    Broken { number: i64 },
}

/// Seals the next batch inside the caller's transaction; the number of entries sealed.
pub fn seal_next(conn: &mut AnyConn) -> QueryResult<usize> {
    let entries: Vec<AuditEntry> = audit_entries::table
        .filter(audit_entries::seal_id.is_null())
        .order(audit_entries::id.asc())
        .limit(BATCH)
        .select(AuditEntry::as_select())
        .load(conn)?;
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(0) };
    let before: Option<Seal> = audit_seals::table
        .order(audit_seals::number.desc())
        .select(Seal::as_select())
        .first(conn)
        .optional()?;
    let previous = before.as_ref().map_or(String::new(), |seal| seal.hash.clone());
    let seal = Seal {
        id: Id::generate(),
        // The unique number makes the second of two processes fail and try again.
        number: before.map_or(1, |seal| seal.number + 1),
        from_entry: first.id.clone(),
        to_entry: last.id.clone(),
        entries: entries.len() as i64,
        hash: hash(&entries, &previous),
        previous,
        sealed_at: clock::now(),
    };
    diesel::insert_into(audit_seals::table).values(seal.clone()).execute(conn)?;
    let ids: Vec<Id> = entries.into_iter().map(|entry| entry.id).collect();
    diesel::update(audit_entries::table.filter(audit_entries::id.eq_any(ids)))
        .set(audit_entries::seal_id.eq(&seal.id))
        .execute(conn)
}

/// Recomputes every seal.
pub fn verify(conn: &mut AnyConn) -> QueryResult<Vec<SealFault>> {
    let seals: Vec<Seal> =
        audit_seals::table.order(audit_seals::number.asc()).select(Seal::as_select()).load(conn)?;
    let (mut faults, mut previous, mut expected) = (Vec::new(), String::new(), 1);
    for seal in seals {
        if seal.number != expected || seal.previous != previous {
            faults.push(SealFault::Broken { number: seal.number });
        }
        let entries: Vec<AuditEntry> = audit_entries::table
            .filter(audit_entries::seal_id.eq(&seal.id))
            .order(audit_entries::id.asc())
            .select(AuditEntry::as_select())
            .load(conn)?;
        if entries.len() as i64 != seal.entries || hash(&entries, &seal.previous) != seal.hash {
            faults.push(SealFault::Altered { number: seal.number });
        }
        previous = seal.hash;
        expected = seal.number + 1;
    }
    Ok(faults)
}

/// The flag under which the last finding is kept.
const FINDING: &str = "audit_fault";

/// Recomputes every seal and keeps the first fault, for the page of the trail.
pub fn verify_and_remember(conn: &mut AnyConn) -> QueryResult<Vec<SealFault>> {
    let faults = verify(conn)?;
    let number = faults.first().map(|fault| match fault {
        SealFault::Altered { number } | SealFault::Broken { number } => number.to_string(),
    });
    let value = number.unwrap_or_default();
    let row = (flags::name.eq(FINDING), flags::value.eq(&value), flags::updated_at.eq(clock::now()));
    Both(
        diesel::insert_into(flags::table)
            .values(row)
            .on_conflict(flags::name)
            .do_update()
            .set((flags::value.eq(&value), flags::updated_at.eq(clock::now()))),
    )
    .execute(conn)?;
    Ok(faults)
}

/// The number of the first seal that did not fit when the chain was last verified.
pub fn known_fault(conn: &mut AnyConn) -> QueryResult<Option<String>> {
    let found: Option<String> = flags::table.find(FINDING).select(flags::value).first(conn).optional()?;
    Ok(found.filter(|number| !number.is_empty()))
}

fn hash(entries: &[AuditEntry], previous: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    for entry in entries {
        let fields = serde_json::json!([
            entry.id,
            clock::rfc3339::format(entry.at),
            entry.actor_id,
            entry.actor_name,
            entry.action,
            entry.subject_kind,
            entry.subject_id,
            entry.differences,
            entry.reason,
            entry.address,
            entry.request_id,
        ]);
        hasher.update(fields.to_string());
        hasher.update("\n");
    }
    to_hex(&hasher.finalize())
}
