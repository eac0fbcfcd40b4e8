//! Entering the pool of key projects (重点项目库) and leaving it: with the project's version and its trail.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::Differences;
use crate::clock;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::milestones;
use crate::milestones::model::MilestoneKind;
use crate::projects::editing;
use crate::projects::model::Project;
use crate::projects::queries::{self, ContractKind};
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
    project.entered_on = Some(entered_on);
    (project.withdrawn_on, project.withdrawal_reason) = (None, None);
    editing::save(conn, actor, project, "project.pool_entry", differences, None)
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
    let of = |kind: MilestoneKind| reached.iter().map(|(one, _)| one).find(|one| one.kind == kind);
    let signed_on = contract
        .map(|(contract, ..)| contract)
        .filter(|contract| contract.kind == ContractKind::Formal)
        .map(|contract| contract.signed_on);
    let filed_on = of(MilestoneKind::Filing).and_then(|filing| filing.actual_on);
    let is_undated = project.filing_code.is_some() && filed_on.is_none();
    Ok(EntryFacts {
        has_formal_contract: signed_on.is_some(),
        has_filing: project.filing_code.is_some() || filed_on.is_some(),
        since: signed_on.into_iter().chain(filed_on).min().filter(|_| !is_undated),
        planned_start_on: of(MilestoneKind::ConstructionStart)
            .filter(|start| start.actual_on.is_none())
            .and_then(|start| start.planned_on),
    })
}
