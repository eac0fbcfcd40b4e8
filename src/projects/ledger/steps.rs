//! What a line changes beside the project's own fields: its contract, its milestones, its place in the pool.

use super::made::{at_milestone, enter_pool, header_of};
use super::{Days, Line, Warning};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::Differences;
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::milestones::editing::{MilestoneBody, enter};
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::milestones::queries as reached;
use crate::projects::contract::{self, ContractBody, YearBody};
use crate::projects::editing;
use crate::projects::model::Project;
use crate::projects::pool::{keep_stay, withdraw_from_pool};
use crate::projects::queries::ContractKind;
use crate::reference::ProjectColumn;

/// The contract, and supplementary agreements that are not there yet.
pub(super) fn signed(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    mut project: Project,
    there: &Line,
    said: &Line,
    warnings: &mut Vec<Warning>,
) -> Result<Project, AppError> {
    let day = said.milestones.get(&MilestoneKind::Contract).and_then(|days| days.actual_on);
    let wanted = match (&there.contract, &said.contract) {
        (Some(before), Some(line)) => Some(over_contract(before, line)),
        // A day alone is that of the contract which is there.
        (Some(before), None) => Some(ContractBody { signed_on: day.or(before.signed_on), ..before.clone() }),
        (None, Some(line)) => {
            let total = line.total_investment_fen.or(project.total_investment_fen);
            Some(ContractBody { total_investment_fen: total, ..line.clone() })
        }
        (_, None) => None,
    };
    if let Some(mut wanted) = wanted {
        let milestone = reached::of_kind(conn, &project.id, MilestoneKind::Contract, clock::now())?;
        let is_verified = milestone.state == MilestoneState::Verified;
        if wanted.kind == Some(ContractKind::Formal) && is_verified && wanted.signed_on != milestone.actual_on
        {
            let column = header_of(tools.reference, ProjectColumn::SignedOn);
            let word = wanted.signed_on.map(|day| day.to_string()).unwrap_or_default();
            warnings.push(Warning { code: "milestone_verified", column, word });
            wanted.signed_on = milestone.actual_on;
        }
        if there.contract.as_ref() != Some(&wanted) {
            project = contract::put(conn, actor, project, wanted)?;
        }
    }
    for (signed_on, content) in said.supplements.iter().filter(|one| !there.supplements.contains(one)) {
        project = contract::supplement(conn, actor, project, *signed_on, content.clone())?;
    }
    Ok(project)
}

fn over_contract(before: &ContractBody, said: &ContractBody) -> ContractBody {
    fn unless_empty<T: Clone>(said: &[T], before: &[T]) -> Vec<T> {
        if said.is_empty() { before.to_vec() } else { said.to_vec() }
    }
    ContractBody {
        kind: said.kind.or(before.kind),
        signed_on: said.signed_on.or(before.signed_on),
        parties: unless_empty(&said.parties, &before.parties),
        total_investment_fen: said.total_investment_fen.or(before.total_investment_fen),
        fixed_investment_fen: said.fixed_investment_fen.or(before.fixed_investment_fen),
        land_premium_fen: said.land_premium_fen.or(before.land_premium_fen),
        years: if said.years.is_empty() {
            before.years.clone()
        } else {
            said.years.iter().map(|year| with_actual(year, &before.years)).collect()
        },
        funding: unless_empty(&said.funding, &before.funding),
    }
}

/// A year of a ledger's plan, with what was really invested in it, which a ledger does not say.
fn with_actual(year: &YearBody, before: &[YearBody]) -> YearBody {
    let known = before.iter().find(|one| one.year == year.year);
    YearBody {
        actual_fixed_investment_fen: known.and_then(|one| one.actual_fixed_investment_fen),
        ..year.clone()
    }
}

/// Milestones. What is verified stays.
pub(super) fn steps(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    mut project: Project,
    there: &Line,
    said: &Line,
    warnings: &mut Vec<Warning>,
) -> Result<Project, AppError> {
    let has_contract = said.contract.is_some() || there.contract.is_some();
    for (&kind, days) in &said.milestones {
        let before = reached::of_kind(conn, &project.id, kind, clock::now())?;
        // The day of a contract is the contract's; a framework agreement has none.
        let actual_on = days.actual_on.filter(|_| kind != MilestoneKind::Contract || !has_contract);
        let wanted = Days {
            planned_on: days.planned_on.or(before.planned_on),
            actual_on: actual_on.or(before.actual_on),
        };
        if wanted == (Days { planned_on: before.planned_on, actual_on: before.actual_on }) {
            continue;
        }
        if before.state == MilestoneState::Verified {
            let planned = (days.planned_on, ProjectColumn::Planned(kind), before.planned_on);
            let actual = (actual_on, ProjectColumn::Actual(kind), before.actual_on);
            for (day, column, _) in
                [planned, actual].into_iter().filter(|(day, _, was)| day.is_some() && day != was)
            {
                let column = header_of(tools.reference, column);
                let word = day.map(|day| day.to_string()).unwrap_or_default();
                warnings.push(Warning { code: "milestone_verified", column, word });
            }
            continue;
        }
        let body = MilestoneBody {
            planned_on: Some(wanted.planned_on),
            actual_on: Some(wanted.actual_on),
            evidence: None,
        };
        project = enter(conn, tools, actor, project, kind, body)
            .map_err(|error| at_milestone(error, kind, tools.reference))?;
    }
    Ok(project)
}

/// Into the pool and out of it. A day of entry that is there stays.
pub(super) fn pool(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    mut project: Project,
    said: &Line,
) -> Result<Project, AppError> {
    let is_other_entry = said.entered_on.is_some() && said.entered_on != project.entered_on;
    if !project.is_in_pool() && is_other_entry {
        let before = project.clone();
        keep_stay(conn, &before)?;
        enter_pool(conn, tools, &mut project, said)?;
        let differences = Differences::default()
            .field("entered_on", &before.entered_on, &project.entered_on)
            .field("withdrawn_on", &before.withdrawn_on, &project.withdrawn_on);
        return editing::save(conn, actor, project, "project.pool_entry", differences, None);
    }
    match said.withdrawn_on {
        Some(day) if project.is_in_pool() && !is_other_entry => withdraw_from_pool(
            conn,
            actor,
            project,
            day,
            said.withdrawal_reason.as_deref().unwrap_or_default(),
        ),
        _ => Ok(project),
    }
}
