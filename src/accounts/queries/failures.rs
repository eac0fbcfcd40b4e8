//! Failed sign-ins, counted by account and address; kept in the database, so that two processes count together.

use crate::accounts::sign_in;
use crate::db::AnyConn;
use crate::db::dialect::Both;
use crate::schema::sign_in_failures;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// Until when this account must wait at this address.
pub fn blocked_until(
    conn: &mut AnyConn,
    username: &str,
    address: &str,
    now: NaiveDateTime,
) -> QueryResult<Option<NaiveDateTime>> {
    let until: Option<Option<NaiveDateTime>> = sign_in_failures::table
        .find((username, address))
        .select(sign_in_failures::blocked_until)
        .first(conn)
        .optional()?;
    Ok(until.flatten().filter(|until| *until > now))
}

/// Failures of any account from this address within the last quarter of an hour.
pub fn recent_from(conn: &mut AnyConn, address: &str, now: NaiveDateTime) -> QueryResult<i64> {
    let failures: Vec<i64> = sign_in_failures::table
        .filter(sign_in_failures::address.eq(address))
        .filter(sign_in_failures::last_at.gt(now - chrono::Duration::minutes(15)))
        .select(sign_in_failures::failures)
        .load(conn)?;
    Ok(failures.iter().sum())
}

/// Counts one more failure and returns until when the pair must wait. Failures at the same time all count.
pub fn record(
    conn: &mut AnyConn,
    username: &str,
    address: &str,
    now: NaiveDateTime,
) -> QueryResult<Option<NaiveDateTime>> {
    let pair = sign_in_failures::table.find((username, address));
    diesel::delete(pair.filter(sign_in_failures::last_at.le(sign_in::forget_before(now)))).execute(conn)?;
    Both(
        diesel::insert_into(sign_in_failures::table)
            .values((
                sign_in_failures::username.eq(username),
                sign_in_failures::address.eq(address),
                sign_in_failures::failures.eq(1),
                sign_in_failures::last_at.eq(now),
            ))
            .on_conflict((sign_in_failures::username, sign_in_failures::address))
            .do_update()
            .set((
                sign_in_failures::failures.eq(sign_in_failures::failures + 1),
                sign_in_failures::last_at.eq(now),
            )),
    )
    .execute(conn)?;
    let failures: i64 = pair.select(sign_in_failures::failures).first(conn)?;
    let until = sign_in::wait_after(failures).map(|wait| now + wait);
    diesel::update(pair).set(sign_in_failures::blocked_until.eq(until)).execute(conn)?;
    Ok(until)
}

pub fn clear(conn: &mut AnyConn, username: &str, address: &str) -> QueryResult<()> {
    diesel::delete(sign_in_failures::table.find((username, address))).execute(conn).map(drop)
}

pub fn delete_old(conn: &mut AnyConn, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::delete(sign_in_failures::table.filter(sign_in_failures::last_at.lt(sign_in::forget_before(now))))
        .execute(conn)
}
