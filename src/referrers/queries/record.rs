//! One referrer: finding it, writing it.

use super::visible_to;
use crate::accounts::Actor;
use crate::chambers::model::SourceStatus;
use crate::db::{AnyConn, Id, series};
use crate::jobs::outbox::{self, Topic};
use crate::referrers::model::{Referrer, ReferrerKind};
use crate::registers::naming;
use crate::schema::{filings, leads, projects, referrers};
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

/// By its name, as a form or a ledger writes it: to the letter, or else but for width, case and spaces; the oldest where
/// several bear it.
pub fn find_by_name(conn: &mut AnyConn, name: &str) -> QueryResult<Option<Referrer>> {
    if let Some(found) = oldest_of(conn, vec![name.trim().to_owned()])? {
        return Ok(Some(found));
    }
    // Only names are read: their index answers.
    let near = referrers::table.filter(referrers::name.like(naming::pattern(name)));
    let same = naming::same(name, near.select(referrers::name).load(conn)?);
    if same.is_empty() { Ok(None) } else { oldest_of(conn, same) }
}

fn oldest_of(conn: &mut AnyConn, names: Vec<String>) -> QueryResult<Option<Referrer>> {
    referrers::table
        .filter(referrers::name.eq_any(names))
        .order(referrers::id.asc())
        .select(Referrer::as_select())
        .first(conn)
        .optional()
}

/// Those with these ids, in no order.
pub fn of_ids(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Referrer>> {
    referrers::table.filter(referrers::id.eq_any(ids.to_vec())).select(Referrer::as_select()).load(conn)
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
    diesel::insert_into(referrers::table).values(referrer.clone()).execute(conn)?;
    outbox::enqueue(conn, Topic::RecordIndex, &referrer.id)
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
    outbox::enqueue(conn, Topic::RecordIndex, &referrer.id)?;
    Ok((changed == 1).then_some(referrer))
}

/// Removes the row if nobody changed it since; `false` when somebody did.
pub fn delete(conn: &mut AnyConn, referrer: &Referrer) -> QueryResult<bool> {
    let row = referrers::table.find(&referrer.id).filter(referrers::version.eq(referrer.version));
    outbox::enqueue(conn, Topic::RecordIndex, &referrer.id)?;
    Ok(diesel::delete(row).execute(conn)? == 1)
}

/// Whether a lead, project or filing names it; deleted ones too: they can come back.
pub fn is_named(conn: &mut AnyConn, id: &Id) -> QueryResult<bool> {
    let of_leads = leads::table.filter(leads::source_referrer_id.eq(id)).select(leads::id);
    let of_projects = projects::table.filter(projects::source_referrer_id.eq(id)).select(projects::id);
    let of_filings = filings::table.filter(filings::referrer_id.eq(id)).select(filings::id);
    Ok(diesel::select(diesel::dsl::exists(of_leads)).get_result(conn)?
        || diesel::select(diesel::dsl::exists(of_projects)).get_result(conn)?
        || diesel::select(diesel::dsl::exists(of_filings)).get_result(conn)?)
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
    let code = next_code(conn)?;
    let referrer = Referrer {
        status: SourceStatus::Review,
        ..Referrer::named(code, name.trim().to_owned(), kind, Some(by.clone()), now)
    };
    insert(conn, &referrer)?;
    Ok(referrer)
}

/// Another referrer with a number of this one: which field, its id and code.
pub type Alike = (&'static str, Id, String);

/// The first other referrer with the same identity number, account or credit code, each.
pub fn alike(conn: &mut AnyConn, referrer: &Referrer) -> QueryResult<Vec<Alike>> {
    let mut found = Vec::new();
    // One query a field: no index serves an OR.
    macro_rules! same {
        ($field:literal, $column:expr, $value:expr) => {
            if let Some(value) = $value {
                let first: Option<(Id, String)> = referrers::table
                    .filter($column.eq(value))
                    .filter(referrers::id.ne(&referrer.id))
                    .order(referrers::id.asc())
                    .select((referrers::id, referrers::code))
                    .first(conn)
                    .optional()?;
                found.extend(first.map(|(id, code)| ($field, id, code)));
            }
        };
    }
    same!("identity_number", referrers::identity_hash, &referrer.identity_hash);
    same!("uscc", referrers::uscc, &referrer.uscc);
    same!("bank_account", referrers::account_hash, &referrer.account_hash);
    Ok(found)
}
