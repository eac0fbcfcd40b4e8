//! Entering the pool of key projects (重点项目库) and leaving it: with the project's version and its trail.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::milestones;
use crate::milestones::model::MilestoneKind;
use crate::projects::editing;
use crate::projects::model::{PoolStay, Project};
use crate::projects::queries::{self, ContractKind, ContractParts};
use crate::projects::rules::{self, EntryFacts};
use chrono::NaiveDate;

/// Puts a project into the pool. One that was withdrawn may enter again; what it was before stands in the trail.
///
/// # Errors
/// 409 when it is in the pool; 422 that names each thing it lacks (`rules::check_entry`).
pub fn enter_pool(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    mut project: Project,
    entered_on: NaiveDate,
) -> Result<Project, AppError> {
    if project.is_in_pool() {
        return Err(AppError::Conflict("project-in-pool"));
    }
    let mut errors = FieldErrors::default();
    errors.check_day("entered_on", Some(entered_on));
    if entered_on > clock::today() && clock::is_credible(entered_on) {
        errors.add("entered_on", "date-in-future");
    }
    let facts = entry_facts(conn, &project)?;
    for (field, code) in rules::check_entry(&project, &facts, entered_on, &editing::criteria(conn, tools)?) {
        errors.add(field, code);
    }
    errors.into_result()?;
    let differences = Differences::default()
        .field("entered_on", &project.entered_on, &Some(entered_on))
        .field("withdrawn_on", &project.withdrawn_on, &None);
    keep_stay(conn, &project)?;
    project.entered_on = Some(entered_on);
    (project.withdrawn_on, project.withdrawal_reason) = (None, None);
    editing::save(conn, actor, project, "project.pool_entry", differences, None)
}

/// Keeps the stay that ended, of a project that comes back: the years that it counted in stay counted.
pub fn keep_stay(conn: &mut AnyConn, project: &Project) -> Result<(), AppError> {
    let (Some(entered_on), Some(withdrawn_on)) = (project.entered_on, project.withdrawn_on) else {
        return Ok(());
    };
    let stay = PoolStay {
        id: Id::generate(),
        project_id: project.id.clone(),
        entered_on,
        withdrawn_on,
        reason: project.withdrawal_reason.clone(),
    };
    Ok(queries::insert_stay(conn, &stay)?)
}

/// Takes a project out of the pool, with a reason. The years it counted in before stay.
///
/// # Errors
/// 409 when it is not in the pool; 422 without a reason or before it entered.
pub fn withdraw_from_pool(
    conn: &mut AnyConn,
    actor: &Actor,
    mut project: Project,
    withdrawn_on: NaiveDate,
    reason: &str,
) -> Result<Project, AppError> {
    let mut errors = FieldErrors::default();
    let reason = crate::fields::text(&mut errors, "reason", Some(reason.to_owned()));
    if reason.is_none() {
        errors.add("reason", "reason-required");
    }
    let Some(entered_on) = project.entered_on.filter(|_| project.withdrawn_on.is_none()) else {
        errors.into_result()?;
        return Err(AppError::Conflict("project-not-in-pool"));
    };
    errors.check_day("withdrawn_on", Some(withdrawn_on));
    if clock::is_credible(withdrawn_on) && withdrawn_on < entered_on {
        errors.add("withdrawn_on", "before-entry");
    }
    if clock::is_credible(withdrawn_on) && withdrawn_on > clock::today() {
        errors.add("withdrawn_on", "date-in-future");
    }
    errors.into_result()?;
    let differences =
        Differences::default().field("withdrawn_on", &project.withdrawn_on, &Some(withdrawn_on));
    project.withdrawn_on = Some(withdrawn_on);
    project.withdrawal_reason.clone_from(&reason);
    editing::save(conn, actor, project, "project.withdrawal", differences, reason.as_deref())
}

/// What stands beside the project's own row.
pub fn entry_facts(conn: &mut AnyConn, project: &Project) -> Result<EntryFacts, AppError> {
    let contract = queries::contract_of(conn, &project.id)?;
    let reached = milestones::queries::of_project(conn, &project.id)?;
    let days = reached.iter().map(|(one, _)| (one.kind, one.planned_on, one.actual_on));
    Ok(facts_of(project, contract.as_ref(), days))
}

/// The same of what was read already; milestones by kind, planned and actual day.
pub fn facts_of(
    project: &Project,
    contract: Option<&ContractParts>,
    milestones: impl Iterator<Item = (MilestoneKind, Option<NaiveDate>, Option<NaiveDate>)>,
) -> EntryFacts {
    let (mut filed_on, mut start) = (None, (None, None));
    for (kind, planned_on, actual_on) in milestones {
        match kind {
            MilestoneKind::Filing => filed_on = actual_on,
            MilestoneKind::ConstructionStart => start = (planned_on, actual_on),
            _ => {}
        }
    }
    let formal = contract.filter(|(contract, ..)| contract.kind == ContractKind::Formal);
    let formal_on = formal.map(|(contract, ..)| contract.signed_on);
    let is_undated = project.filing_code.is_some() && filed_on.is_none();
    let (planned_on, started_on) = start;
    EntryFacts {
        has_formal_contract: formal.is_some(),
        has_filing: project.filing_code.is_some() || filed_on.is_some(),
        since: formal_on.into_iter().chain(filed_on).min().filter(|_| !is_undated),
        planned_start_on: planned_on.filter(|_| started_on.is_none()),
        signed_on: contract.map(|(contract, ..)| contract.signed_on),
        started_on,
        supplemented_on: contract
            .and_then(|(_, _, supplements)| supplements.iter().map(|supplement| supplement.signed_on).min()),
    }
}
