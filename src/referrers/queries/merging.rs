//! What names one referrer, made to name another.

use crate::db::{AnyConn, Id};
use crate::registers::merging::Moved;
use crate::schema::{filings, leads, projects, referral_shares, referrer_members, townsmen};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// Leads, deleted ones too; each gets its next version.
pub fn move_leads(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<Vec<Moved>> {
    diesel::update(leads::table.filter(leads::source_referrer_id.eq(from)))
        .set((
            leads::source_referrer_id.eq(to),
            leads::version.eq(leads::version + 1),
            leads::updated_at.eq(now),
        ))
        .returning((leads::id, leads::county))
        .get_results(conn)
}

/// Projects, deleted ones too; each gets its next version.
pub fn move_projects(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<Vec<Moved>> {
    diesel::update(projects::table.filter(projects::source_referrer_id.eq(from)))
        .set((
            projects::source_referrer_id.eq(to),
            projects::version.eq(projects::version + 1),
            projects::updated_at.eq(now),
        ))
        .returning((projects::id, projects::county))
        .get_results(conn)
}

/// Filings; each gets its next version.
pub fn move_filings(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::update(filings::table.filter(filings::referrer_id.eq(from)))
        .set((
            filings::referrer_id.eq(to),
            filings::version.eq(filings::version + 1),
            filings::updated_at.eq(now),
        ))
        .execute(conn)
}

/// What it was promised of projects' awards.
pub fn move_shares(conn: &mut AnyConn, from: &Id, to: &Id) -> QueryResult<usize> {
    diesel::update(referral_shares::table.filter(referral_shares::referrer_id.eq(from)))
        .set(referral_shares::referrer_id.eq(to))
        .execute(conn)
}

pub fn move_members(conn: &mut AnyConn, from: &Id, to: &Id) -> QueryResult<usize> {
    diesel::update(referrer_members::table.filter(referrer_members::referrer_id.eq(from)))
        .set(referrer_members::referrer_id.eq(to))
        .execute(conn)
}

/// Townsmen who are it.
pub fn move_townsmen(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::update(townsmen::table.filter(townsmen::referrer_id.eq(from)))
        .set((
            townsmen::referrer_id.eq(to),
            townsmen::version.eq(townsmen::version + 1),
            townsmen::updated_at.eq(now),
        ))
        .execute(conn)
}
