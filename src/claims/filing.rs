//! A liaison's report of what is already registered becomes a later claim.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::claims::model::Claim;
use crate::claims::queries;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::promise::PROMISED_WORKING_DAYS;
use chrono::NaiveDate;

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
    let claim = Claim {
        report_encrypted: tools.keys.encrypt(&Claim::report_context(&id), report),
        id,
        lead_id: lead.clone(),
        chamber_id: chamber,
        answer_due_on: due,
        by_user: actor.user_id.clone(),
        at: now,
        decision: None,
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    queries::insert(conn, &claim)?;
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
