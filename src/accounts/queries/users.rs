//! Users and their passwords.

use crate::accounts::model::{Role, User};
use crate::accounts::password::REMEMBERED;
use crate::db::{AnyConn, Id};
use crate::schema::{credentials, past_passwords, users};
use chrono::NaiveDateTime;
use diesel::prelude::*;

pub fn any_exists(conn: &mut AnyConn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(users::table.select(users::id))).get_result(conn)
}

pub fn find(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<User>> {
    users::table.find(id).select(User::as_select()).first(conn).optional()
}

/// Usernames are kept and compared in lower case.
pub fn find_by_username(conn: &mut AnyConn, username: &str) -> QueryResult<Option<User>> {
    users::table
        .filter(users::username.eq(username.trim().to_lowercase()))
        .select(User::as_select())
        .first(conn)
        .optional()
}

/// All users, by name. A bureau has hundreds, not hundreds of thousands.
pub fn all(conn: &mut AnyConn) -> QueryResult<Vec<User>> {
    users::table.order(users::username.asc()).select(User::as_select()).load(conn)
}

/// Active users of some roles, for choosing an officer or a leader.
pub fn active_with_roles(conn: &mut AnyConn, roles: &[Role]) -> QueryResult<Vec<User>> {
    users::table
        .filter(users::active.eq(true))
        .filter(users::role.eq_any(roles.to_vec()))
        .order(users::display_name.asc())
        .select(User::as_select())
        .load(conn)
}

/// (id, username, display name) of some users, for showing who did what.
pub fn names(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<(Id, String, String)>> {
    users::table
        .filter(users::id.eq_any(ids.to_vec()))
        .select((users::id, users::username, users::display_name))
        .load(conn)
}

pub fn insert(conn: &mut AnyConn, user: &User) -> QueryResult<()> {
    diesel::insert_into(users::table).values(user.clone()).execute(conn).map(drop)
}

/// Writes all of `user` over its row if nobody changed it since; `false` when somebody did.
pub fn update(conn: &mut AnyConn, user: &User) -> QueryResult<bool> {
    let changed = diesel::update(users::table.find(&user.id).filter(users::version.eq(user.version)))
        .set((
            users::display_name.eq(&user.display_name),
            users::role.eq(user.role),
            users::region.eq(&user.region),
            users::chamber_id.eq(&user.chamber_id),
            users::phone_encrypted.eq(&user.phone_encrypted),
            users::email.eq(&user.email),
            users::locale.eq(user.locale),
            users::active.eq(user.active),
            users::version.eq(user.version + 1),
            users::updated_at.eq(user.updated_at),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// (hash, must be changed) of a user's password.
pub fn credentials(conn: &mut AnyConn, user: &Id) -> QueryResult<Option<(String, bool)>> {
    credentials::table
        .find(user)
        .select((credentials::password_hash, credentials::must_change))
        .first(conn)
        .optional()
}

/// The hashes of the present and the last passwords.
pub fn remembered_passwords(conn: &mut AnyConn, user: &Id) -> QueryResult<Vec<String>> {
    past_passwords::table
        .filter(past_passwords::user_id.eq(user))
        .order(past_passwords::id.desc())
        .limit(REMEMBERED as i64)
        .select(past_passwords::password_hash)
        .load(conn)
}

/// Sets a password; `must_change` when somebody else chose it.
pub fn set_password(
    conn: &mut AnyConn,
    user: &Id,
    hash: &str,
    must_change: bool,
    now: NaiveDateTime,
) -> QueryResult<()> {
    diesel::delete(credentials::table.find(user)).execute(conn)?;
    diesel::insert_into(credentials::table)
        .values((
            credentials::user_id.eq(user),
            credentials::password_hash.eq(hash),
            credentials::must_change.eq(must_change),
            credentials::changed_at.eq(now),
        ))
        .execute(conn)?;
    diesel::insert_into(past_passwords::table)
        .values((
            past_passwords::id.eq(Id::generate()),
            past_passwords::user_id.eq(user),
            past_passwords::password_hash.eq(hash),
        ))
        .execute(conn)?;
    let kept = past_passwords::table
        .filter(past_passwords::user_id.eq(user))
        .order(past_passwords::id.desc())
        .limit(REMEMBERED as i64)
        .select(past_passwords::id)
        .load::<Id>(conn)?;
    diesel::delete(past_passwords::table)
        .filter(past_passwords::user_id.eq(user))
        .filter(past_passwords::id.ne_all(kept))
        .execute(conn)
        .map(drop)
}
