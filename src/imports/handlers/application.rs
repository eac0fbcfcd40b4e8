//! `/imports/{id}/application`: what was previewed becomes records, or changes them.

use super::{ImportView, load};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::clock;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::imports::application::{apply_rows, finish};
use crate::imports::kinds::Reading;
use crate::imports::model::{Import, ImportStatus};
use crate::imports::preview::file;
use crate::imports::queries;
use crate::jobs::outbox::{self, Topic};
use crate::web::json::MaybeJson;
use crate::web::roles::LeadEditor;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;
use utoipa::ToSchema;

/// What to do with duplicates: by default they are left out.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Application {
    /// Why duplicates are imported nevertheless; without it none is.
    pub accept_duplicates: Option<String>,
    /// Which of them, by their place among the rows, from 0; all when not said.
    pub positions: Option<Vec<i64>>,
}

/// `POST /api/v1/imports/{id}/application {accept_duplicates?, positions?}`, also without a body.
///
/// 200 with the counts; 202 when it goes on beside.
pub async fn create(
    editor: LeadEditor,
    id: Path<String>,
    MaybeJson(body): MaybeJson<Application>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let wanted = body.unwrap_or_default();
    let actor = editor.0;
    let import =
        app.write(&actor.clone(), move |app, conn| apply(conn, app.tools(), &actor, &id, wanted)).await?;
    let mut response =
        if import.status == ImportStatus::Applying { HttpResponse::Accepted() } else { HttpResponse::Ok() };
    Ok(response.json(ImportView::from(import)))
}

/// Applies a preview in the caller's transaction; a large one is handed to the worker.
pub fn apply(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    id: &str,
    wanted: Application,
) -> Result<Import, AppError> {
    let import = load(conn, actor, id)?;
    if !import.kind.admits(actor.role) {
        return Err(AppError::Forbidden("role"));
    }
    // Of two at once, one wins; the other is told.
    if !queries::advance(conn, &import.id, ImportStatus::Previewed, ImportStatus::Applying)? {
        return Err(AppError::Conflict("import-not-previewed"));
    }
    let reason = wanted.accept_duplicates.map(|reason| reason.trim().to_owned());
    match reason.as_deref() {
        // A project or chamber that is there is no second one, whatever the reason.
        Some(_) if import.kind.changes() => {
            return Err(AppError::invalid("accept_duplicates", "duplicates-of-projects"));
        }
        Some("") => return Err(AppError::invalid("accept_duplicates", "reason-required")),
        Some(reason) => {
            accept(conn, &import, wanted.positions.as_deref())?;
            queries::set_duplicate_reason(conn, &import.id, Some(reason))?;
        }
        None if wanted.positions.as_ref().is_some_and(|positions| !positions.is_empty()) => {
            return Err(AppError::invalid("accept_duplicates", "reason-required"));
        }
        None => {}
    }
    if usize::try_from(import.row_count).is_ok_and(|rows| rows > import.kind.at_once()) {
        outbox::enqueue(conn, Topic::Import, &import.id)?;
    } else {
        at_once(conn, tools, actor, &Import { duplicate_reason: reason, ..import.clone() })?;
    }
    load(conn, actor, id)
}

/// Marks the duplicates that are to be imported nevertheless.
///
/// # Errors
/// 422 that names the first place at which there is no duplicate.
fn accept(conn: &mut AnyConn, import: &Import, positions: Option<&[i64]>) -> Result<(), AppError> {
    let duplicates = queries::duplicates_at(conn, &import.id, positions.unwrap_or_default())?;
    if let Some(none) = positions.unwrap_or_default().iter().find(|at| !duplicates.contains(at)) {
        let mut errors = FieldErrors::default();
        errors.add_with("positions", "not-a-duplicate", vec![("position", none.to_string())]);
        return Err(AppError::Invalid(errors));
    }
    Ok(queries::accept_rows(conn, &import.id, positions)?)
}

fn at_once(conn: &mut AnyConn, tools: Tools<'_>, actor: &Actor, import: &Import) -> Result<(), AppError> {
    let bytes = file(conn, tools, &import.id)?.ok_or(AppError::Conflict("import-not-previewed"))?;
    let day = clock::china_date(import.created_at);
    let reading = Reading::read(Some(import.kind), &bytes, &import.file_name, tools.reference, day)
        .map_err(|e| AppError::Internal(e.into()))?;
    let rows = reading.applicable(conn, tools, actor)?;
    apply_rows(conn, tools, actor, import, &rows, -1, import.row_count)?;
    finish(conn, actor, import)
}
