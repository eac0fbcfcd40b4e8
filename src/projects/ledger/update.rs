//! What a line changes of a project that is there: each part through the edit that a form would make, so that rules,
//! history and trail are the same.
//!
//! An empty cell says nothing. What is verified stays, and so does the day on which a project entered the pool; whoever
//! calls looks at what came of it and says what was not taken.

use super::import::is_own_code;
use super::made::{at_milestone, enter_pool, header_of};
use super::{Days, Line, Warning, people};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::conversion::{People, source};
use crate::imports::ledger::SourceDraft;
use crate::leads::forms::SourceBody;
use crate::leads::model::SourceKind;
use crate::milestones::editing::MilestoneBody;
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::milestones::{self, queries as reached};
use crate::projects::contract::{self, ContractBody};
use crate::projects::editing::{self, FromLedger};
use crate::projects::forms::known::full_body;
use crate::projects::forms::{EnclaveBody, KeyBody, ProjectBody, ProjectInput};
use crate::projects::handlers::pool::withdraw_from_pool;
use crate::projects::model::Project;
use crate::projects::queries::ContractKind;
use crate::reference::ProjectColumn;

/// Changes what `said` says otherwise than `there`, the project's own line; the project, and what was left as it is.
#[expect(clippy::too_many_arguments, reason = "who, with what, and the three lives of a project")]
pub fn update(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    people: &People,
    before: Project,
    there: &Line,
    said: &Line,
    import: &Id,
) -> Result<(Project, Vec<Warning>), AppError> {
    let mut warnings = Vec::new();
    let project = record(conn, tools, actor, people, before, there, said, import)?;
    let project = signed(conn, tools, actor, project, there, said, &mut warnings)?;
    let project = steps(conn, tools, actor, project, there, said, &mut warnings)?;
    let project = pool(conn, tools, actor, project, said)?;
    Ok((project, warnings))
}

/// The project's own fields.
#[expect(clippy::too_many_arguments, reason = "as above")]
fn record(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    people: &People,
    before: Project,
    there: &Line,
    said: &Line,
    import: &Id,
) -> Result<Project, AppError> {
    let known = full_body(conn, &before)?;
    let mut body = overlaid(&known, &said.body);
    let mut ledger = FromLedger {
        import_id: Some(import.clone()),
        leader_name: before.leader_name.clone(),
        officer_name: before.officer_name.clone(),
        extra: merged_extra(tools, there, said),
        ..FromLedger::default()
    };
    if said.body.leader.is_some() && said.body.leader != there.body.leader {
        let name = said.body.leader.clone();
        let user = name.as_deref().and_then(|name| people::leader(people, name, body.county.as_deref()));
        (body.leader, ledger.leader_name) = people::either(user, name);
    }
    if said.body.officer.is_some() && said.body.officer != there.body.officer {
        let name = said.body.officer.clone();
        let user = name.as_deref().and_then(|name| people::officer(people, name));
        (body.officer, ledger.officer_name) = people::either(user, name);
    }
    // Faults of the line come before a chamber is made for it.
    ProjectInput::check_edit(&known, body.clone(), tools.reference)?;
    body.source = source_of(conn, tools, actor, &known, there, said)?;
    let input = ProjectInput::check_edit(&known, body, tools.reference)?;
    editing::edit_from(conn, tools, actor, before, input, ledger)
}

/// The known body with everything that is said over it; people and source are names, and come after.
fn overlaid(known: &ProjectBody, said: &ProjectBody) -> ProjectBody {
    let mut body = known.clone();
    macro_rules! over {
        ($($field:ident)+) => {$(
            if said.$field.is_some() {
                body.$field.clone_from(&said.$field);
            }
        )+};
    }
    over!(title investor_name uscc origin project_company county park industry industry_class supporting_project
        supporting_finding content total_investment_fen fixed_investment_fen land_mu factory_m2 jobs filing_code unit
        progress problems coordination next_step remark);
    if let Some(key) = &said.key {
        let before = known.key.clone().unwrap_or_default();
        body.key =
            Some(KeyBody { basis: key.basis.or(before.basis), reason: key.reason.clone().or(before.reason) });
    }
    if let Some(enclave) = &said.enclave {
        let before = known.enclave.clone().unwrap_or_default();
        body.enclave = Some(EnclaveBody {
            county: enclave.county.clone().or(before.county),
            land_use: enclave.land_use.or(before.land_use),
        });
    }
    body
}

/// The source: as it is when the line names the same, else what the line names.
fn source_of(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    known: &ProjectBody,
    there: &Line,
    said: &Line,
) -> Result<Option<SourceBody>, AppError> {
    let before = known.source.clone().unwrap_or_default();
    let of_line = said.body.source.clone().unwrap_or_default();
    let kind = of_line.kind.or(before.kind).unwrap_or(SourceKind::Own);
    let is_same_kind = Some(kind) == before.kind;
    let name = said.source_name.clone().or_else(|| there.source_name.clone().filter(|_| is_same_kind));
    let note = of_line.note.or_else(|| before.note.clone().filter(|_| is_same_kind));
    if is_same_kind && name == there.source_name {
        return Ok(Some(SourceBody { note, ..before }));
    }
    let draft = SourceDraft {
        kind,
        name,
        note,
        chamber_id: None,
        referrer_id: None,
        enterprise_id: None,
        event_id: None,
    };
    source(conn, tools, actor, draft).map(Some)
}

/// Columns that no field takes, those of the line over those that are kept. What is said of a contract belongs to the
/// contract, where there is one.
fn merged_extra(tools: Tools<'_>, there: &Line, said: &Line) -> Vec<(String, String)> {
    let ledger = tools.reference.project_ledger();
    let is_of_contract = |header: &str| {
        let column = ledger.find(header).and_then(|at| ledger.columns.get(at));
        column.is_some_and(|column| is_contracts(column.holds))
    };
    let foreign = said.code.clone().filter(|code| !is_own_code(tools, code));
    let code = foreign.map(|code| (header_of(tools.reference, ProjectColumn::Code), code));
    let mut merged = there.extra.clone();
    for (header, text) in said.extra.iter().cloned().chain(code) {
        if there.contract.is_some() && is_of_contract(&header) {
            continue;
        }
        match merged.iter_mut().find(|(known, _)| *known == header) {
            Some((_, before)) => *before = text,
            None => merged.push((header, text)),
        }
    }
    merged
}

fn is_contracts(column: ProjectColumn) -> bool {
    use ProjectColumn::{AnnualPlan, ContractFixed, ContractTotal, Funding, LandPremium, Parties};
    matches!(column, AnnualPlan | ContractFixed | ContractTotal | Funding | LandPremium | Parties)
}

/// The contract, and supplementary agreements that are not there yet.
fn signed(
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
        (None, None) => None,
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
        years: unless_empty(&said.years, &before.years),
        funding: unless_empty(&said.funding, &before.funding),
    }
}

/// Milestones. What is verified stays.
fn steps(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    mut project: Project,
    there: &Line,
    said: &Line,
    warnings: &mut Vec<Warning>,
) -> Result<Project, AppError> {
    let has_contract = there.contract.is_some() || said.contract.is_some();
    for (&kind, days) in &said.milestones {
        let before = reached::of_kind(conn, &project.id, kind, clock::now())?;
        // The day of a contract is the contract's.
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
        project = milestones::editing::enter(conn, actor, project, kind, body)
            .map_err(|error| at_milestone(error, kind, tools.reference))?;
    }
    Ok(project)
}

/// Into the pool and out of it. A day of entry that is there stays.
fn pool(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    mut project: Project,
    said: &Line,
) -> Result<Project, AppError> {
    let is_other_entry = said.entered_on.is_some() && said.entered_on != project.entered_on;
    if !project.is_in_pool() && is_other_entry {
        let before = project.clone();
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
