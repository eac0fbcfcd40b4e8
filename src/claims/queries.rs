//! All SQL of later claims. Reads for an actor begin at `visible_to`: outside it a claim does not exist.

use crate::accounts::{Actor, Role};
use crate::claims::model::{Claim, ClaimState, Decision};
use crate::claims::policy;
use crate::clock;
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id, MultiBackend};
use crate::schema::{chambers, later_claims, leads};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::HashMap;

/// The claims that exist for the actor: a liaison's chamber's own, all for the others who read them.
pub fn visible_to(actor: &Actor) -> later_claims::BoxedQuery<'static, MultiBackend> {
    let rows = later_claims::table.into_boxed::<MultiBackend>();
    match (actor.role, &actor.chamber_id) {
        (Role::ChamberLiaison, Some(own)) => rows.filter(later_claims::chamber_id.eq(own.clone())),
        (role, _) if role != Role::ChamberLiaison && policy::reads(role) => rows,
        _ => rows.filter(later_claims::id.eq("")),
    }
}

/// The order of a list: what waits by its promised day, so that what is late stands first; else the latest first.
pub fn sort_of(state: Option<ClaimState>) -> &'static str {
    if waits(state) { "answer_due_on" } else { "-at" }
}

fn waits(state: Option<ClaimState>) -> bool {
    matches!(state, Some(ClaimState::Waiting | ClaimState::Late))
}

/// Claims in that order; one row more than `limit`. `None` when the cursor's value is no day.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    state: Option<ClaimState>,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Option<Vec<Claim>>> {
    let mut query = filtered(actor, state);
    if waits(state) {
        if let Some(cursor) = after {
            let due: Option<NaiveDate> = cursor.value.as_deref().and_then(|text| text.parse().ok());
            let Some(due) = due else { return Ok(None) };
            let same_day = later_claims::answer_due_on.eq(due).and(later_claims::id.gt(cursor.id.clone()));
            query = query.filter(later_claims::answer_due_on.gt(due).or(same_day));
        }
        query = query.order((later_claims::answer_due_on.asc(), later_claims::id.asc()));
    } else {
        // Ids are in the order of time.
        if let Some(cursor) = after {
            query = query.filter(later_claims::id.lt(cursor.id.clone()));
        }
        query = query.order(later_claims::id.desc());
    }
    query.limit(limit + 1).select(Claim::as_select()).load(conn).map(Some)
}

/// Where the page after this claim begins.
pub fn cursor(claim: &Claim, state: Option<ClaimState>) -> Cursor {
    Cursor {
        sort: sort_of(state).to_owned(),
        value: Some(claim.answer_due_on.to_string()),
        id: claim.id.to_string(),
    }
}

pub fn count(conn: &mut AnyConn, actor: &Actor, state: Option<ClaimState>) -> QueryResult<i64> {
    filtered(actor, state).count().get_result(conn)
}

pub fn find(conn: &mut AnyConn, actor: &Actor, id: &Id) -> QueryResult<Option<Claim>> {
    visible_to(actor)
        .filter(later_claims::id.eq(id.clone()))
        .select(Claim::as_select())
        .first(conn)
        .optional()
}

/// The claims on leads that the reader sees, the first one first.
pub fn of_leads(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<Vec<Claim>> {
    later_claims::table
        .filter(later_claims::lead_id.eq_any(leads.to_vec()))
        .order(later_claims::id.asc())
        .select(Claim::as_select())
        .load(conn)
}

pub fn insert(conn: &mut AnyConn, claim: &Claim) -> QueryResult<()> {
    diesel::insert_into(later_claims::table).values(claim.clone()).execute(conn).map(drop)
}

/// Writes the answer, if nobody gave one meanwhile; `false` when somebody did.
pub fn answer(
    conn: &mut AnyConn,
    id: &Id,
    decision: Decision,
    text: &str,
    by: &Id,
    now: NaiveDateTime,
) -> QueryResult<bool> {
    let waiting = later_claims::table.find(id).filter(later_claims::answered_at.is_null());
    let changed = diesel::update(waiting)
        .set((
            later_claims::decision.eq(decision),
            later_claims::answer.eq(text),
            later_claims::answered_by.eq(by),
            later_claims::answered_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// (code, title, whether it is there) of the claims' leads, by id: for those who see all leads.
pub fn leads_of(conn: &mut AnyConn, claims: &[Claim]) -> QueryResult<HashMap<Id, (String, String, bool)>> {
    let ids: Vec<Id> = claims.iter().map(|claim| claim.lead_id.clone()).collect();
    let rows: Vec<(Id, String, String, Option<NaiveDateTime>)> = leads::table
        .filter(leads::id.eq_any(ids))
        .select((leads::id, leads::code, leads::title, leads::deleted_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, code, title, deleted)| (id, (code, title, deleted.is_none()))).collect())
}

/// Names of the claims' chambers, by id.
pub fn chambers_of(conn: &mut AnyConn, claims: &[Claim]) -> QueryResult<HashMap<Id, String>> {
    let ids: Vec<Id> = claims.iter().map(|claim| claim.chamber_id.clone()).collect();
    let rows = chambers::table.filter(chambers::id.eq_any(ids)).select((chambers::id, chambers::name));
    Ok(rows.load::<(Id, String)>(conn)?.into_iter().collect())
}

fn filtered(actor: &Actor, state: Option<ClaimState>) -> later_claims::BoxedQuery<'static, MultiBackend> {
    let query = visible_to(actor);
    match state {
        Some(ClaimState::Waiting) => query.filter(later_claims::answered_at.is_null()),
        Some(ClaimState::Late) => query
            .filter(later_claims::answered_at.is_null())
            .filter(later_claims::answer_due_on.lt(clock::today())),
        Some(ClaimState::Answered) => query.filter(later_claims::answered_at.is_not_null()),
        None => query,
    }
}
