//! What a line changes of a project that is there: each part through the edit that a form would make, so that rules,
//! history and trail are the same.
//!
//! An empty cell says nothing. What is verified stays, and so does the day on which a project entered the pool; whoever
//! calls looks at what came of it and says what was not taken.

use super::import::is_own_code;
use super::made::header_of;
use super::steps::{pool, signed, steps};
use super::{Line, Warning, people};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::conversion::{People, source};
use crate::imports::ledger::SourceDraft;
use crate::leads::forms::SourceBody;
use crate::leads::model::SourceKind;
use crate::projects::editing::{self, FromLedger};
use crate::projects::forms::known::full_body;
use crate::projects::forms::{EnclaveBody, KeyBody, ProjectBody, ProjectInput};
use crate::projects::model::Project;
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
        let user = name.as_deref().and_then(|name| people::leader(people, name, &body));
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
        supporting_finding content total_investment_fen fixed_investment_fen land_mu factory_m2 jobs filing_code phase_of unit
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
            recommended_on: enclave.recommended_on.or(before.recommended_on),
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
