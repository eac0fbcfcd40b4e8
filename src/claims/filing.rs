//! A liaison's report of what is already registered: kept as a later claim, answered by the bureau.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::view::PROMISED_WORKING_DAYS;
use crate::schema::later_claims;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// A claim as stored; the report itself stays sealed.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = later_claims)]
pub struct LaterClaim {
    pub id: Id,
    pub lead_id: Id,
    pub chamber_id: Id,
    pub answer_due_on: NaiveDate,
    pub by_user: Id,
    pub at: NaiveDateTime,
}

/// Keeps a liaison's report as a later claim on the first of the leads it duplicates; the day of the answer.
pub fn keep(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    lead: &Id,
    report: &str,
) -> Result<NaiveDate, AppError> {
    let chamber = actor.chamber_id.clone().ok_or(AppError::Forbidden("no-chamber"))?;
    let (id, now) = (Id::generate(), clock::now());
    let due = tools.reference.calendar().add(clock::china_date(now), PROMISED_WORKING_DAYS);
    diesel::insert_into(later_claims::table)
        .values((
            later_claims::id.eq(&id),
            later_claims::lead_id.eq(lead),
            later_claims::chamber_id.eq(chamber),
            later_claims::report_encrypted.eq(tools.keys.encrypt(&format!("later_claims:{id}"), report)),
            later_claims::answer_due_on.eq(due),
            later_claims::by_user.eq(&actor.user_id),
            later_claims::at.eq(now),
        ))
        .execute(conn)?;
    audit::record(
        conn,
        actor,
        Act {
            action: "lead.later-claim",
            subject_kind: "lead",
            subject_id: lead.as_str(),
            differences: Differences::default().set("answer_due_on", &due),
            reason: None,
        },
    )?;
    Ok(due)
}

/// The claims on a lead, the first one first.
pub fn of_lead(conn: &mut AnyConn, lead: &Id) -> QueryResult<Vec<LaterClaim>> {
    later_claims::table
        .filter(later_claims::lead_id.eq(lead))
        .order(later_claims::at.asc())
        .select(LaterClaim::as_select())
        .load(conn)
}
