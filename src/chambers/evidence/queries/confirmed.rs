//! Sheets that were confirmed, and what of a chamber's entries stands on one.

use crate::chambers::entries::{ChamberEntryKind, Entry};
use crate::chambers::evidence::model::{Confirmed, Figures, Period, Sheet};
use crate::db::{AnyConn, Id, Json};
use crate::schema::{chamber_entries, chamber_evidence, chambers};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

/// The word of the post that signs for a chamber (seeds/reference/chamber-words.toml).
const PRESIDENT: &str = "president";

/// The sheet of a chamber and a period that is confirmed.
pub fn confirmed_of(conn: &mut AnyConn, chamber: &Id, period: Period) -> QueryResult<Option<Confirmed>> {
    chamber_evidence::table
        .filter(chamber_evidence::chamber_id.eq(chamber))
        .filter(chamber_evidence::from_on.eq(period.from))
        .filter(chamber_evidence::to_on.eq(period.to))
        .filter(chamber_evidence::revoked_at.is_null())
        .select(Confirmed::as_select())
        .first(conn)
        .optional()
}

/// The federation's word on a period, without the sheet that it was given on.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = chamber_evidence)]
pub struct Confirmation {
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub note: Option<String>,
    pub confirmed_by: Id,
    pub confirmed_at: NaiveDateTime,
    pub revoked_by: Option<Id>,
    pub revoked_at: Option<NaiveDateTime>,
    pub revocation_reason: Option<String>,
}

/// What the federation confirmed of a chamber, taken back or not, the latest first.
pub fn confirmations_of(conn: &mut AnyConn, chamber: &Id) -> QueryResult<Vec<Confirmation>> {
    chamber_evidence::table
        .filter(chamber_evidence::chamber_id.eq(chamber))
        .order(chamber_evidence::id.desc())
        .select(Confirmation::as_select())
        .load(conn)
}

/// Lets nobody else confirm a sheet of this chamber until the transaction ends: no index keeps periods apart.
pub fn hold(conn: &mut AnyConn, chamber: &Id) -> QueryResult<()> {
    let row = chambers::table.find(chamber);
    diesel::update(row).set(chambers::version.eq(chambers::version)).execute(conn).map(drop)
}

/// Another confirmed period of a chamber that has days of this one.
pub fn overlapping(conn: &mut AnyConn, chamber: &Id, period: Period) -> QueryResult<Option<Period>> {
    let found: Option<(NaiveDate, NaiveDate)> = chamber_evidence::table
        .filter(chamber_evidence::chamber_id.eq(chamber))
        .filter(chamber_evidence::from_on.le(period.to))
        .filter(chamber_evidence::to_on.ge(period.from))
        .filter(chamber_evidence::revoked_at.is_null())
        .order(chamber_evidence::from_on.asc())
        .select((chamber_evidence::from_on, chamber_evidence::to_on))
        .first(conn)
        .optional()?;
    Ok(found.map(|(from, to)| Period { from, to }))
}

/// The confirmed sheets of other chambers that have days of a period.
pub fn of_others(conn: &mut AnyConn, chamber: &Id, period: Period) -> QueryResult<Vec<(Id, Sheet)>> {
    let rows: Vec<(Id, Json<Sheet>)> = chamber_evidence::table
        .filter(chamber_evidence::chamber_id.ne(chamber))
        .filter(chamber_evidence::from_on.le(period.to))
        .filter(chamber_evidence::to_on.ge(period.from))
        .filter(chamber_evidence::revoked_at.is_null())
        .select((chamber_evidence::chamber_id, chamber_evidence::sheet))
        .load(conn)?;
    Ok(rows.into_iter().map(|(chamber, sheet)| (chamber, sheet.0)).collect())
}

/// The chambers with a confirmed sheet of exactly these days.
pub fn confirmed_chambers(conn: &mut AnyConn, period: Period) -> QueryResult<Vec<Id>> {
    chamber_evidence::table
        .filter(chamber_evidence::from_on.eq(period.from))
        .filter(chamber_evidence::to_on.eq(period.to))
        .filter(chamber_evidence::revoked_at.is_null())
        .select(chamber_evidence::chamber_id)
        .load(conn)
}

/// What a sheet says at its head; its rows are passed over.
#[derive(Debug, Deserialize)]
struct Head {
    figures: Figures,
}

/// The figures of these chambers as they were confirmed for exactly these days.
pub fn confirmed_figures(
    conn: &mut AnyConn,
    chambers: &[Id],
    period: Period,
) -> QueryResult<HashMap<Id, Figures>> {
    let rows: Vec<(Id, Json<Head>)> = chamber_evidence::table
        .filter(chamber_evidence::chamber_id.eq_any(chambers.to_vec()))
        .filter(chamber_evidence::from_on.eq(period.from))
        .filter(chamber_evidence::to_on.eq(period.to))
        .filter(chamber_evidence::revoked_at.is_null())
        .select((chamber_evidence::chamber_id, chamber_evidence::sheet))
        .load(conn)?;
    Ok(rows.into_iter().map(|(chamber, head)| (chamber, head.0.figures)).collect())
}

pub fn insert(conn: &mut AnyConn, confirmed: &Confirmed) -> QueryResult<()> {
    diesel::insert_into(chamber_evidence::table).values(confirmed.clone()).execute(conn).map(drop)
}

/// Takes a confirmation back; `false` when somebody was quicker.
pub fn revoke(conn: &mut AnyConn, id: &Id, reason: &str, by: &Id, now: NaiveDateTime) -> QueryResult<bool> {
    let row = chamber_evidence::table.find(id).filter(chamber_evidence::revoked_at.is_null());
    let changed = diesel::update(row)
        .set((
            chamber_evidence::revoked_by.eq(by),
            chamber_evidence::revoked_at.eq(now),
            chamber_evidence::revocation_reason.eq(reason),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Who was president on a day.
pub fn president_of(conn: &mut AnyConn, chamber: &Id, day: NaiveDate) -> QueryResult<Option<String>> {
    let held = held_on(conn, chamber, ChamberEntryKind::Officer, day)?;
    Ok(held.into_iter().find(|entry| entry.word.as_deref() == Some(PRESIDENT)).map(|entry| entry.name))
}

/// Codes of the labels that held on a day.
pub fn labels_of(conn: &mut AnyConn, chamber: &Id, day: NaiveDate) -> QueryResult<Vec<String>> {
    let held = held_on(conn, chamber, ChamberEntryKind::Recognition, day)?;
    let mut labels: Vec<String> = held.into_iter().filter_map(|entry| entry.word).collect();
    labels.sort();
    labels.dedup();
    Ok(labels)
}

/// Entries of a kind that held on a day, the latest first.
fn held_on(
    conn: &mut AnyConn,
    chamber: &Id,
    kind: ChamberEntryKind,
    day: NaiveDate,
) -> QueryResult<Vec<Entry>> {
    chamber_entries::table
        .filter(chamber_entries::chamber_id.eq(chamber))
        .filter(chamber_entries::kind.eq(kind))
        .filter(chamber_entries::from_on.is_null().or(chamber_entries::from_on.le(day)))
        .filter(chamber_entries::to_on.is_null().or(chamber_entries::to_on.ge(day)))
        .order((chamber_entries::from_on.desc(), chamber_entries::id.desc()))
        .select(Entry::as_select())
        .load(conn)
}

/// Whether a sheet of the chamber is confirmed, of whatever period.
pub fn is_confirmed(conn: &mut AnyConn, chamber: &Id) -> QueryResult<bool> {
    let holds = chamber_evidence::table
        .filter(chamber_evidence::chamber_id.eq(chamber))
        .filter(chamber_evidence::revoked_at.is_null())
        .select(chamber_evidence::id);
    diesel::select(diesel::dsl::exists(holds)).get_result(conn)
}

/// Sheets that were revoked stay on record, with the chamber that theirs became.
pub fn move_revoked(conn: &mut AnyConn, from: &Id, into: &Id) -> QueryResult<()> {
    let revoked = chamber_evidence::table
        .filter(chamber_evidence::chamber_id.eq(from))
        .filter(chamber_evidence::revoked_at.is_not_null());
    diesel::update(revoked).set(chamber_evidence::chamber_id.eq(into)).execute(conn).map(drop)
}
