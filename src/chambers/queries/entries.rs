//! What is entered of chambers.

use crate::chambers::entries::{ChamberEntryKind, Entry, rules};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::schema::{chamber_entries, users};
use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::HashMap;

/// The entries of a chamber, those that ended too, in the order in which they were added.
pub fn entries_of(conn: &mut AnyConn, chamber: &Id) -> QueryResult<Vec<Entry>> {
    chamber_entries::table
        .filter(chamber_entries::chamber_id.eq(chamber))
        .order(chamber_entries::id.asc())
        .select(Entry::as_select())
        .load(conn)
}

/// What is entered of these chambers, those that ended too, in the order in which it was entered: their members, which may
/// be many, or all but these.
pub fn entries_of_all(conn: &mut AnyConn, chambers: &[Id], members: bool) -> QueryResult<Vec<Entry>> {
    let of_all = chamber_entries::table
        .filter(chamber_entries::chamber_id.eq_any(chambers.to_vec()))
        .order(chamber_entries::id.asc())
        .select(Entry::as_select())
        .into_boxed::<MultiBackend>();
    match members {
        true => of_all.filter(chamber_entries::kind.eq(ChamberEntryKind::Member)).load(conn),
        false => of_all.filter(chamber_entries::kind.ne(ChamberEntryKind::Member)).load(conn),
    }
}

/// How many members each of these chambers has on a day.
pub fn members_of(conn: &mut AnyConn, chambers: &[Id], day: NaiveDate) -> QueryResult<HashMap<Id, i64>> {
    let counted: Vec<(Id, i64)> = chamber_entries::table
        .filter(chamber_entries::chamber_id.eq_any(chambers.to_vec()))
        .filter(chamber_entries::kind.eq(ChamberEntryKind::Member))
        .filter(chamber_entries::from_on.is_null().or(chamber_entries::from_on.le(day)))
        .filter(chamber_entries::to_on.is_null().or(chamber_entries::to_on.ge(day)))
        .group_by(chamber_entries::chamber_id)
        .select((chamber_entries::chamber_id, count_star()))
        .load(conn)?;
    Ok(counted.into_iter().collect())
}

/// An entry of this chamber.
pub fn entry(conn: &mut AnyConn, chamber: &Id, id: &Id) -> QueryResult<Option<Entry>> {
    chamber_entries::table
        .find(id)
        .filter(chamber_entries::chamber_id.eq(chamber))
        .select(Entry::as_select())
        .first(conn)
        .optional()
}

/// An entry, whosever it is: who asks looks for its chamber in scope.
pub fn any_entry(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<Entry>> {
    chamber_entries::table.find(id).select(Entry::as_select()).first(conn).optional()
}

/// The kinds of which something is to be done before they end.
pub fn expiring_kinds() -> Vec<ChamberEntryKind> {
    ChamberEntryKind::ALL.iter().copied().filter(|kind| rules::expires(*kind)).collect()
}

/// How many entries of each of these chambers end from … to …, of the kinds that expire.
pub fn expiring_of(
    conn: &mut AnyConn,
    chambers: &[Id],
    (from, to): (NaiveDate, NaiveDate),
) -> QueryResult<HashMap<Id, i64>> {
    let counted: Vec<(Id, i64)> = chamber_entries::table
        .filter(chamber_entries::chamber_id.eq_any(chambers.to_vec()))
        .filter(chamber_entries::kind.eq_any(expiring_kinds()))
        .filter(chamber_entries::to_on.between(from, to))
        .group_by(chamber_entries::chamber_id)
        .select((chamber_entries::chamber_id, count_star()))
        .load(conn)?;
    Ok(counted.into_iter().collect())
}

pub fn insert_entry(conn: &mut AnyConn, entry: &Entry) -> QueryResult<()> {
    diesel::insert_into(chamber_entries::table).values(entry.clone()).execute(conn).map(drop)
}

/// Writes the entry over its row. Callers hold the chamber's version, so that nobody's entry is lost.
pub fn update_entry(conn: &mut AnyConn, entry: &Entry) -> QueryResult<()> {
    diesel::update(chamber_entries::table.find(&entry.id)).set(entry.clone()).execute(conn).map(drop)
}

pub fn delete_entry(conn: &mut AnyConn, entry: &Entry) -> QueryResult<()> {
    diesel::delete(chamber_entries::table.find(&entry.id)).execute(conn).map(drop)
}

/// Entries of one chamber, made those of another.
pub fn move_entries(conn: &mut AnyConn, from: &Id, to: &Id) -> QueryResult<usize> {
    diesel::update(chamber_entries::table.filter(chamber_entries::chamber_id.eq(from)))
        .set(chamber_entries::chamber_id.eq(to))
        .execute(conn)
}

/// (display name, username) of the liaisons of a chamber who can sign in.
pub fn liaisons_of(conn: &mut AnyConn, chamber: &Id) -> QueryResult<Vec<(String, String)>> {
    users::table
        .filter(users::chamber_id.eq(chamber))
        .filter(users::active.eq(true))
        .order((users::display_name.asc(), users::id.asc()))
        .select((users::display_name, users::username))
        .load(conn)
}
