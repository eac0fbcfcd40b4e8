//! What happened to a lead.

use crate::db::dialect::Both;
use crate::db::{AnyConn, Id};
use crate::leads::model::{Assignment, Lead, StageChange, StatusChange};
use crate::schema::{assignments, handovers, stage_changes, status_changes};
use diesel::prelude::*;

pub fn insert_stage_change(conn: &mut AnyConn, change: StageChange) -> QueryResult<()> {
    diesel::insert_into(stage_changes::table).values(change).execute(conn).map(drop)
}

pub fn insert_status_change(conn: &mut AnyConn, change: StatusChange) -> QueryResult<()> {
    diesel::insert_into(status_changes::table).values(change).execute(conn).map(drop)
}

/// Adds an assignment; when the county changed and handed the lead on, the old one goes on seeing it.
pub fn insert_assignment(conn: &mut AnyConn, change: Assignment, hands_on: bool) -> QueryResult<()> {
    if hands_on && change.from_county != change.to_county {
        let handover = (
            handovers::lead_id.eq(change.lead_id.clone()),
            handovers::county.eq(change.from_county.clone()),
            handovers::at.eq(change.at),
        );
        Both(diesel::insert_into(handovers::table).values(handover).on_conflict_do_nothing())
            .execute(conn)?;
    }
    diesel::insert_into(assignments::table).values(change).execute(conn).map(drop)
}

pub fn stage_changes_of(conn: &mut AnyConn, lead: &Lead) -> QueryResult<Vec<StageChange>> {
    stage_changes::table
        .filter(stage_changes::lead_id.eq(&lead.id))
        .select(StageChange::as_select())
        .load(conn)
}

pub fn status_changes_of(conn: &mut AnyConn, lead: &Lead) -> QueryResult<Vec<StatusChange>> {
    status_changes::table
        .filter(status_changes::lead_id.eq(&lead.id))
        .select(StatusChange::as_select())
        .load(conn)
}

pub fn assignments_of(conn: &mut AnyConn, lead: &Lead) -> QueryResult<Vec<Assignment>> {
    assignments::table.filter(assignments::lead_id.eq(&lead.id)).select(Assignment::as_select()).load(conn)
}

/// The moves of several leads.
pub fn stage_changes_of_leads(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<Vec<StageChange>> {
    stage_changes::table
        .filter(stage_changes::lead_id.eq_any(leads.to_vec()))
        .select(StageChange::as_select())
        .load(conn)
}

/// The closures, holds and their ends of several leads.
pub fn status_changes_of_leads(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<Vec<StatusChange>> {
    status_changes::table
        .filter(status_changes::lead_id.eq_any(leads.to_vec()))
        .select(StatusChange::as_select())
        .load(conn)
}

/// The assignments of several leads.
pub fn assignments_of_leads(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<Vec<Assignment>> {
    assignments::table
        .filter(assignments::lead_id.eq_any(leads.to_vec()))
        .select(Assignment::as_select())
        .load(conn)
}

/// Counties that handed leads on, for the index.
pub fn handovers_of(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<(Id, String)>> {
    handovers::table
        .filter(handovers::lead_id.eq_any(ids.to_vec()))
        .select((handovers::lead_id, handovers::county))
        .load(conn)
}
