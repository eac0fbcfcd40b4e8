//! A project over the API: entering, reading, changing, deleting it.

use crate::app::App;
use crate::error::AppError;
use crate::leads::handlers as leads;
use crate::projects::editing;
use crate::projects::forms::known::full_body;
use crate::projects::forms::{ProjectBody, ProjectInput};
use crate::projects::handlers::{load, load_editable, ok};
use crate::projects::{of_lead, view};
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{ProjectEditor, ProjectReader};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `POST /api/v1/projects {lead_id}` or `{title, investor_name, county, industry, total_investment_fen, …}`
pub async fn create(
    editor: ProjectEditor,
    Json(body): Json<ProjectBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let (lead, body) = match body.lead_id.clone() {
                None => (None, body),
                Some(id) => {
                    let known = leads::load(conn, &actor, &id).map_err(|error| match error {
                        AppError::NotFound => AppError::invalid("lead_id", "unknown-lead"),
                        other => other,
                    })?;
                    (Some(known.lead.id.clone()), of_lead::filled(conn, &known, body)?)
                }
            };
            let input = ProjectInput::check(body, &app.reference)?;
            let project = editing::register(conn, app.tools(), &actor, lead, input)?;
            view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/projects/{}", project.id)))
        .insert_header(etag(project.version))
        .json(project))
}

/// `GET /api/v1/projects/{id}`
pub async fn show(reader: ProjectReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let project = app
        .read(move |app, conn| {
            let project = load(conn, &reader, &id)?;
            view::detail(conn, app.tools(), &reader, project)
        })
        .await?;
    Ok(ok(&project))
}

/// `PATCH /api/v1/projects/{id}`: a JSON merge patch.
pub async fn update(
    reader: ProjectReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let before = load_editable(conn, &actor, &id)?;
            if_match.require(before.version)?;
            if patch.get("lead_id").is_some() {
                return Err(AppError::invalid("lead_id", "fixed-field"));
            }
            let current = full_body(conn, &before)?;
            let body = json::merged(&current, patch)?;
            let input = ProjectInput::check_edit(&current, body, &app.reference)?;
            let project = editing::edit(conn, app.tools(), &actor, before, input)?;
            view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(ok(&project))
}

/// `DELETE /api/v1/projects/{id}`: marks as deleted. One in the pool is withdrawn, not deleted.
pub async fn delete(
    reader: ProjectReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |_, conn| {
        let project = load_editable(conn, &actor, &id)?;
        if_match.require(project.version)?;
        editing::delete(conn, &actor, project)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
