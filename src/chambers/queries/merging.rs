//! What names one chamber, made to name another.

use crate::db::{AnyConn, Id};
use crate::registers::merging::Moved;
use crate::schema::{follow_ups, later_claims, leads, projects, questions, referrers, townsmen, users};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// Leads, deleted ones too; each gets its next version.
pub fn move_leads(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<Vec<Moved>> {
    diesel::update(leads::table.filter(leads::source_chamber_id.eq(from)))
        .set((
            leads::source_chamber_id.eq(to),
            leads::version.eq(leads::version + 1),
            leads::updated_at.eq(now),
        ))
        .returning((leads::id, leads::county))
        .get_results(conn)
}

/// Projects, deleted ones too; each gets its next version.
pub fn move_projects(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<Vec<Moved>> {
    diesel::update(projects::table.filter(projects::source_chamber_id.eq(from)))
        .set((
            projects::source_chamber_id.eq(to),
            projects::version.eq(projects::version + 1),
            projects::updated_at.eq(now),
        ))
        .returning((projects::id, projects::county))
        .get_results(conn)
}

/// Liaisons; their ids.
pub fn move_users(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<Vec<Id>> {
    diesel::update(users::table.filter(users::chamber_id.eq(from)))
        .set((users::chamber_id.eq(to), users::version.eq(users::version + 1), users::updated_at.eq(now)))
        .returning(users::id)
        .get_results(conn)
}

/// Later claims to a lead's credit.
pub fn move_claims(conn: &mut AnyConn, from: &Id, to: &Id) -> QueryResult<()> {
    diesel::update(later_claims::table.filter(later_claims::chamber_id.eq(from)))
        .set(later_claims::chamber_id.eq(to))
        .execute(conn)
        .map(drop)
}

/// Questions to it, and its answers.
pub fn move_questions(conn: &mut AnyConn, from: &Id, to: &Id) -> QueryResult<()> {
    diesel::update(questions::table.filter(questions::chamber_id.eq(from)))
        .set(questions::chamber_id.eq(to))
        .execute(conn)
        .map(drop)
}

/// Follow-ups of its liaisons, which liaisons of the other one are to see.
pub fn move_follow_ups(conn: &mut AnyConn, from: &Id, to: &Id) -> QueryResult<()> {
    diesel::update(follow_ups::table.filter(follow_ups::by_chamber_id.eq(from)))
        .set(follow_ups::by_chamber_id.eq(to))
        .execute(conn)
        .map(drop)
}

/// Referrers that are the chamber, as an organisation.
pub fn move_referrers(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::update(referrers::table.filter(referrers::chamber_id.eq(from)))
        .set((
            referrers::chamber_id.eq(to),
            referrers::version.eq(referrers::version + 1),
            referrers::updated_at.eq(now),
        ))
        .execute(conn)
}

/// Townsmen whom it introduced.
pub fn move_townsmen(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::update(townsmen::table.filter(townsmen::chamber_id.eq(from)))
        .set((
            townsmen::chamber_id.eq(to),
            townsmen::version.eq(townsmen::version + 1),
            townsmen::updated_at.eq(now),
        ))
        .execute(conn)
}
