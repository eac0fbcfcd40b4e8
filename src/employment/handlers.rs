//! `/projects/{id}/employment` and `/api/v1/projects/{id}/employment/{year}`

use super::editing::{self, EmploymentBody};
use super::pages::{Enter, Year};
use super::{queries, view};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::milestones;
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::projects::handlers::small_page::{Reader, head, show, submit as submit_small};
use crate::projects::handlers::{load_editable, ok};
use crate::projects::model::Project;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::ProjectReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::Datelike;

/// Years back that the form offers.
const OFFERED: i32 = 5;

/// `PUT /api/v1/projects/{id}/employment/{year} {new_jobs, above_scale}`, with the project's ETag.
pub async fn update(
    reader: ProjectReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<EmploymentBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let (id, year) = path.into_inner();
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let project = load_editable(conn, &actor, &id)?;
            let year = year.parse().map_err(|_| AppError::NotFound)?;
            if_match.require(project.version)?;
            let project = editing::enter(conn, &actor, project, year, body)?;
            crate::projects::view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(ok(&project))
}

/// `GET /projects/{id}/employment`
pub async fn form(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), page).await
}

/// `POST /projects/{id}/employment`
pub async fn submit(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("employment-saved");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen: IfMatch, form: &mut Form| {
        let project = load_editable(conn, actor, id)?;
        seen.honour(project.version)?;
        let new_jobs: Option<i64> = form.figure("new_jobs");
        form.check()?;
        let new_jobs = new_jobs.ok_or_else(|| AppError::invalid("new_jobs", "required"))?;
        let body = EmploymentBody { new_jobs, above_scale: form.chosen("above_scale")? };
        editing::enter(conn, actor, project, form.chosen("year")?, body)
    };
    submit_small(&app, &visit, reader.0, id.into_inner(), form, done, work, page).await
}

fn page(
    conn: &mut AnyConn,
    app: &App,
    _: &Reader,
    project: Project,
    mut form: Filled,
) -> Result<Enter, AppError> {
    let this_year = clock::today().year();
    form.values.entry("year".to_owned()).or_insert_with(|| this_year.to_string());
    if !form.values.contains_key("above_scale") {
        let is = is_above_scale(conn, &project.id)?;
        form.values.insert("above_scale".to_owned(), is.to_string());
    }
    let years = (this_year - OFFERED..=this_year).rev();
    Ok(Enter {
        years: years.map(|year| Choice::named(year.to_string(), year.to_string())).collect(),
        scales: ["true", "false"].map(Choice::code).into(),
        known: known(conn, app, &project.id)?,
        project: head(&project),
        form,
    })
}

/// Whether it has entered the statistical register (上规入统): what the form offers.
fn is_above_scale(conn: &mut AnyConn, project: &Id) -> Result<bool, AppError> {
    let of_kind = milestones::queries::of_kind(conn, project, MilestoneKind::AboveScale, clock::now())?;
    Ok(of_kind.actual_on.is_some() && of_kind.state != MilestoneState::Refused)
}

/// The years that are known, as lines.
pub fn known(conn: &mut AnyConn, app: &App, project: &Id) -> Result<Vec<Year>, AppError> {
    let policies = app.policies.now(conn)?;
    let rows = queries::of_project(conn, project)?;
    let line = |one: view::EmploymentView| Year {
        wanted: view::new_jobs_wanted(&policies, one.year),
        year: one.year,
        new_jobs: one.new_jobs,
        above_scale: one.above_scale,
        supported_first: one.supported_first,
    };
    Ok(view::views(&policies, rows).into_iter().map(line).collect())
}
