//! A project made of a line, with its contract, its milestones and its place in the pool.

use super::{Line, people};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id, series};
use crate::error::{AppError, FieldErrors};
use crate::imports::conversion::{People, source};
use crate::imports::ledger::SourceDraft;
use crate::leads::model::SourceKind;
use crate::milestones;
use crate::milestones::editing::check_days;
use crate::milestones::model::{Milestone, MilestoneKind, MilestoneState};
use crate::projects::contract::{self, ContractBody, check_signed};
use crate::projects::editing::{self, FromLedger, register_from};
use crate::projects::forms::{ProjectBody, ProjectInput};
use crate::projects::model::Project;
use crate::projects::pool::entry_facts;
use crate::projects::queries::{self, Supplement};
use crate::projects::rules;
use crate::reference::{ProjectColumn, Reference};

/// Enters what a line says, which is nothing that is there.
pub(super) fn made(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    people: &People,
    mut line: Line,
    import: &Id,
) -> Result<Project, AppError> {
    let ledger = from_ledger(conn, tools, people, &mut line, import)?;
    let kind = line.body.source.as_ref().and_then(|source| source.kind).unwrap_or(SourceKind::Own);
    let draft = SourceDraft {
        kind,
        name: line.source_name.take(),
        note: line.body.source.take().and_then(|source| source.note),
        chamber_id: None,
        referrer_id: None,
        enterprise_id: None,
        event_id: None,
    };
    // Faults of the line come before a chamber is made for it.
    ProjectInput::check(line.body.clone(), tools.reference)?;
    let body = ProjectBody { source: Some(source(conn, tools, actor, draft)?), ..line.body.clone() };
    let input = ProjectInput::check(body, tools.reference)?;
    let mut project = register_from(conn, tools, actor, None, input, ledger)?;
    if let Some(body) = line.contract.clone() {
        let (contract, years) = contract::checked(&project.id, body)?;
        queries::put_contract(conn, contract.clone(), &years)?;
        contract::follow(conn, actor, &contract)?;
    }
    supplements(conn, actor, &project, &line)?;
    for (kind, days) in &line.milestones {
        // The day of a contract is the contract's own.
        let is_contracts = *kind == MilestoneKind::Contract && line.contract.is_some();
        let actual_on = days.actual_on.filter(|_| !is_contracts);
        milestone(conn, actor, &project, *kind, days.planned_on, actual_on)
            .map_err(|error| at_milestone(error, *kind, tools.reference))?;
    }
    enter_pool(conn, tools, &mut project, &line)?;
    let before = ContractBody::default();
    let differences = Differences::between(&before, line.contract.as_ref().unwrap_or(&before))
        .set("import_id", import)
        .set("entered_on", &line.entered_on)
        .set("withdrawn_on", &line.withdrawn_on)
        .set("supplements", &line.supplements)
        .set("milestones", &line.milestones);
    editing::save(conn, actor, project, "project.import", differences, None)
}

/// What only a ledger says of a project; people whom it names and who are users go into the body by id.
fn from_ledger(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    people: &People,
    line: &mut Line,
    import: &Id,
) -> Result<FromLedger, AppError> {
    let mut ledger = FromLedger { import_id: Some(import.clone()), ..FromLedger::default() };
    let leader = line.body.leader.take();
    let user = leader.as_deref().and_then(|name| people::leader(people, name, &line.body));
    (line.body.leader, ledger.leader_name) = people::either(user, leader);
    let officer = line.body.officer.take();
    let user = officer.as_deref().and_then(|name| people::officer(people, name));
    (line.body.officer, ledger.officer_name) = people::either(user, officer);
    if let Some(code) = line.code.take() {
        match queries::number_of(tools.code_prefix, &code) {
            Some((year, number)) => {
                series::raise(conn, &format!("project-{year}"), number)?;
                ledger.code = Some(code);
            }
            None => ledger.extra.push((header_of(tools.reference, ProjectColumn::Code), code)),
        }
    }
    ledger.extra.append(&mut line.extra);
    Ok(ledger)
}

/// The header of a column: another office's code is kept under that of the code.
pub(super) fn header_of(reference: &Reference, holds: ProjectColumn) -> String {
    let columns = &reference.project_ledger().columns;
    let own = columns.iter().find(|column| column.holds == holds);
    own.map(|column| column.header.clone()).unwrap_or_default()
}

fn supplements(conn: &mut AnyConn, actor: &Actor, project: &Project, line: &Line) -> Result<(), AppError> {
    if !line.supplements.is_empty() && line.contract.is_none() {
        return Err(AppError::Conflict("no-contract"));
    }
    for (signed_on, content) in &line.supplements {
        let mut errors = FieldErrors::default();
        let content = crate::fields::text(&mut errors, "content", Some(content.clone()));
        check_signed(&mut errors, *signed_on);
        errors.into_result()?;
        let supplement = Supplement {
            id: Id::generate(),
            project_id: project.id.clone(),
            signed_on: *signed_on,
            content: content.unwrap_or_default(),
            by_user: actor.user_id.clone(),
            at: clock::now(),
        };
        queries::insert_supplement(conn, supplement)?;
    }
    Ok(())
}

/// A milestone as reported: whoever verifies has yet to see its papers.
fn milestone(
    conn: &mut AnyConn,
    actor: &Actor,
    project: &Project,
    kind: MilestoneKind,
    planned_on: Option<chrono::NaiveDate>,
    actual_on: Option<chrono::NaiveDate>,
) -> Result<(), AppError> {
    check_days(planned_on, actual_on)?;
    let now = clock::now();
    let before = milestones::queries::of_kind(conn, &project.id, kind, now)?;
    // The contract's day stands there already.
    let actual_on = actual_on.or(before.actual_on);
    let reported = actual_on.is_some();
    let milestone = Milestone {
        planned_on,
        actual_on,
        state: if reported { MilestoneState::Reported } else { MilestoneState::Planned },
        entered_by: if reported { before.entered_by_also(&actor.user_id) } else { before.entered_by.clone() },
        reported_by: reported.then(|| actor.user_id.clone()),
        reported_at: reported.then_some(now),
        ..before
    };
    Ok(milestones::queries::put(conn, &milestone)?)
}

/// The fault of a milestone's day with the header of its column: there are many of that field.
pub(super) fn at_milestone(error: AppError, kind: MilestoneKind, reference: &Reference) -> AppError {
    let AppError::Invalid(mut errors) = error else { return error };
    for fault in &mut errors.0 {
        let holds = match fault.field.as_ref() {
            "planned_on" => ProjectColumn::Planned(kind),
            _ => ProjectColumn::Actual(kind),
        };
        fault.args.push(("column", header_of(reference, holds)));
    }
    AppError::Invalid(errors)
}

/// Puts the project into the pool as a form would; a ledger's leader need not be a user. One that left again is taken
/// as it was: it counts no more.
pub(super) fn enter_pool(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    project: &mut Project,
    line: &Line,
) -> Result<(), AppError> {
    let mut errors = FieldErrors::default();
    let today = clock::today();
    for (field, day) in [("entered_on", line.entered_on), ("withdrawn_on", line.withdrawn_on)] {
        errors.check_day(field, day);
        if day.is_some_and(|day| clock::is_credible(day) && day > today) {
            errors.add(field, "date-in-future");
        }
    }
    match (line.entered_on, line.withdrawn_on) {
        (None, Some(_)) => errors.add("entered_on", "required"),
        (Some(entered), Some(withdrawn)) if withdrawn < entered => errors.add("withdrawn_on", "before-entry"),
        (Some(_), Some(_)) if line.withdrawal_reason.is_none() => errors.add("reason", "reason-required"),
        (Some(entered), None) => {
            let facts = entry_facts(conn, project)?;
            let faults = rules::check_entry(project, &facts, entered, &editing::criteria(conn, tools)?);
            let is_led = project.leader_name.is_some();
            // A ledger tells what was: what fell out of the criteria since is marked (`doubts`) and not refused.
            let is_told = |field: &str| matches!(field, "key" | "industry") || (field == "leader" && is_led);
            faults
                .into_iter()
                .filter(|(field, _)| !is_told(field))
                .for_each(|(field, code)| errors.add(field, code));
        }
        _ => {}
    }
    errors.into_result()?;
    project.entered_on = line.entered_on;
    project.withdrawn_on = line.withdrawn_on;
    project.withdrawal_reason = line.withdrawal_reason.clone().filter(|_| line.withdrawn_on.is_some());
    Ok(())
}
