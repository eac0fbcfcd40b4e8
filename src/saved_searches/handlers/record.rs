//! A saved search over the API: saving, reading, changing it.

use super::{ok, survey};
use crate::app::App;
use crate::error::AppError;
use crate::saved_searches::asking::Known;
use crate::saved_searches::forms::{ChangeInput, SavedSearchBody, SavedSearchInput};
use crate::saved_searches::{editing, view};
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `POST /api/v1/saved-searches`
pub async fn create(
    reader: LeadReader,
    Json(body): Json<SavedSearchBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let input = SavedSearchInput::check(body)?;
    let known = match input.tell {
        true => survey(&app, &actor, input.query.clone()).await?,
        false => Known::default(),
    };
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let search = editing::save(conn, app, &actor, input, &known)?;
            view::detail(conn, &actor, search)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/saved-searches/{}", shown.id)))
        .insert_header(etag(shown.version))
        .json(shown))
}

/// `GET /api/v1/saved-searches/{id}`
pub async fn show(reader: LeadReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let shown = app
        .read(move |_, conn| {
            let search = editing::load(conn, &reader, &id)?;
            view::detail(conn, &reader, search)
        })
        .await?;
    Ok(ok(&shown))
}

/// `PATCH /api/v1/saved-searches/{id}`: a JSON merge patch.
pub async fn update(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let shown = app
        .write(&actor.clone(), move |_, conn| {
            let before = editing::load_own(conn, &actor, &id)?;
            if_match.require(before.version)?;
            let input = ChangeInput::check(json::merged(&editing::as_body(&before), patch)?)?;
            let search = editing::edit(conn, &actor, before, input)?;
            view::detail(conn, &actor, search)
        })
        .await?;
    Ok(ok(&shown))
}
