//! What was found for whom.

use crate::accounts::Actor;
use crate::db::{AnyConn, Id, MultiBackend};
use crate::execute;
use crate::leads::queries::visible_to;
use crate::saved_searches::model::Match;
use crate::saved_searches::policy::capacity;
use crate::schema::{leads, saved_search_matches, saved_search_subscriptions};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// New finds of one person that are looked at, the latest; beyond them they are not counted.
const MOST_NEW: i64 = 5_000;

/// A find that its user has not looked at.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Unseen {
    pub id: Id,
    pub search_id: Id,
    pub lead_id: Id,
    pub found_at: NaiveDateTime,
}

/// The actor's new finds by search, the latest first: those leads alone that exist for him now, whatever he saw when they
/// were found.
pub fn unseen(conn: &mut AnyConn, actor: &Actor) -> QueryResult<HashMap<Id, Vec<Unseen>>> {
    let of_wish = saved_search_subscriptions::search_id
        .eq(saved_search_matches::search_id)
        .and(saved_search_subscriptions::user_id.eq(saved_search_matches::user_id));
    let found: Vec<Unseen> = saved_search_matches::table
        .inner_join(saved_search_subscriptions::table.on(of_wish))
        .filter(saved_search_matches::user_id.eq(&actor.user_id))
        .filter(saved_search_matches::seen_at.is_null())
        .filter(saved_search_subscriptions::capacity.eq(capacity(actor)))
        .order(saved_search_matches::id.desc())
        .limit(MOST_NEW)
        .select((
            saved_search_matches::id,
            saved_search_matches::search_id,
            saved_search_matches::lead_id,
            saved_search_matches::found_at,
        ))
        .load(conn)?;
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: BTreeSet<Id> = found.iter().map(|find| find.lead_id.clone()).collect();
    let there: HashSet<Id> = visible_to(actor)
        .filter(leads::id.eq_any(ids.into_iter().collect::<Vec<_>>()))
        .select(leads::id)
        .load::<Id>(conn)?
        .into_iter()
        .collect();
    let mut by_search = HashMap::<Id, Vec<Unseen>>::new();
    for find in found.into_iter().filter(|find| there.contains(&find.lead_id)) {
        by_search.entry(find.search_id.clone()).or_default().push(find);
    }
    Ok(by_search)
}

/// Finds of a search up to this one are no more new for the actor; how many that were.
pub fn mark_seen(
    conn: &mut AnyConn,
    actor: &Actor,
    search: &Id,
    through: Option<&Id>,
    now: NaiveDateTime,
) -> QueryResult<usize> {
    let wish = saved_search_subscriptions::table.find((search, &actor.user_id));
    diesel::update(wish).set(saved_search_subscriptions::seen_at.eq(now)).execute(conn)?;
    let mut new = saved_search_matches::table
        .filter(saved_search_matches::search_id.eq(search))
        .filter(saved_search_matches::user_id.eq(&actor.user_id))
        .filter(saved_search_matches::seen_at.is_null())
        .select(saved_search_matches::id)
        .into_boxed::<MultiBackend>();
    if let Some(last) = through {
        new = new.filter(saved_search_matches::id.le(last.clone()));
    }
    let new: Vec<Id> = new.load(conn)?;
    for ids in new.chunks(1_000) {
        diesel::update(saved_search_matches::table.filter(saved_search_matches::id.eq_any(ids.to_vec())))
            .set(saved_search_matches::seen_at.eq(now))
            .execute(conn)?;
    }
    Ok(new.len())
}

/// Writes a find down, unless that lead was found for him before.
pub fn insert_match(conn: &mut AnyConn, found: Match) -> QueryResult<usize> {
    execute!(conn, diesel::insert_into(saved_search_matches::table).values(found).on_conflict_do_nothing())
}

/// When each of these leads that is not deleted was registered.
pub fn created(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<HashMap<Id, NaiveDateTime>> {
    let created: Vec<(Id, NaiveDateTime)> = leads::table
        .filter(leads::id.eq_any(ids.to_vec()))
        .filter(leads::deleted_at.is_null())
        .select((leads::id, leads::created_at))
        .load(conn)?;
    Ok(created.into_iter().collect())
}
