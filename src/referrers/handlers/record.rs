//! A referrer over the API: adding, reading, changing, deleting it.

use super::ok;
use crate::app::App;
use crate::clock;
use crate::error::{AppError, FieldErrors};
use crate::referrers::forms::{ReferrerBody, ReferrerInput};
use crate::referrers::{editing, trail, view};
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{ReferrerEditor, ReferrerReader};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `POST /api/v1/referrers {kind, name, identity_number?, uscc?, public_employee?, …}`
pub async fn create(
    editor: ReferrerEditor,
    Json(body): Json<ReferrerBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let referrer = app
        .write(&actor.clone(), move |app, conn| {
            let input = ReferrerInput::check(body, &app.reference, clock::today(), FieldErrors::default())?;
            let referrer = editing::register(conn, app.tools(), &actor, input)?;
            view::detail(conn, app.tools(), &actor, referrer)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/referrers/{}", referrer.id)))
        .insert_header(etag(referrer.version))
        .json(referrer))
}

/// `GET /api/v1/referrers/{id}`, by id or code
pub async fn show(
    reader: ReferrerReader,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let referrer = app
        .read(move |app, conn| {
            let referrer = editing::load(conn, &reader, &id)?;
            view::detail(conn, app.tools(), &reader, referrer)
        })
        .await?;
    Ok(ok(&referrer))
}

/// `PATCH /api/v1/referrers/{id}`: a JSON merge patch. Confirming an import's referrer is `{status: "active"}`.
pub async fn update(
    reader: ReferrerReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let referrer = app
        .write(&actor.clone(), move |app, conn| {
            let before = editing::load_editable(conn, &actor, &id)?;
            if_match.require(before.version)?;
            let body = json::merged(&trail::as_body(app.tools(), &before)?, patch)?;
            let input = ReferrerInput::check(body, &app.reference, clock::today(), FieldErrors::default())?;
            let referrer = editing::edit(conn, app.tools(), &actor, before, input)?;
            view::detail(conn, app.tools(), &actor, referrer)
        })
        .await?;
    Ok(ok(&referrer))
}

/// `DELETE /api/v1/referrers/{id}`: only one that nothing names.
pub async fn delete(
    reader: ReferrerReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |_, conn| {
        let referrer = editing::load_editable(conn, &actor, &id)?;
        if_match.require(referrer.version)?;
        editing::delete(conn, &actor, &referrer)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
