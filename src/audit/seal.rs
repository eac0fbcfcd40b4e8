//! Seals over the trail: a batch of committed entries, hashed and chained to the seal before.
//!
//! Entries are chosen by having no seal yet, not by a range of ids: a transaction that commits late
//! may hold ids older than those already sealed.

use crate::audit::queries::AuditEntry;
use crate::clock;
use crate::confidential::to_hex;
use crate::db::{AnyConn, Id};
use crate::schema::{audit_entries, audit_seals};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Entries under one seal at most.
const BATCH: i64 = 1_000;
/// How much is recomputed at a time, in seals and in entries: some hundredths of a second.
const STRETCH_SEALS: i64 = 500;
const STRETCH_ENTRIES: i64 = 1_000;

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

impl SealFault {
    /// The seal's number.
    pub fn number(&self) -> i64 {
        let (SealFault::Altered { number } | SealFault::Broken { number }) = self;
        *number
    }
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

/// A place in the chain: a seal's number and hash. The default is the place before the first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub number: i64,
    pub hash: String,
}

/// What a stretch of the chain gave.
#[derive(Debug, PartialEq, Eq)]
pub struct Checked {
    pub faults: Vec<SealFault>,
    /// The last seal that was looked at.
    pub at: Mark,
    /// Nothing follows it.
    pub is_end: bool,
}

/// Recomputes every seal.
pub fn verify(conn: &mut AnyConn) -> QueryResult<Vec<SealFault>> {
    let (mut faults, mut mark) = (Vec::new(), Mark::default());
    loop {
        let checked = check_after(conn, &mark)?;
        faults.extend(checked.faults);
        if checked.is_end {
            return Ok(faults);
        }
        mark = checked.at;
    }
}

/// Recomputes the next seals: some 1,000 entries, however many seals those are: a few megabytes.
pub fn check_after(conn: &mut AnyConn, mark: &Mark) -> QueryResult<Checked> {
    let mut seals: Vec<Seal> = audit_seals::table
        .filter(audit_seals::number.gt(mark.number))
        .order(audit_seals::number.asc())
        .limit(STRETCH_SEALS)
        .select(Seal::as_select())
        .load(conn)?;
    let mut is_end = (seals.len() as i64) < STRETCH_SEALS;
    let mut told = 0;
    let full = seals.iter().position(|seal| {
        told += seal.entries;
        told >= STRETCH_ENTRIES
    });
    if let Some(last) = full.filter(|last| last + 1 < seals.len()) {
        seals.truncate(last + 1);
        is_end = false;
    }
    let mut entries = entries_of(conn, &seals)?;
    let (mut faults, mut at) = (Vec::new(), mark.clone());
    for seal in seals {
        if seal.number != at.number + 1 || seal.previous != at.hash {
            faults.push(SealFault::Broken { number: seal.number });
        }
        let entries = entries.remove(&seal.id).unwrap_or_default();
        if entries.len() as i64 != seal.entries || hash(&entries, &seal.previous) != seal.hash {
            faults.push(SealFault::Altered { number: seal.number });
        }
        at = Mark { number: seal.number, hash: seal.hash };
    }
    Ok(Checked { faults, at, is_end })
}

/// The entries under each seal, in their order.
fn entries_of(conn: &mut AnyConn, seals: &[Seal]) -> QueryResult<HashMap<Id, Vec<AuditEntry>>> {
    let ids: Vec<Option<Id>> = seals.iter().map(|seal| Some(seal.id.clone())).collect();
    let entries: Vec<AuditEntry> = audit_entries::table
        .filter(audit_entries::seal_id.eq_any(ids))
        .order(audit_entries::id.asc())
        .select(AuditEntry::as_select())
        .load(conn)?;
    let mut by_seal: HashMap<Id, Vec<AuditEntry>> = HashMap::new();
    for entry in entries {
        if let Some(seal) = entry.seal_id.clone() {
            by_seal.entry(seal).or_default().push(entry);
        }
    }
    Ok(by_seal)
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
