//! HTTP of projects, one resource a file: HTML and JSON of the same resource side by side.

pub mod assignment;
pub mod board;
pub mod contract;
pub mod contract_page;
pub mod deletion;
pub mod export;
pub mod list;
pub mod pool;
pub mod record;
pub mod small_page;

use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::projects::model::Project;
use crate::projects::view::ProjectView;
use crate::projects::{policy, queries};
use crate::web::precondition::etag;
use actix_web::HttpResponse;

/// The project of a path, if it exists for the actor; an id that is none is a project that does not exist.
pub fn load(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Project, AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    queries::find(conn, actor, &id)?.ok_or(AppError::NotFound)
}

/// The project of a path, which the actor may also change: 403 for one that he only sees, 404 before that for one
/// that he does not.
pub fn load_editable(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Project, AppError> {
    let project = load(conn, actor, id)?;
    if policy::may_edit(actor, &project) { Ok(project) } else { Err(refused(actor)) }
}

/// Why a project that the actor sees is not his to change.
pub fn refused(actor: &Actor) -> AppError {
    AppError::Forbidden(if policy::edits(actor.role) { "other-county" } else { "role" })
}

/// 200 with a project and its ETag.
pub fn ok(project: &ProjectView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(project.version)).json(project)
}
