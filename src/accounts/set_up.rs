//! The first account: while there are no users, whoever holds the printed address may make it.

use crate::accounts::queries::{set_up_links, users};
use crate::confidential::{random_secret, secret_hash};
use crate::db::AnyConn;
use crate::error::AppError;
use chrono::{Duration, NaiveDateTime};

/// With no users yet, a new link's secret; it holds for 24 hours, and only its hash is kept.
pub fn link_if_needed(conn: &mut AnyConn, now: NaiveDateTime) -> Result<Option<String>, AppError> {
    if users::any_exists(conn)? {
        return Ok(None);
    }
    let secret = random_secret();
    set_up_links::insert(conn, &secret_hash(&secret), now, now + Duration::hours(24))?;
    Ok(Some(secret))
}

/// Whether a link's secret still opens the door: it is live, and there is nobody yet.
pub fn is_open(conn: &mut AnyConn, secret: &str, now: NaiveDateTime) -> Result<bool, AppError> {
    Ok(set_up_links::is_live(conn, &secret_hash(secret), now)? && !users::any_exists(conn)?)
}

/// Uses a link up, inside the transaction that makes the account. 404 when it opens nothing.
pub fn use_up(conn: &mut AnyConn, secret: &str, now: NaiveDateTime) -> Result<(), AppError> {
    if users::any_exists(conn)? || !set_up_links::take(conn, &secret_hash(secret), now)? {
        return Err(AppError::NotFound);
    }
    set_up_links::delete_all(conn)?;
    Ok(())
}
