//! Checking the seals in small steps, again and again from the first to the last, so that the page of the
//! trail can say that it is whole. A step costs the same however long the trail has grown, and reads
//! outside the write lock.

use crate::audit::seal::{Checked, Mark, SealFault, check_after};
use crate::clock;
use crate::db::{AnyConn, Database, flags};
use crate::error::AppError;
use crate::schema::audit_seals;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// The flag under which it is remembered how far the check has come.
const FLAG: &str = "audit.verification";

/// What the check remembers between steps and starts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Memory {
    /// The last seal that this round has looked at.
    at: Mark,
    /// The first fault of this round, and of the round before.
    fault: Option<i64>,
    last_fault: Option<i64>,
    /// The last seal of all when a round ended: without it, nobody would miss seals cut off at the end.
    top: Mark,
    /// When a round last came to its end (UTC).
    ended_at: Option<NaiveDateTime>,
}

/// What is known of the trail's seals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// When all of it was last gone through (UTC).
    pub checked_at: Option<NaiveDateTime>,
    /// The number of the first seal that did not fit. It stands until a whole round finds nothing wrong.
    pub broken_at: Option<i64>,
}

/// Takes the next step.
pub fn run_next(db: &Database) -> Result<(), AppError> {
    let memory = db.read(|conn| Ok::<_, AppError>(recall(conn)?))?;
    let next = db.read(|conn| Ok::<_, AppError>(step(conn, memory.clone())?))?;
    if let Some(number) = next.fault.filter(|_| memory.fault.is_none()) {
        tracing::error!(seal = number, "the trail does not fit its seal: see /audit and `yinfeng check`");
    }
    db.write(|conn| Ok::<_, AppError>(remember(conn, &next)?))
}

/// All of the trail at once, for `yinfeng check`.
pub fn verify_all(conn: &mut AnyConn) -> QueryResult<Vec<SealFault>> {
    let mut faults = super::seal::verify(conn)?;
    let Memory { top, .. } = recall(conn)?;
    faults.extend(cut_off(conn, &top)?);
    Ok(faults)
}

pub fn standing(conn: &mut AnyConn) -> QueryResult<Standing> {
    let memory = recall(conn)?;
    Ok(Standing { checked_at: memory.ended_at, broken_at: memory.fault.or(memory.last_fault) })
}

fn step(conn: &mut AnyConn, memory: Memory) -> QueryResult<Memory> {
    let Checked { faults, at, is_end } = check_after(conn, &memory.at)?;
    let fault = memory.fault.or(faults.first().map(SealFault::number));
    if !is_end {
        return Ok(Memory { at, fault, ..memory });
    }
    let fault = match fault {
        None => cut_off(conn, &memory.top)?.map(|fault| fault.number()),
        found => found,
    };
    // What is gone stays missed, so the mark of a longer trail is kept.
    let top = if at.number >= memory.top.number { at } else { memory.top };
    Ok(Memory { at: Mark::default(), fault: None, last_fault: fault, top, ended_at: Some(clock::now()) })
}

/// The seal that was the last once, if it is no longer there as it was.
fn cut_off(conn: &mut AnyConn, top: &Mark) -> QueryResult<Option<SealFault>> {
    if top.number == 0 {
        return Ok(None);
    }
    let same = audit_seals::table
        .filter(audit_seals::number.eq(top.number))
        .filter(audit_seals::hash.eq(&top.hash))
        .count()
        .get_result::<i64>(conn)?;
    Ok((same == 0).then_some(SealFault::Broken { number: top.number }))
}

/// What cannot be read any more is begun anew: the seals themselves are the proof.
fn recall(conn: &mut AnyConn) -> QueryResult<Memory> {
    Ok(flags::get(conn, FLAG)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

fn remember(conn: &mut AnyConn, memory: &Memory) -> QueryResult<()> {
    flags::put(conn, FLAG, &serde_json::json!(memory).to_string())
}
