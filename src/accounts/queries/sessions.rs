//! Sessions of browsers: in the database, so that they can be revoked and survive a restart.

use crate::accounts::model::User;
use crate::accounts::queries::users::Credentials;
use crate::db::{AnyConn, Id};
use crate::schema::{credentials, sessions, users};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// A signed-in browser. The cookie's secret is not here, only its hash.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    pub id: Id,
    pub token_hash: String,
    pub user_id: Id,
    /// The phone's name as its owner gave it; none at a desk.
    pub device_name: Option<String>,
    pub address: String,
    pub user_agent: String,
    pub created_at: NaiveDateTime,
    pub last_seen_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}

pub fn insert(conn: &mut AnyConn, session: &Session) -> QueryResult<()> {
    diesel::insert_into(sessions::table).values(session.clone()).execute(conn).map(drop)
}

/// The session of a cookie's hash with its user and his password's state, while both may still act;
/// idleness is judged by the caller.
pub fn find_live(
    conn: &mut AnyConn,
    token_hash: &str,
    now: NaiveDateTime,
) -> QueryResult<Option<(Session, User, Credentials)>> {
    sessions::table
        .inner_join(users::table.inner_join(credentials::table))
        .filter(sessions::token_hash.eq(token_hash))
        .filter(sessions::expires_at.gt(now))
        .filter(users::active.eq(true))
        .select((Session::as_select(), User::as_select(), Credentials::as_select()))
        .first(conn)
        .optional()
}

/// A user's sessions, the latest first.
pub fn of_user(conn: &mut AnyConn, user: &Id, now: NaiveDateTime) -> QueryResult<Vec<Session>> {
    sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::expires_at.gt(now))
        .order(sessions::last_seen_at.desc())
        .select(Session::as_select())
        .load(conn)
}

pub fn touch(conn: &mut AnyConn, id: &Id, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(sessions::table.find(id)).set(sessions::last_seen_at.eq(now)).execute(conn).map(drop)
}

pub fn delete(conn: &mut AnyConn, id: &Id) -> QueryResult<()> {
    diesel::delete(sessions::table.find(id)).execute(conn).map(drop)
}

/// Ends the session of a cookie's hash, whoever it was.
pub fn delete_by_hash(conn: &mut AnyConn, token_hash: &str) -> QueryResult<()> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(token_hash))).execute(conn).map(drop)
}

/// Ends one of a user's own sessions; `false` when it is not his.
pub fn delete_of_user(conn: &mut AnyConn, user: &Id, id: &Id) -> QueryResult<bool> {
    let ended = diesel::delete(sessions::table.find(id).filter(sessions::user_id.eq(user))).execute(conn)?;
    Ok(ended == 1)
}

/// Ends all of a user's sessions, but for the one he acts in.
pub fn delete_others(conn: &mut AnyConn, user: &Id, except: Option<&Id>) -> QueryResult<()> {
    let of_user = diesel::delete(sessions::table.filter(sessions::user_id.eq(user)));
    match except {
        Some(own) => of_user.filter(sessions::id.ne(own)).execute(conn).map(drop),
        None => of_user.execute(conn).map(drop),
    }
}

pub fn delete_expired(conn: &mut AnyConn, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::expires_at.le(now))).execute(conn)
}
