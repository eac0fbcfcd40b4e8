//! The searches themselves.

use crate::accounts::Actor;
use crate::db::{AnyConn, Id, MultiBackend};
use crate::saved_searches::SavedSearch;
use crate::saved_searches::policy::circle;
use crate::schema::{saved_search_matches, saved_search_subscriptions, saved_searches, users};
use chrono::NaiveDateTime;
use diesel::prelude::*;

type Boxed = saved_searches::BoxedQuery<'static, MultiBackend>;

/// The searches that exist for the actor: his own, and what others of his unit who are still here share.
pub fn visible_to(actor: &Actor) -> Boxed {
    let rows = saved_searches::table.into_boxed::<MultiBackend>();
    let own = saved_searches::owner_id.eq(actor.user_id.clone());
    let Some(circle) = circle(actor.role, actor.region.as_deref()) else { return rows.filter(own) };
    let fellows =
        users::table.filter(users::active.eq(true)).filter(users::role.eq_any(circle.roles.to_vec()));
    let shared = saved_searches::is_shared.eq(true);
    match circle.region {
        Some(region) => {
            let fellows = fellows.filter(users::region.eq(region)).select(users::id);
            rows.filter(own.or(shared.and(saved_searches::owner_id.eq_any(fellows))))
        }
        None => {
            let fellows = fellows.select(users::id);
            rows.filter(own.or(shared.and(saved_searches::owner_id.eq_any(fellows))))
        }
    }
}

/// All that exist for the actor, the latest first: a unit has dozens.
pub fn visible(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<SavedSearch>> {
    visible_to(actor).order(saved_searches::id.desc()).select(SavedSearch::as_select()).load(conn)
}

/// By id, if it exists for the actor.
pub fn find_visible(conn: &mut AnyConn, actor: &Actor, id: &Id) -> QueryResult<Option<SavedSearch>> {
    visible_to(actor)
        .filter(saved_searches::id.eq(id.clone()))
        .select(SavedSearch::as_select())
        .first(conn)
        .optional()
}

/// All that narrow by this parameter, whoever keeps them.
pub fn with_parameter(conn: &mut AnyConn, name: &str) -> QueryResult<Vec<SavedSearch>> {
    saved_searches::table
        .filter(saved_searches::query.like(format!("%{name}=%")))
        .order(saved_searches::id.asc())
        .select(SavedSearch::as_select())
        .load(conn)
}

/// How many the actor keeps.
pub fn count_own(conn: &mut AnyConn, actor: &Actor) -> QueryResult<i64> {
    saved_searches::table.filter(saved_searches::owner_id.eq(&actor.user_id)).count().get_result(conn)
}

pub fn insert(conn: &mut AnyConn, search: &SavedSearch) -> QueryResult<()> {
    diesel::insert_into(saved_searches::table).values(search.clone()).execute(conn).map(drop)
}

/// Writes it over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(
    conn: &mut AnyConn,
    mut changed: SavedSearch,
    now: NaiveDateTime,
) -> QueryResult<Option<SavedSearch>> {
    let read = changed.version;
    changed.version = read + 1;
    changed.updated_at = now;
    let row = saved_searches::table.find(changed.id.clone()).filter(saved_searches::version.eq(read));
    Ok((diesel::update(row).set(changed.clone()).execute(conn)? == 1).then_some(changed))
}

/// Nobody but its owner is told any more.
pub fn unshare(conn: &mut AnyConn, search: &SavedSearch) -> QueryResult<()> {
    let found = saved_search_matches::table
        .filter(saved_search_matches::search_id.eq(&search.id))
        .filter(saved_search_matches::user_id.ne(&search.owner_id));
    diesel::delete(found).execute(conn)?;
    let wishes = saved_search_subscriptions::table
        .filter(saved_search_subscriptions::search_id.eq(&search.id))
        .filter(saved_search_subscriptions::user_id.ne(&search.owner_id));
    diesel::delete(wishes).execute(conn).map(drop)
}

/// Takes it away with all that hangs on it; `false` when somebody changed it since.
pub fn remove(conn: &mut AnyConn, search: &SavedSearch) -> QueryResult<bool> {
    let found = saved_search_matches::table.filter(saved_search_matches::search_id.eq(&search.id));
    diesel::delete(found).execute(conn)?;
    let wishes =
        saved_search_subscriptions::table.filter(saved_search_subscriptions::search_id.eq(&search.id));
    diesel::delete(wishes).execute(conn)?;
    let row = saved_searches::table.find(&search.id).filter(saved_searches::version.eq(search.version));
    Ok(diesel::delete(row).execute(conn)? == 1)
}
