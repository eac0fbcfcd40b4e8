//! HTTP of applications for awards, one resource a file: HTML and JSON of the same resource side by side.

pub mod archive;
pub mod checklist;
pub mod compliance_review;
pub mod form;
pub mod funding;
pub mod list;
pub mod overview;
pub mod page;
pub mod papers;
pub mod record;
pub mod rulings;
mod small_page;
pub mod steps;
pub mod what_if;

use super::model::Application;
use super::queries;
use super::steps::Known;
use super::view::ApplicationView;
use crate::accounts::Actor;
use crate::app::Tools;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::web::precondition::etag;
use actix_web::HttpResponse;

/// The application of a path, if it exists for the actor; an id that is none is an application that does not exist.
pub fn load(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Application, AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    queries::find(conn, actor, &id)?.ok_or(AppError::NotFound)
}

/// The same with all that its steps are decided by.
pub fn known(conn: &mut AnyConn, tools: Tools<'_>, actor: &Actor, id: &str) -> Result<Known, AppError> {
    let application = load(conn, actor, id)?;
    Known::of(conn, tools, application)
}

/// 200 with an application and its ETag.
pub fn ok(application: &ApplicationView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(application.version)).json(application)
}
