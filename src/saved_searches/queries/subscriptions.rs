//! Who wishes to be told.

use crate::accounts::{Actor, User};
use crate::db::{AnyConn, Id};
use crate::execute;
use crate::saved_searches::SavedSearch;
use crate::saved_searches::asking::Known;
use crate::saved_searches::known::KnownLeads;
use crate::saved_searches::model::{Match, Subscription};
use crate::saved_searches::policy::{capacity, reads};
use crate::schema::{
    saved_search_known, saved_search_matches, saved_search_subscriptions, saved_searches, users,
};
use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The actor's wishes by search; one that he made in another capacity is none.
pub fn own(conn: &mut AnyConn, actor: &Actor) -> QueryResult<HashMap<Id, Subscription>> {
    let wishes: Vec<Subscription> = saved_search_subscriptions::table
        .filter(saved_search_subscriptions::user_id.eq(&actor.user_id))
        .filter(saved_search_subscriptions::capacity.eq(capacity(actor)))
        .select(Subscription::as_select())
        .load(conn)?;
    Ok(wishes.into_iter().map(|wish| (wish.search_id.clone(), wish)).collect())
}

/// Writes the actor's wish down, and what it knows: that was seen already.
pub fn subscribe(
    conn: &mut AnyConn,
    actor: &Actor,
    search: &Id,
    known: &Known,
    now: NaiveDateTime,
) -> QueryResult<()> {
    unsubscribe(conn, &actor.user_id, search)?;
    let wish = Subscription {
        search_id: search.clone(),
        user_id: actor.user_id.clone(),
        capacity: capacity(actor),
        since: now,
        knows_all: known.all,
        seen_at: None,
    };
    diesel::insert_into(saved_search_subscriptions::table).values(wish).execute(conn)?;
    for lead in &known.leads {
        let row = Match {
            id: Id::generate(),
            search_id: search.clone(),
            user_id: actor.user_id.clone(),
            lead_id: lead.clone(),
            found_at: now,
            seen_at: Some(now),
        };
        execute!(conn, diesel::insert_into(saved_search_matches::table).values(row))?;
    }
    Ok(())
}

/// Takes somebody's wish back, with what was found for him; whether he had one.
pub fn unsubscribe(conn: &mut AnyConn, user: &Id, search: &Id) -> QueryResult<bool> {
    let found = saved_search_matches::table
        .filter(saved_search_matches::search_id.eq(search))
        .filter(saved_search_matches::user_id.eq(user));
    diesel::delete(found).execute(conn)?;
    Ok(diesel::delete(saved_search_subscriptions::table.find((search, user))).execute(conn)? == 1)
}

/// Whether anybody wishes to be told of anything.
pub fn any_wish(conn: &mut AnyConn) -> QueryResult<bool> {
    diesel::select(exists(saved_search_subscriptions::table.select(saved_search_subscriptions::user_id)))
        .get_result(conn)
}

/// Search and user of each wish.
pub fn standing(conn: &mut AnyConn) -> QueryResult<HashSet<(Id, Id)>> {
    let wishes: Vec<(Id, Id)> = saved_search_subscriptions::table
        .select((saved_search_subscriptions::search_id, saved_search_subscriptions::user_id))
        .load(conn)?;
    Ok(wishes.into_iter().collect())
}

/// A search, and who wishes to be told of it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub search: SavedSearch,
    pub user: User,
    pub subscription: Subscription,
}

/// The wishes that do not know yet what there was.
pub fn unsurveyed(conn: &mut AnyConn) -> QueryResult<Vec<Wish>> {
    let unknown = saved_search_subscriptions::table
        .filter(saved_search_subscriptions::knows_all.eq(false))
        .select(saved_search_subscriptions::user_id);
    if !diesel::select(exists(unknown)).get_result::<bool>(conn)? {
        return Ok(Vec::new());
    }
    Ok(wishes(conn)?.into_iter().filter(|wish| !wish.subscription.knows_all).collect())
}

/// Writes down what a wish knows from now on; `false` where it stands no more, or knows already.
pub fn surveyed(conn: &mut AnyConn, wish: &Subscription, known: &KnownLeads) -> QueryResult<bool> {
    let row = saved_search_subscriptions::table
        .find((&wish.search_id, &wish.user_id))
        .filter(saved_search_subscriptions::since.eq(wish.since))
        .filter(saved_search_subscriptions::knows_all.eq(false));
    if diesel::update(row).set(saved_search_subscriptions::knows_all.eq(true)).execute(conn)? == 0 {
        return Ok(false);
    }
    let row = (
        saved_search_known::search_id.eq(&wish.search_id),
        saved_search_known::user_id.eq(&wish.user_id),
        saved_search_known::leads.eq(known.to_text()),
    );
    execute!(conn, diesel::insert_into(saved_search_known::table).values(row)).map(|_| true)
}

/// What a wish knew when it was surveyed; nothing of one that had few leads, which have rows.
pub fn known(conn: &mut AnyConn, wish: &Subscription) -> QueryResult<KnownLeads> {
    let text: Option<String> = saved_search_known::table
        .find((&wish.search_id, &wish.user_id))
        .select(saved_search_known::leads)
        .first(conn)
        .optional()?;
    Ok(text.as_deref().map(KnownLeads::parse).unwrap_or_default())
}

/// All wishes of people who are here, and for whom the search exists; whether each is still of its user's capacity only
/// his actor tells.
pub fn wishes(conn: &mut AnyConn) -> QueryResult<Vec<Wish>> {
    let rows: Vec<(Subscription, SavedSearch, User)> = saved_search_subscriptions::table
        .inner_join(saved_searches::table.on(saved_searches::id.eq(saved_search_subscriptions::search_id)))
        .inner_join(users::table.on(users::id.eq(saved_search_subscriptions::user_id)))
        .filter(users::active.eq(true))
        .order((saved_search_subscriptions::search_id.asc(), saved_search_subscriptions::user_id.asc()))
        .select((Subscription::as_select(), SavedSearch::as_select(), User::as_select()))
        .load(conn)?;
    let owners: BTreeSet<Id> = rows.iter().map(|(_, search, _)| search.owner_id.clone()).collect();
    let owners: Vec<User> = users::table
        .filter(users::id.eq_any(owners.into_iter().collect::<Vec<_>>()))
        .select(User::as_select())
        .load(conn)?;
    let owners: HashMap<Id, User> = owners.into_iter().map(|owner| (owner.id.clone(), owner)).collect();
    let wish = |(subscription, search, user): (Subscription, SavedSearch, User)| {
        let owner = owners.get(&search.owner_id)?;
        reads(&search, owner, &user).then_some(Wish { search, user, subscription })
    };
    Ok(rows.into_iter().filter_map(wish).collect())
}
