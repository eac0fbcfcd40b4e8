//! Exporting projects: the actor's scope and the list's filters, with a reason, logged. The file names who took it, when
//! and why.

use super::cells::Words;
use super::sheet::Sheet;
use super::{Days, Line};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::attributions;
use crate::clock;
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::exports::{self, ExportFormat};
use crate::leads::queries::At;
use crate::milestones;
use crate::milestones::model::MilestoneState;
use crate::projects::contract::as_body as contract_body;
use crate::projects::forms::ProjectBody;
use crate::projects::forms::known::as_body;
use crate::projects::model::Project;
use crate::projects::queries::{self, Names, ProjectFilter, Sort, SortField};
use crate::web::i18n::I18n;

/// Projects read at a time.
const CHUNK: i64 = 200;

/// Writes the projects of a filter into a file's bytes, and the act into the trail.
///
/// # Errors
/// 422 without a reason.
pub fn export(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    i18n: &I18n,
    actor: &Actor,
    filter: &ProjectFilter,
    reason: &str,
    format: ExportFormat,
) -> Result<Vec<u8>, AppError> {
    let reason = exports::reasoned(reason)?;
    let lines = lines(conn, actor, filter)?;
    let sheet = Sheet::of(&lines, Words { reference: tools.reference, i18n });
    let watermark = exports::watermark(i18n, actor, reason);
    let bytes = match format {
        ExportFormat::Xlsx => sheet.xlsx(&watermark).map_err(|error| AppError::Internal(error.into()))?,
        ExportFormat::Csv => sheet.csv(&watermark).map_err(|error| AppError::Internal(error.into()))?,
    };
    exports::tell(conn, actor, "project.export", (lines.len(), filter), reason, &bytes)?;
    Ok(bytes)
}

/// The projects of a filter by code, as lines.
pub fn lines(conn: &mut AnyConn, actor: &Actor, filter: &ProjectFilter) -> Result<Vec<Line>, AppError> {
    let sort = Sort { field: SortField::Code, descending: false };
    let mut lines = Vec::new();
    let mut at = At::Start;
    loop {
        let Some(page) = queries::page(conn, actor, filter, sort, &at, CHUNK)? else { break };
        lines.extend(lines_of(conn, page.items)?);
        let Some(next) = page.next_cursor.as_deref().and_then(Cursor::decode) else { break };
        at = At::After(next);
    }
    Ok(lines)
}

/// One project as a line.
pub fn line_of(conn: &mut AnyConn, project: Project) -> Result<Line, AppError> {
    Ok(lines_of(conn, vec![project])?.pop().unwrap_or_default())
}

fn lines_of(conn: &mut AnyConn, projects: Vec<Project>) -> Result<Vec<Line>, AppError> {
    let names = queries::names_of(conn, &projects)?;
    let ids: Vec<Id> = projects.iter().map(|project| project.id.clone()).collect();
    let mut reached = milestones::queries::of_projects(conn, &ids)?;
    let mut contracts = queries::contract_parts_of(conn, &ids)?;
    let mut shares = attributions::queries::shares_of_projects(conn, &projects)?;
    let line = |project: Project| {
        let days = reached.remove(&project.id).unwrap_or_default().into_iter().map(|(milestone, _)| {
            // A refused day is no day that anything happened on.
            let actual_on = milestone.actual_on.filter(|_| milestone.state != MilestoneState::Refused);
            (milestone.kind, Days { planned_on: milestone.planned_on, actual_on })
        });
        let contract = contracts.remove(&project.id);
        let supplements = contract.iter().flat_map(|(_, _, supplements)| supplements);
        Line {
            code: Some(project.code.clone()),
            source_name: source_name(&project, &names),
            attribution: shares
                .remove(&project.id)
                .map(|shares| attributions::handlers::told(&shares).join("；")),
            supplements: supplements.map(|one| (one.signed_on, one.content.clone())).collect(),
            contract: contract.map(|(contract, years, _)| contract_body(&contract, &years)),
            milestones: days.collect(),
            entered_on: project.entered_on,
            withdrawn_on: project.withdrawn_on,
            withdrawal_reason: project.withdrawal_reason.clone(),
            extra: project.extra.0.clone(),
            updated_on: Some(clock::china_date(project.updated_at)),
            body: body(&project, &names),
        }
    };
    Ok(projects.into_iter().map(line).collect())
}

/// The body with names in the place of records, and what the company knows.
fn body(project: &Project, names: &Names) -> ProjectBody {
    let person = |id: &Option<Id>, written: &Option<String>| {
        id.as_ref().and_then(|id| names.users.get(id)).map(|(_, name)| name.clone()).or(written.clone())
    };
    let (uscc, origin) = names.companies.get(&project.company_id).cloned().unwrap_or_default();
    ProjectBody {
        lead_id: None,
        uscc,
        origin,
        leader: person(&project.leader_id, &project.leader_name),
        officer: person(&project.officer_id, &project.officer_name),
        phase_of: project.phase_of.as_ref().and_then(|id| names.projects.get(id).cloned()),
        ..as_body(project)
    }
}

fn source_name(project: &Project, names: &Names) -> Option<String> {
    let of = [
        &project.source_chamber_id,
        &project.source_referrer_id,
        &project.source_enterprise_id,
        &project.source_event_id,
    ];
    of.into_iter().flatten().find_map(|id| names.sources.get(id).cloned())
}
