//! Projects of the demonstration, at every step from a contract to the register.

use super::papers::{Paper, prove};
use super::people::People;
use super::sources::ById;
use super::{rows, shifted};
use crate::accounts::Actor;
use crate::app::Ground;
use crate::attachments::model::AttachmentKind;
use crate::db::AnyConn;
use crate::employment;
use crate::employment::editing::EmploymentBody;
use crate::error::AppError;
use crate::leads::forms::SourceBody;
use crate::leads::model::SourceKind;
use crate::milestones;
use crate::milestones::editing::MilestoneBody;
use crate::milestones::model::MilestoneKind;
use crate::money::WAN;
use crate::projects::contract::{self, ContractBody, FundingBody, YearBody};
use crate::projects::editing::register;
use crate::projects::forms::{EnclaveBody, ProjectBody, ProjectInput};
use crate::projects::model::{LandUse, Project};
use crate::projects::pool::{enter_pool, withdraw_from_pool};
use crate::projects::queries;
use chrono::NaiveDate;
use serde::Deserialize;

/// A milestone's cell is a letter and a day: planned, `a` reported, `v` verified, `f` refused.
#[derive(Deserialize)]
struct ProjectRow {
    title: String,
    investor: String,
    region: String,
    enclave: String,
    industry: String,
    supporting: String,
    total_wan: i64,
    fai_wan: i64,
    land_mu: f64,
    jobs: i64,
    leader: String,
    filing: String,
    signed: String,
    entered: String,
    withdrawn: String,
    registered: String,
    permit: String,
    start: String,
    completion: String,
    production: String,
    above_scale: String,
    progress: String,
    problems: String,
    next_step: String,
    event: String,
}

/// Ids by title.
pub(super) fn add(
    conn: &mut AnyConn,
    ground: &Ground,
    people: &People,
    events: &ById,
    papers: &[Paper],
    today: NaiveDate,
) -> Result<ById, AppError> {
    let mut ids = ById::new();
    let officer = &people.officer;
    for row in rows::<ProjectRow>("projects.csv")? {
        let input = ProjectInput::check(body(people, events, &row), &ground.reference)?;
        let mut project = register(conn, ground.tools(), officer, None, input)?;
        ids.insert(row.title.clone(), project.id.clone());
        if let Some(signed_on) = shifted(&row.signed, today) {
            let body = contract_body(&row, signed_on.min(today));
            project = contract::put(conn, officer, project, body)?;
        }
        for (kind, cell) in [
            (MilestoneKind::CompanyRegistered, &row.registered),
            (MilestoneKind::ConstructionPermit, &row.permit),
            (MilestoneKind::ConstructionStart, &row.start),
            (MilestoneKind::Completion, &row.completion),
            (MilestoneKind::Production, &row.production),
            (MilestoneKind::AboveScale, &row.above_scale),
        ] {
            project = milestone(conn, (ground, people), papers, project, kind, cell, today)?;
        }
        if let Some(day) = shifted(&row.entered, today) {
            project = enter_pool(conn, ground.tools(), officer, project, day.min(today))?;
        }
        if let Some(day) = shifted(&row.withdrawn, today) {
            withdraw_from_pool(conn, officer, project, day.min(today), &row.problems)?;
        }
    }
    Ok(ids)
}

fn body(people: &People, events: &ById, row: &ProjectRow) -> ProjectBody {
    let event = events.get(&row.event);
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    ProjectBody {
        title: text(&row.title),
        investor_name: text(&row.investor),
        county: text(&row.region),
        industry: text(&row.industry),
        supporting_project: Some(!row.supporting.is_empty()),
        supporting_finding: text(&row.supporting),
        total_investment_fen: Some(row.total_wan * WAN),
        fixed_investment_fen: Some(row.fai_wan * WAN),
        land_mu: Some(row.land_mu),
        jobs: Some(row.jobs),
        filing_code: text(&row.filing),
        source: Some(SourceBody {
            kind: Some(if event.is_some() { SourceKind::Event } else { SourceKind::Station }),
            event_id: event.map(ToString::to_string),
            ..SourceBody::default()
        }),
        leader: people.leaders.get(row.leader.trim()).map(ToString::to_string),
        officer: Some(people.officer.user_id.to_string()),
        enclave: text(&row.enclave).map(|county| EnclaveBody {
            county: Some(county),
            land_use: Some(LandUse::None),
            recommended_on: None,
        }),
        progress: text(&row.progress),
        problems: text(&row.problems),
        next_step: text(&row.next_step),
        ..ProjectBody::default()
    }
}

fn contract_body(row: &ProjectRow, signed_on: NaiveDate) -> ContractBody {
    let half = row.fai_wan / 2 * WAN;
    let year = |year, fixed_investment_fen| YearBody {
        year,
        fixed_investment_fen,
        land_premium_fen: 0,
        actual_fixed_investment_fen: None,
    };
    ContractBody {
        signed_on: Some(signed_on),
        parties: vec![row.investor.clone()],
        total_investment_fen: Some(row.total_wan * WAN),
        fixed_investment_fen: Some(row.fai_wan * WAN),
        land_premium_fen: Some(0),
        years: vec![year(1, half), year(2, row.fai_wan * WAN - half)],
        funding: vec![FundingBody {
            source: "企业自筹".to_owned(), amount_fen: Some(row.total_wan * WAN)
        }],
        ..ContractBody::default()
    }
}

fn milestone(
    conn: &mut AnyConn,
    (ground, people): (&Ground, &People),
    papers: &[Paper],
    project: Project,
    kind: MilestoneKind,
    cell: &str,
    today: NaiveDate,
) -> Result<Project, AppError> {
    let Some((letter, day)) = cell.split_at_checked(1) else { return Ok(project) };
    let Some(day) = shifted(day, today) else { return Ok(project) };
    let officer: &Actor = &people.officer;
    let body = match letter {
        "p" => MilestoneBody { planned_on: Some(Some(day)), ..MilestoneBody::default() },
        _ => MilestoneBody { actual_on: Some(Some(day.min(today))), ..MilestoneBody::default() },
    };
    let project = milestones::editing::change(conn, officer, project, kind, body)?;
    let reason = match letter {
        "v" => None,
        "f" => Some("未见施工许可证".to_owned()),
        _ => return Ok(project),
    };
    let accepts = reason.is_none();
    let is_start = kind == MilestoneKind::ConstructionStart;
    let photo = is_start.then_some(AttachmentKind::Photo.as_str());
    for paper in milestones::rules::evidence_of(kind).iter().take(1).copied().chain(photo) {
        if accepts {
            prove(conn, &ground.reference, officer, papers, &project.id, kind, paper)?;
        }
    }
    let project = queries::find(conn, officer, &project.id)?.ok_or(AppError::NotFound)?;
    milestones::editing::verify(conn, &people.head, project, kind, accepts, reason)
}

#[derive(Deserialize)]
struct EmploymentRow {
    title: String,
    year: i32,
    new_jobs: i64,
    above_scale: bool,
}

/// New jobs by year, for the flag of plan clause 三(五)1.
pub(super) fn employ(conn: &mut AnyConn, people: &People, projects: &ById) -> Result<(), AppError> {
    for row in rows::<EmploymentRow>("employment.csv")? {
        let id = projects.get(&row.title).ok_or_else(|| anyhow::anyhow!("there is no {}", row.title))?;
        let project = queries::find(conn, &people.officer, id)?.ok_or(AppError::NotFound)?;
        let body = EmploymentBody { new_jobs: row.new_jobs, above_scale: row.above_scale };
        employment::editing::enter(conn, &people.officer, project, row.year, body)?;
    }
    Ok(())
}
