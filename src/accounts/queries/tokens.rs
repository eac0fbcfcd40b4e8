//! API tokens: named, expiring, revocable; only hashes are kept.

use crate::accounts::model::User;
use crate::db::page::{Cursor, Order, PageOf};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::schema::{api_tokens, users};
use chrono::NaiveDateTime;
use diesel::prelude::*;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_tokens)]
pub struct ApiToken {
    pub id: Id,
    pub user_id: Id,
    pub name: String,
    pub token_hash: String,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub last_used_at: Option<NaiveDateTime>,
    pub revoked_at: Option<NaiveDateTime>,
}

pub fn insert(conn: &mut AnyConn, token: &ApiToken) -> QueryResult<()> {
    diesel::insert_into(api_tokens::table).values(token.clone()).execute(conn).map(drop)
}

/// The token of a hash with its user, while both may still act.
pub fn find_live(
    conn: &mut AnyConn,
    token_hash: &str,
    now: NaiveDateTime,
) -> QueryResult<Option<(ApiToken, User)>> {
    api_tokens::table
        .inner_join(users::table)
        .filter(api_tokens::token_hash.eq(token_hash))
        .filter(api_tokens::expires_at.gt(now))
        .filter(api_tokens::revoked_at.is_null())
        .filter(users::active.eq(true))
        .select((ApiToken::as_select(), User::as_select()))
        .first(conn)
        .optional()
}

/// A user's tokens, the latest first, revoked and expired ones too.
pub fn of_user(conn: &mut AnyConn, user: &Id) -> QueryResult<Vec<ApiToken>> {
    api_tokens::table
        .filter(api_tokens::user_id.eq(user))
        .order(api_tokens::created_at.desc())
        .select(ApiToken::as_select())
        .load(conn)
}

/// A user's tokens that are not revoked, by the time of their making: ids are made in that order.
pub fn page(
    conn: &mut AnyConn,
    user: &Id,
    order: Order,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<PageOf<ApiToken>> {
    let mut query = unrevoked(user);
    if let Some(cursor) = after {
        let id = cursor.id.clone();
        query = if order.descending {
            query.filter(api_tokens::id.lt(id))
        } else {
            query.filter(api_tokens::id.gt(id))
        };
    }
    query =
        if order.descending { query.order(api_tokens::id.desc()) } else { query.order(api_tokens::id.asc()) };
    let rows = query.limit(limit + 1).select(ApiToken::as_select()).load(conn)?;
    Ok(PageOf::from_rows(rows, limit, |token: &ApiToken| order.at(&token.id)))
}

/// How many of a user's tokens are not revoked.
pub fn count(conn: &mut AnyConn, user: &Id) -> QueryResult<i64> {
    unrevoked(user).count().get_result(conn)
}

fn unrevoked(user: &Id) -> api_tokens::BoxedQuery<'static, MultiBackend> {
    api_tokens::table
        .filter(api_tokens::user_id.eq(user.clone()))
        .filter(api_tokens::revoked_at.is_null())
        .into_boxed()
}

pub fn touch(conn: &mut AnyConn, id: &Id, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(api_tokens::table.find(id)).set(api_tokens::last_used_at.eq(now)).execute(conn).map(drop)
}

/// Revokes one of a user's own tokens; `false` when it is not his or already revoked.
pub fn revoke(conn: &mut AnyConn, user: &Id, id: &Id, now: NaiveDateTime) -> QueryResult<bool> {
    let own = api_tokens::table
        .find(id)
        .filter(api_tokens::user_id.eq(user))
        .filter(api_tokens::revoked_at.is_null());
    Ok(diesel::update(own).set(api_tokens::revoked_at.eq(now)).execute(conn)? == 1)
}

pub fn revoke_all(conn: &mut AnyConn, user: &Id, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(
        api_tokens::table.filter(api_tokens::user_id.eq(user)).filter(api_tokens::revoked_at.is_null()),
    )
    .set(api_tokens::revoked_at.eq(now))
    .execute(conn)
    .map(drop)
}
