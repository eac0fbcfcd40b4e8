//! `/chambers/{id}/merger`: one chamber that stands in the register twice becomes one.

use super::ok;
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::chambers::editing;
use crate::chambers::model::Chamber;
use crate::chambers::view;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::registers::merging::Merger;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::ChamberEditor;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `POST /api/v1/chambers/{id}/merger {into}` → the chamber that stays
pub async fn create(
    editor: ChamberEditor,
    id: Path<String>,
    if_match: IfMatch,
    Json(merger): Json<Merger>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let chamber = app
        .write(&actor.clone(), move |app, conn| {
            let chamber = merge(conn, app.tools(), &actor, &id, if_match, &merger)?;
            view::detail(conn, app.tools(), &actor, chamber)
        })
        .await?;
    Ok(ok(&chamber))
}

/// Merges the chamber of a path into the one that is named, which the actor must be allowed to keep, too.
pub fn merge(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    merger: &Merger,
) -> Result<Chamber, AppError> {
    let from = editing::load_editable(conn, tools, actor, id)?;
    if_match.honour(from.version)?;
    let into = match editing::load_editable(conn, tools, actor, merger.into.trim()) {
        Err(AppError::NotFound) => return Err(AppError::invalid("into", "unknown-chamber")),
        loaded => loaded?,
    };
    editing::merge(conn, actor, &from, &into)?;
    Ok(into)
}
