//! `/api/v1/chambers/{id}/entries`: what holds of a chamber for a time.

use crate::app::App;
use crate::chambers::editing::load;
use crate::chambers::entries::body::EntryBody;
use crate::chambers::entries::view::EntryView;
use crate::chambers::entries::{ChamberEntryKind, editing};
use crate::chambers::queries;
use crate::db::page::{Order, PageOf};
use crate::error::{AppError, FieldErrors};
use crate::web::json::{self, Json};
use crate::web::params::Params;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::ChamberReader;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// In the order in which they were added, as their ids are.
pub const ORDER: Order = Order::ascending("id");

/// `GET /api/v1/chambers/{id}/entries?kind=`: those that ended, too.
pub async fn index(
    reader: ChamberReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["kind"])?;
    let kinds: Vec<ChamberEntryKind> = params.list("kind")?;
    let page = app
        .read(move |app, conn| {
            let chamber = load(conn, &reader, &id)?;
            let mut rows = queries::entries_of(conn, &chamber.id)?;
            rows.retain(|entry| kinds.is_empty() || kinds.contains(&entry.kind));
            let page = params.page_of(ORDER, rows, |entry| entry.id.as_str())?;
            let items = page.items.into_iter().map(|row| EntryView::of(app.tools(), row));
            let items = items.collect::<Result<Vec<_>, _>>()?;
            Ok(PageOf { items, next_cursor: page.next_cursor, total: page.total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `POST /api/v1/chambers/{id}/entries {kind, word?, name, …}`
pub async fn create(
    reader: ChamberReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<EntryBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let (chamber, entry) = app
        .write(&actor.clone(), move |app, conn| {
            let chamber = load(conn, &actor, &id)?;
            if_match.honour(chamber.version)?;
            let made = editing::add(conn, app.tools(), &actor, chamber, body, FieldErrors::default())?;
            Ok((made.0, EntryView::of(app.tools(), made.1)?))
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/chambers/{}/entries", chamber.id)))
        .insert_header(etag(chamber.version))
        .json(entry))
}

/// `PATCH /api/v1/chambers/{id}/entries/{entry}` with the chamber's ETag; what ends gets `to_on`.
pub async fn update(
    reader: ChamberReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, entry)) = (reader.0, path.into_inner());
    let (chamber, entry) = app
        .write(&actor.clone(), move |app, conn| {
            let before = editing::find_editable(conn, app.tools(), &actor, &id, &entry)?;
            if_match.require(before.0.version)?;
            let body = json::merged(&EntryBody::of(app.tools(), &before.1)?, patch)?;
            let made = editing::edit(conn, app.tools(), &actor, before, body, FieldErrors::default())?;
            Ok((made.0, EntryView::of(app.tools(), made.1)?))
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(chamber.version)).json(entry))
}

/// `DELETE /api/v1/chambers/{id}/entries/{entry}` with the chamber's ETag: what was entered by mistake.
pub async fn delete(
    reader: ChamberReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, entry)) = (reader.0, path.into_inner());
    app.write(&actor.clone(), move |app, conn| {
        let found = editing::find_editable(conn, app.tools(), &actor, &id, &entry)?;
        if_match.require(found.0.version)?;
        editing::remove(conn, &actor, found)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
