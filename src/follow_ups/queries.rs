//! All SQL of follow-ups.

use crate::accounts::{Actor, Role};
use crate::db::page::{Cursor, PageOf};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::follow_ups::model::FollowUp;
use crate::leads::policy::reads_follow_ups;
use crate::schema::follow_ups;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// The order of the list, as its cursors name it.
pub const ORDER: &str = "-at";

/// Those of a lead (which the actor sees) that the actor may read. A liaison reads what his own chamber wrote,
/// the federation none (`leads::policy::reads_follow_ups`).
fn readable<'a>(actor: &Actor, lead: &Id) -> follow_ups::BoxedQuery<'a, MultiBackend> {
    let query = follow_ups::table.filter(follow_ups::lead_id.eq(lead.clone())).into_boxed::<MultiBackend>();
    match actor.role {
        Role::ChamberLiaison => query.filter(follow_ups::by_chamber_id.eq(actor.chamber_id.clone())),
        role if reads_follow_ups(role) => query,
        _ => query.filter(follow_ups::id.eq("")),
    }
}

/// All of them, the latest first.
pub fn of_lead(conn: &mut AnyConn, actor: &Actor, lead: &Id) -> QueryResult<Vec<FollowUp>> {
    readable(actor, lead)
        .order((follow_ups::at.desc(), follow_ups::id.desc()))
        .select(FollowUp::as_select())
        .load(conn)
}

/// A page of them, the latest first; `None` when the cursor's value does not fit.
pub fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    lead: &Id,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Option<PageOf<FollowUp>>> {
    let mut query = readable(actor, lead);
    if let Some(cursor) = after {
        let value = cursor.value.as_deref().and_then(|text| text.parse::<NaiveDateTime>().ok());
        let Some(at) = value else { return Ok(None) };
        let id = cursor.id.clone();
        query = query.filter(follow_ups::at.lt(at).or(follow_ups::at.eq(at).and(follow_ups::id.lt(id))));
    }
    let rows = query
        .order((follow_ups::at.desc(), follow_ups::id.desc()))
        .limit(limit + 1)
        .select(FollowUp::as_select())
        .load(conn)?;
    Ok(Some(PageOf::from_rows(rows, limit, |row: &FollowUp| Cursor {
        sort: ORDER.to_owned(),
        value: Some(format!("{:?}", row.at)),
        id: row.id.to_string(),
    })))
}

/// A follow-up, whoever asks: its lead and who may read it are looked at by who calls.
pub fn find(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<FollowUp>> {
    follow_ups::table.find(id).select(FollowUp::as_select()).first(conn).optional()
}

/// How many of them there are.
pub fn count(conn: &mut AnyConn, actor: &Actor, lead: &Id) -> QueryResult<i64> {
    readable(actor, lead).count().get_result(conn)
}

/// The same of several leads.
pub fn of_leads(conn: &mut AnyConn, actor: &Actor, leads: &[Id]) -> QueryResult<Vec<FollowUp>> {
    let mut query =
        follow_ups::table.filter(follow_ups::lead_id.eq_any(leads.to_vec())).into_boxed::<MultiBackend>();
    if actor.role == Role::ChamberLiaison {
        query = query.filter(follow_ups::by_chamber_id.eq(actor.chamber_id.clone()));
    }
    query.order((follow_ups::at.desc(), follow_ups::id.desc())).select(FollowUp::as_select()).load(conn)
}

pub fn insert(conn: &mut AnyConn, follow_up: &FollowUp) -> QueryResult<()> {
    diesel::insert_into(follow_ups::table).values(follow_up.clone()).execute(conn).map(drop)
}

/// (lead, what was written and who was there, chamber that wrote it) of many leads, the latest first: for the index.
pub fn texts_of(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<Vec<(Id, String, Option<Id>)>> {
    let rows = follow_ups::table
        .filter(follow_ups::lead_id.eq_any(leads.to_vec()))
        .order(follow_ups::at.desc())
        .select(FollowUp::as_select())
        .load(conn)?;
    let text = |row: FollowUp| {
        let others = [row.next_step, row.theirs, row.ours].into_iter().flatten();
        let text = others.fold(row.content, |text, more| format!("{text}\n{more}"));
        (row.lead_id, text, row.by_chamber_id)
    };
    Ok(rows.into_iter().map(text).collect())
}
