//! One-time set-up addresses, by the hash of their secret.

use crate::db::AnyConn;
use crate::schema::set_up_links;
use chrono::NaiveDateTime;
use diesel::prelude::*;

pub fn insert(
    conn: &mut AnyConn,
    token_hash: &str,
    now: NaiveDateTime,
    expires_at: NaiveDateTime,
) -> QueryResult<()> {
    diesel::insert_into(set_up_links::table)
        .values((
            set_up_links::token_hash.eq(token_hash),
            set_up_links::created_at.eq(now),
            set_up_links::expires_at.eq(expires_at),
        ))
        .execute(conn)
        .map(drop)
}

pub fn is_live(conn: &mut AnyConn, token_hash: &str, now: NaiveDateTime) -> QueryResult<bool> {
    let live = set_up_links::table.find(token_hash).filter(set_up_links::expires_at.gt(now));
    diesel::select(diesel::dsl::exists(live.select(set_up_links::token_hash))).get_result(conn)
}

/// Takes a live link away; `false` when it is not there, so that of two users of it one wins.
pub fn take(conn: &mut AnyConn, token_hash: &str, now: NaiveDateTime) -> QueryResult<bool> {
    let live = set_up_links::table.find(token_hash).filter(set_up_links::expires_at.gt(now));
    Ok(diesel::delete(live).execute(conn)? == 1)
}

pub fn delete_all(conn: &mut AnyConn) -> QueryResult<usize> {
    diesel::delete(set_up_links::table).execute(conn)
}

pub fn delete_expired(conn: &mut AnyConn, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::delete(set_up_links::table.filter(set_up_links::expires_at.le(now))).execute(conn)
}
