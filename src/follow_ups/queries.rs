//! All SQL of follow-ups.

use crate::accounts::{Actor, Role};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::follow_ups::model::FollowUp;
use crate::schema::follow_ups;
use diesel::prelude::*;

/// Those of a lead (which the actor sees) that the actor may read, the latest first. A liaison reads what
/// his own chamber wrote.
pub fn of_lead(conn: &mut AnyConn, actor: &Actor, lead: &Id) -> QueryResult<Vec<FollowUp>> {
    let mut query =
        follow_ups::table.filter(follow_ups::lead_id.eq(lead.clone())).into_boxed::<MultiBackend>();
    if actor.role == Role::ChamberLiaison {
        query = query.filter(follow_ups::by_chamber_id.eq(actor.chamber_id.clone()));
    }
    query.order((follow_ups::at.desc(), follow_ups::id.desc())).select(FollowUp::as_select()).load(conn)
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

/// (lead, content and next step, chamber that wrote it) of many leads, the latest first: for the index.
pub fn texts_of(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<Vec<(Id, String, Option<Id>)>> {
    let rows = follow_ups::table
        .filter(follow_ups::lead_id.eq_any(leads.to_vec()))
        .order(follow_ups::at.desc())
        .select((follow_ups::lead_id, follow_ups::content, follow_ups::next_step, follow_ups::by_chamber_id))
        .load::<(Id, String, Option<String>, Option<Id>)>(conn)?;
    Ok(rows
        .into_iter()
        .map(|(lead, content, next, chamber)| {
            let text = next.map_or(content.clone(), |next| format!("{content}\n{next}"));
            (lead, text, chamber)
        })
        .collect())
}
