//! Entering the pool of key projects, and leaving it.

use super::small_page::{Reader, head, show, submit};
use super::{load_editable, ok};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::policies::PolicyName;
use crate::projects::model::Project;
use crate::projects::pages::{Missing, PoolEntry, PoolState, Withdrawal};
use crate::projects::pool::{enter_pool, entry_facts, withdraw_from_pool};
use crate::projects::{rules, view};
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
    Ok(PoolEntry {
        pool: pool_of(conn, app, reader, &project)?.before_entry(),
        project: head(&project),
        form,
    })
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
            "key" | "industry" => format!("{here}/edit"),
            _ => format!("{here}/contract"),
        };
        Missing { code: code.to_owned(), href }
    });
    Ok(PoolState {
        missing: missing.collect(),
        warnings: rules::warnings(project, &facts, &policy.pool).iter().map(ToString::to_string).collect(),
        policy: Some(PolicyName::of(&policy, reader.lang.code())),
    })
}
