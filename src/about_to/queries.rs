//! All SQL of the four lists; reads begin at what the actor sees.

use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::leads;
use crate::leads::model::{Lead, Stage, Status};
use crate::milestones::model::MilestoneKind;
use crate::projects::queries::visible_milestones;
use crate::schema::{leads as lead_rows, milestones, projects};
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

/// Projects whose milestone is planned by this day and not reached, the earliest first; and how many there are.
pub fn planned(
    conn: &mut AnyConn,
    actor: &Actor,
    kind: MilestoneKind,
    until: NaiveDate,
    limit: i64,
) -> QueryResult<(Vec<Planned>, i64)> {
    let open = || {
        visible_milestones(actor)
            .filter(projects::withdrawn_on.is_null())
            .filter(milestones::kind.eq(kind))
            .filter(milestones::actual_on.is_null())
            .filter(milestones::planned_on.le(until))
    };
    let rows = open()
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
        .load::<Planned>(conn)?;
    Ok((rows, open().count().get_result(conn)?))
}

/// Active leads at these stages that became no project, those due first; and how many there are.
pub fn about_to_sign(
    conn: &mut AnyConn,
    actor: &Actor,
    stages: &[Stage],
    limit: i64,
) -> QueryResult<(Vec<Lead>, i64)> {
    let open = || {
        leads::queries::visible_to(actor)
            .filter(lead_rows::status.eq(Status::Active))
            .filter(lead_rows::stage.eq_any(stages.to_vec()))
    };
    let rows = open()
        .order((lead_rows::next_follow_up_order.asc(), lead_rows::id.asc()))
        .limit(limit)
        .select(Lead::as_select())
        .load(conn)?;
    Ok((rows, open().count().get_result(conn)?))
}
