//! An event over the API: adding, reading, changing, deleting it.

use super::ok;
use crate::app::App;
use crate::error::{AppError, FieldErrors};
use crate::events::forms::{EventBody, EventInput};
use crate::events::{editing, view};
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{EventKeeper, EventReader};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `POST /api/v1/events`; a county's own county is meant where none is named.
pub async fn create(
    keeper: EventKeeper,
    Json(mut body): Json<EventBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = keeper.0;
    body.county = body.county.or_else(|| actor.region.clone());
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let input = EventInput::check(body, &app.reference, FieldErrors::default())?;
            let event = editing::register(conn, &actor, input)?;
            view::detail(conn, app, &actor, event)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/events/{}", shown.id)))
        .insert_header(etag(shown.version))
        .json(shown))
}

/// `GET /api/v1/events/{id}`, by id or code
pub async fn show(reader: EventReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let shown = app
        .read(move |app, conn| {
            let event = editing::load(conn, &reader, &id)?;
            view::detail(conn, app, &reader, event)
        })
        .await?;
    Ok(ok(&shown))
}

/// `PATCH /api/v1/events/{id}`: a JSON merge patch, such as `{status, outcome}`.
pub async fn update(
    reader: EventReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let before = editing::load_editable(conn, &actor, &id)?;
            if_match.require(before.version)?;
            let body = json::merged(&editing::as_body(&before), patch)?;
            let input = EventInput::check(body, &app.reference, FieldErrors::default())?;
            let event = editing::edit(conn, &actor, before, input)?;
            view::detail(conn, app, &actor, event)
        })
        .await?;
    Ok(ok(&shown))
}

/// `DELETE /api/v1/events/{id}`: only one without attendees and leads.
pub async fn delete(
    reader: EventReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |_, conn| {
        let event = editing::load_editable(conn, &actor, &id)?;
        if_match.require(event.version)?;
        editing::delete(conn, &actor, &event)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
