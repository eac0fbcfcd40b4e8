//! One referrer: finding it, writing it.

use super::visible_to;
use crate::accounts::Actor;
use crate::chambers::model::SourceStatus;
use crate::db::{AnyConn, Id, series};
use crate::referrers::model::{Referrer, ReferrerKind};
use crate::schema::{leads, projects, referrers};
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

/// By id or code, if it exists for the actor.
pub fn find_visible(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> QueryResult<Option<Referrer>> {
    visible_to(conn, actor)?
        .filter(referrers::id.eq(id_or_code.to_owned()).or(referrers::code.eq(id_or_code.to_owned())))
        .select(Referrer::as_select())
        .first(conn)
        .optional()
}

/// By its exact name, the oldest where several bear it, as a form or a ledger writes it.
pub fn find_by_name(conn: &mut AnyConn, name: &str) -> QueryResult<Option<Referrer>> {
    referrers::table
        .filter(referrers::name.eq(name.trim()))
        .order(referrers::id.asc())
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

/// Writes the referrer over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(
    conn: &mut AnyConn,
    mut referrer: Referrer,
    now: NaiveDateTime,
) -> QueryResult<Option<Referrer>> {
    let read = referrer.version;
    referrer.version = read + 1;
    referrer.updated_at = now;
    let row = referrers::table.find(referrer.id.clone()).filter(referrers::version.eq(read));
    let changed = diesel::update(row).set(referrer.clone()).execute(conn)?;
    Ok((changed == 1).then_some(referrer))
}

/// Removes the row if nobody changed it since; `false` when somebody did.
pub fn delete(conn: &mut AnyConn, referrer: &Referrer) -> QueryResult<bool> {
    let row = referrers::table.find(&referrer.id).filter(referrers::version.eq(referrer.version));
    Ok(diesel::delete(row).execute(conn)? == 1)
}

/// Whether a lead or project names it; deleted ones too: they can come back.
pub fn is_named(conn: &mut AnyConn, id: &Id) -> QueryResult<bool> {
    let of_leads = leads::table.filter(leads::source_referrer_id.eq(id)).select(leads::id);
    let of_projects = projects::table.filter(projects::source_referrer_id.eq(id)).select(projects::id);
    Ok(diesel::select(diesel::dsl::exists(of_leads)).get_result(conn)?
        || diesel::select(diesel::dsl::exists(of_projects)).get_result(conn)?)
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
