//! All SQL of referrers.

use crate::chambers::model::SourceStatus;
use crate::db::{AnyConn, Id, series};
use crate::referrers::model::{Referrer, ReferrerKind};
use crate::schema::referrers;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// By id or code, as requests name referrers.
pub fn find(conn: &mut AnyConn, id_or_code: &str) -> QueryResult<Option<Referrer>> {
    referrers::table
        .filter(referrers::id.eq(id_or_code).or(referrers::code.eq(id_or_code)))
        .select(Referrer::as_select())
        .first(conn)
        .optional()
}

/// By its exact name, as a form or a ledger writes it.
pub fn find_by_name(conn: &mut AnyConn, name: &str) -> QueryResult<Option<Referrer>> {
    referrers::table
        .filter(referrers::name.eq(name.trim()))
        .select(Referrer::as_select())
        .first(conn)
        .optional()
}

/// (id, name) of all that can be chosen, by name.
pub fn choices(conn: &mut AnyConn) -> QueryResult<Vec<(Id, String)>> {
    referrers::table
        .filter(referrers::status.ne(SourceStatus::Inactive))
        .order(referrers::name.asc())
        .select((referrers::id, referrers::name))
        .load(conn)
}

pub fn insert(conn: &mut AnyConn, referrer: &Referrer) -> QueryResult<()> {
    diesel::insert_into(referrers::table).values(referrer.clone()).execute(conn).map(drop)
}

/// The next code, such as `YJ-0007`.
pub fn next_code(conn: &mut AnyConn) -> QueryResult<String> {
    Ok(format!("YJ-{:04}", series::next(conn, "referrer")?))
}

/// A referrer that a ledger names and nobody knows yet.
pub fn insert_for_review(
    conn: &mut AnyConn,
    name: &str,
    kind: ReferrerKind,
    by: &Id,
    now: NaiveDateTime,
) -> QueryResult<Referrer> {
    let referrer = Referrer {
        id: Id::generate(),
        code: next_code(conn)?,
        name: name.trim().to_owned(),
        kind,
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
    insert(conn, &referrer)?;
    Ok(referrer)
}
