//! Entering the pool of key projects, and leaving it.

use super::small_page::{Reader, head, show, submit};
use super::{load_editable, ok};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::audit::Differences;
use crate::clock;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::milestones;
use crate::milestones::model::MilestoneKind;
use crate::policies::PolicyName;
use crate::projects::model::Project;
use crate::projects::pages::{Missing, PoolEntry, PoolState, Withdrawal};
use crate::projects::queries::{self, ContractKind};
use crate::projects::rules::{self, EntryFacts};
use crate::projects::{editing, view};
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::ProjectReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;

/// The day on which a project enters the pool.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PoolEntry)]
pub struct EntryBody {
    pub entered_on: NaiveDate,
}

/// The day on which a project leaves the pool, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PoolWithdrawal)]
pub struct WithdrawalBody {
    pub withdrawn_on: NaiveDate,
    #[schema(max_length = 20000)]
    pub reason: String,
}

/// `POST /api/v1/projects/{id}/pool-entry {entered_on}`
pub async fn enter(
    reader: ProjectReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<EntryBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let project = load_editable(conn, &actor, &id)?;
            if_match.honour(project.version)?;
            let project = enter_pool(conn, app.tools(), &actor, project, body.entered_on)?;
            view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(ok(&project))
}

/// `POST /api/v1/projects/{id}/withdrawal {withdrawn_on, reason}`
pub async fn withdraw(
    reader: ProjectReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<WithdrawalBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let project = load_editable(conn, &actor, &id)?;
            if_match.honour(project.version)?;
            let project = withdraw_from_pool(conn, &actor, project, body.withdrawn_on, &body.reason)?;
            view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(ok(&project))
}

/// `GET /projects/{id}/pool-entry`
pub async fn entry_form(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), entry_page).await
}

/// `POST /projects/{id}/pool-entry`
pub async fn submit_entry(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("project-entered-now");
    let work =
        |conn: &mut AnyConn, tools: Tools<'_>, actor: &Actor, id: &str, seen: IfMatch, form: &mut Form| {
            let project = load_editable(conn, actor, id)?;
            seen.honour(project.version)?;
            let entered_on = form.chosen("entered_on")?;
            enter_pool(conn, tools, actor, project, entered_on)
        };
    submit(&app, &visit, reader.0, id.into_inner(), form, done, work, entry_page).await
}

/// `GET /projects/{id}/withdrawal`
pub async fn withdrawal_form(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), withdrawal_page).await
}

/// `POST /projects/{id}/withdrawal`
pub async fn submit_withdrawal(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("project-withdrawn-now");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen: IfMatch, form: &mut Form| {
        let project = load_editable(conn, actor, id)?;
        seen.honour(project.version)?;
        let withdrawn_on = form.chosen("withdrawn_on")?;
        let reason = form.text("reason").unwrap_or_default();
        withdraw_from_pool(conn, actor, project, withdrawn_on, &reason)
    };
    submit(&app, &visit, reader.0, id.into_inner(), form, done, work, withdrawal_page).await
}

fn entry_page(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    project: Project,
    mut form: Filled,
) -> Result<PoolEntry, AppError> {
    let today = clock::today();
    form.values.entry("entered_on".to_owned()).or_insert_with(|| today.to_string());
    Ok(PoolEntry { pool: pool_of(conn, app, reader, &project)?, project: head(&project), form })
}

fn withdrawal_page(
    _: &mut AnyConn,
    _: &App,
    _: &Reader,
    project: Project,
    mut form: Filled,
) -> Result<Withdrawal, AppError> {
    form.values.entry("withdrawn_on".to_owned()).or_insert_with(|| clock::today().to_string());
    Ok(Withdrawal { project: head(&project), form })
}

/// What keeps a project out of the pool as of today, and what will keep it from counting; and the version that says so.
pub fn pool_of(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    project: &Project,
) -> Result<PoolState, AppError> {
    let today = clock::today();
    let Some(policy) = app.policies.now(conn)?.current(today.year()).cloned() else {
        return Ok(PoolState::default());
    };
    let facts = entry_facts(conn, project)?;
    let here = format!("/projects/{}", project.id);
    let missing = rules::check_entry(project, &facts, today, &policy.pool);
    let missing = missing.into_iter().map(|(field, code)| {
        let href = match field {
            "leader" => format!("{here}/assignment"),
            "construction_start" => format!("{here}/milestones/construction_start"),
            _ => format!("{here}/contract"),
        };
        Missing { code: code.to_owned(), href }
    });
    Ok(PoolState {
        missing: missing.collect(),
        warnings: rules::warnings(project, &policy.pool).iter().map(ToString::to_string).collect(),
        policy: Some(PolicyName::of(&policy, reader.lang.code())),
    })
}

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
    Ok(EntryFacts {
        has_formal_contract: contract.is_some_and(|(contract, ..)| contract.kind == ContractKind::Formal),
        has_filing: project.filing_code.is_some()
            || of(MilestoneKind::Filing).is_some_and(|filing| filing.actual_on.is_some()),
        planned_start_on: of(MilestoneKind::ConstructionStart)
            .filter(|start| start.actual_on.is_none())
            .and_then(|start| start.planned_on),
    })
}
