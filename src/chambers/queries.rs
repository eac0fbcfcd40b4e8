//! All SQL of chambers.

use crate::chambers::model::{Chamber, ChamberKind, SourceStatus};
use crate::db::{AnyConn, Id, series};
use crate::schema::chambers;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// By id or code, as requests name chambers.
pub fn find(conn: &mut AnyConn, id_or_code: &str) -> QueryResult<Option<Chamber>> {
    chambers::table
        .filter(chambers::id.eq(id_or_code).or(chambers::code.eq(id_or_code)))
        .select(Chamber::as_select())
        .first(conn)
        .optional()
}

/// By its exact name, as a form or a ledger writes it.
pub fn find_by_name(conn: &mut AnyConn, name: &str) -> QueryResult<Option<Chamber>> {
    chambers::table.filter(chambers::name.eq(name.trim())).select(Chamber::as_select()).first(conn).optional()
}

/// Those with these ids, in no order.
pub fn of_ids(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Chamber>> {
    chambers::table.filter(chambers::id.eq_any(ids.to_vec())).select(Chamber::as_select()).load(conn)
}

/// (id, name) of all that can be chosen, by name.
pub fn choices(conn: &mut AnyConn) -> QueryResult<Vec<(Id, String)>> {
    chambers::table
        .filter(chambers::status.ne(SourceStatus::Inactive))
        .order(chambers::name.asc())
        .select((chambers::id, chambers::name))
        .load(conn)
}

pub fn insert(conn: &mut AnyConn, chamber: &Chamber) -> QueryResult<()> {
    diesel::insert_into(chambers::table).values(chamber.clone()).execute(conn).map(drop)
}

/// The next code, such as `SH-0007`.
pub fn next_code(conn: &mut AnyConn) -> QueryResult<String> {
    Ok(format!("SH-{:04}", series::next(conn, "chamber")?))
}

/// A chamber that a ledger names and nobody knows yet.
pub fn insert_for_review(
    conn: &mut AnyConn,
    name: &str,
    by: &Id,
    now: NaiveDateTime,
) -> QueryResult<Chamber> {
    let chamber = Chamber {
        id: Id::generate(),
        code: next_code(conn)?,
        name: name.trim().to_owned(),
        kind: ChamberKind::Local,
        region: None,
        contact_person: None,
        phone_encrypted: None,
        note: None,
        status: SourceStatus::Review,
        version: 1,
        created_by: Some(by.clone()),
        created_at: now,
        updated_at: now,
    };
    insert(conn, &chamber)?;
    Ok(chamber)
}
