//! `/referrers/{id}/merger`: one referrer that stands in the register twice becomes one.

use super::ok;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::referrers::editing;
use crate::referrers::model::Referrer;
use crate::referrers::view;
use crate::registers::merging::Merger;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::ReferrerEditor;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `POST /api/v1/referrers/{id}/merger {into}` → the referrer that stays
pub async fn create(
    editor: ReferrerEditor,
    id: Path<String>,
    if_match: IfMatch,
    Json(merger): Json<Merger>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let referrer = app
        .write(&actor.clone(), move |app, conn| {
            let referrer = merge(conn, &actor, &id, if_match, &merger)?;
            view::detail(conn, app.tools(), &actor, referrer)
        })
        .await?;
    Ok(ok(&referrer))
}

/// Merges the referrer of a path into the one that is named, which the actor must be allowed to keep, too.
pub fn merge(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    merger: &Merger,
) -> Result<Referrer, AppError> {
    let from = editing::load_editable(conn, actor, id)?;
    if_match.honour(from.version)?;
    let into = match editing::load_editable(conn, actor, merger.into.trim()) {
        Err(AppError::NotFound) => return Err(AppError::invalid("into", "unknown-referrer")),
        loaded => loaded?,
    };
    editing::merge(conn, actor, &from, &into)?;
    Ok(into)
}
