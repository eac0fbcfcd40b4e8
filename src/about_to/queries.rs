//! All SQL of the four lists; reads begin at what the actor sees.

use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::milestones::model::MilestoneKind;
use crate::projects::queries::{VisibleMilestones, visible_milestones};
use crate::schema::{milestones, projects};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A project and the day on which its milestone is planned.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Planned {
    pub id: Id,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    pub county: String,
    pub leader_id: Option<Id>,
    pub leader_name: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub planned_on: Option<NaiveDate>,
}

/// Projects whose milestone is planned by this day and not reached, the earliest first.
pub fn planned(
    conn: &mut AnyConn,
    actor: &Actor,
    kind: MilestoneKind,
    until: NaiveDate,
    limit: i64,
) -> QueryResult<Vec<Planned>> {
    open(actor, kind, until)
        .order((milestones::planned_on.asc(), milestones::project_id.asc()))
        .limit(limit)
        .select((
            projects::id,
            projects::code,
            projects::title,
            projects::investor_name,
            projects::county,
            projects::leader_id,
            projects::leader_name,
            projects::total_investment_fen,
            milestones::planned_on,
        ))
        .load(conn)
}

/// How many they are.
pub fn count_planned(
    conn: &mut AnyConn,
    actor: &Actor,
    kind: MilestoneKind,
    until: NaiveDate,
) -> QueryResult<i64> {
    open(actor, kind, until).count().get_result(conn)
}

fn open<'a>(actor: &Actor, kind: MilestoneKind, until: NaiveDate) -> VisibleMilestones<'a> {
    visible_milestones(actor)
        .filter(projects::withdrawn_on.is_null())
        .filter(milestones::kind.eq(kind))
        .filter(milestones::actual_on.is_null())
        .filter(milestones::planned_on.le(until))
}
