//! Users and their passwords.

use crate::accounts::model::{Locale, Role, User};
use crate::accounts::password::REMEMBERED;
use crate::db::dialect::{Both, contains_pattern, lower};
use crate::db::page::Order;
use crate::db::{AnyConn, Id, MultiBackend};
use crate::schema::{credentials, flags, past_passwords, sessions, users};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashMap;

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

/// By username, or else by display name: what a person types who looks for somebody.
pub fn find_named(conn: &mut AnyConn, name: &str) -> QueryResult<Option<User>> {
    if let Some(user) = find_by_username(conn, name)? {
        return Ok(Some(user));
    }
    users::table
        .filter(users::display_name.eq(name.trim()))
        .order(users::id.asc())
        .select(User::as_select())
        .first(conn)
        .optional()
}

/// All users, by name. A bureau has hundreds, not hundreds of thousands.
pub fn all(conn: &mut AnyConn) -> QueryResult<Vec<User>> {
    users::table.order(users::username.asc()).select(User::as_select()).load(conn)
}

/// What part of the users is wanted.
#[derive(Debug, Default)]
pub struct UserFilter {
    /// Part of the name or the username.
    pub q: Option<String>,
    pub role: Option<Role>,
    pub active: Option<bool>,
}

fn filtered(filter: &UserFilter) -> users::BoxedQuery<'static, MultiBackend> {
    let mut query = users::table.into_boxed::<MultiBackend>();
    if let Some(q) = &filter.q {
        let pattern = contains_pattern(q);
        query = query.filter(
            lower(users::display_name)
                .like(pattern.clone())
                .escape('\\')
                .or(users::username.like(pattern).escape('\\')),
        );
    }
    if let Some(role) = filter.role {
        query = query.filter(users::role.eq(role));
    }
    if let Some(active) = filter.active {
        query = query.filter(users::active.eq(active));
    }
    query
}

/// Users by username in either order, after one of them. One row more than `limit`.
pub fn list(
    conn: &mut AnyConn,
    filter: &UserFilter,
    order: Order,
    after: Option<&str>,
    limit: i64,
) -> QueryResult<Vec<User>> {
    let mut query = filtered(filter);
    if let Some(username) = after.map(str::to_owned) {
        query = if order.descending {
            query.filter(users::username.lt(username))
        } else {
            query.filter(users::username.gt(username))
        };
    }
    query = if order.descending {
        query.order(users::username.desc())
    } else {
        query.order(users::username.asc())
    };
    query.limit(limit + 1).select(User::as_select()).load(conn)
}

pub fn count(conn: &mut AnyConn, filter: &UserFilter) -> QueryResult<i64> {
    filtered(filter).count().get_result(conn)
}

/// When each of these users was last seen in a browser session that is still there.
pub fn last_seen(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<HashMap<Id, NaiveDateTime>> {
    let seen: Vec<(Id, Option<NaiveDateTime>)> = sessions::table
        .filter(sessions::user_id.eq_any(ids.to_vec()))
        .group_by(sessions::user_id)
        .select((sessions::user_id, diesel::dsl::max(sessions::last_seen_at)))
        .load(conn)?;
    Ok(seen.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// How many administrators could still sign in without this one. Other changes of administrators wait
/// until this transaction ends: two of them must not each count on the other.
pub fn other_active_admins(conn: &mut AnyConn, user: &Id, now: NaiveDateTime) -> QueryResult<i64> {
    let row = (flags::name.eq("administrators"), flags::value.eq(""), flags::updated_at.eq(now));
    Both(
        diesel::insert_into(flags::table)
            .values(row)
            .on_conflict(flags::name)
            .do_update()
            .set(flags::updated_at.eq(now)),
    )
    .execute(conn)?;
    users::table
        .filter(users::role.eq(Role::Admin))
        .filter(users::active.eq(true))
        .filter(users::id.ne(user))
        .count()
        .get_result(conn)
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

/// The id that a list's filter names: an id as it is, or a user's name.
pub fn id_of(conn: &mut AnyConn, named: &str) -> QueryResult<Option<Id>> {
    match named.parse::<Id>() {
        Ok(id) => Ok(Some(id)),
        Err(_) => Ok(find_by_username(conn, named)?.map(|user| user.id)),
    }
}

/// (id, username, display name) of some users, for showing who did what.
pub fn names(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<(Id, String, String)>> {
    users::table
        .filter(users::id.eq_any(ids.to_vec()))
        .select((users::id, users::username, users::display_name))
        .load(conn)
}

/// The roles of these users.
pub fn roles_of(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<(Id, Role)>> {
    users::table.filter(users::id.eq_any(ids.to_vec())).select((users::id, users::role)).load(conn)
}

/// The chambers whose liaisons some users are.
pub fn chambers_of(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<(Id, Option<Id>)>> {
    users::table.filter(users::id.eq_any(ids.to_vec())).select((users::id, users::chamber_id)).load(conn)
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

/// A user's password as it is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = credentials)]
pub struct Credentials {
    pub password_hash: String,
    /// Somebody else chose it.
    pub must_change: bool,
    pub changed_at: NaiveDateTime,
}

pub fn credentials(conn: &mut AnyConn, user: &Id) -> QueryResult<Option<Credentials>> {
    credentials::table.find(user).select(Credentials::as_select()).first(conn).optional()
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

/// The language a user reads; his record is another version then.
pub fn set_locale(conn: &mut AnyConn, user: &Id, locale: Locale, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(users::table.find(user).filter(users::locale.ne(locale)))
        .set((users::locale.eq(locale), users::version.eq(users::version + 1), users::updated_at.eq(now)))
        .execute(conn)
        .map(drop)
}
