//! A chamber: adding, reading, changing, deleting it.

use super::{entry_page, ok};
use crate::app::App;
use crate::chambers::editing;
use crate::chambers::model::ChamberKind;
use crate::chambers::pages::Show;
use crate::chambers::{policy, queries, view};
use crate::error::{AppError, FieldErrors};
use crate::registers::{RecordBody, RecordInput};
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{ChamberEditor, ChamberReader};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `POST /api/v1/chambers {kind, name, region?, contact_person?, phone?, note?, status?}`
pub async fn create(
    editor: ChamberEditor,
    Json(body): Json<RecordBody<ChamberKind>>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let chamber = app
        .write(&actor.clone(), move |app, conn| {
            let input = RecordInput::check(body, &app.reference, FieldErrors::default())?;
            let chamber = editing::register(conn, app.tools(), &actor, input)?;
            view::detail(conn, app.tools(), &actor, chamber)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/chambers/{}", chamber.id)))
        .insert_header(etag(chamber.version))
        .json(chamber))
}

/// `GET /api/v1/chambers/{id}`, by id or code
pub async fn show(reader: ChamberReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let chamber = app
        .read(move |app, conn| {
            let chamber = editing::load(conn, &reader, &id)?;
            view::detail(conn, app.tools(), &reader, chamber)
        })
        .await?;
    Ok(ok(&chamber))
}

/// `PATCH /api/v1/chambers/{id}`: a JSON merge patch. Confirming an import's chamber is `{status: "active"}`.
pub async fn update(
    reader: ChamberReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let chamber = app
        .write(&actor.clone(), move |app, conn| {
            let before = editing::load_editable(conn, app.tools(), &actor, &id)?;
            if_match.require(before.version)?;
            let body = json::merged(&editing::as_body(app.tools(), &before)?, patch)?;
            let input = RecordInput::check(body, &app.reference, FieldErrors::default())?;
            let chamber = editing::edit(conn, app.tools(), &actor, before, input)?;
            view::detail(conn, app.tools(), &actor, chamber)
        })
        .await?;
    Ok(ok(&chamber))
}

/// `DELETE /api/v1/chambers/{id}`: only one that nothing names.
pub async fn delete(
    reader: ChamberReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |app, conn| {
        let chamber = editing::load_editable(conn, app.tools(), &actor, &id)?;
        if_match.require(chamber.version)?;
        editing::delete(conn, &actor, &chamber)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /chambers/{id}`
pub async fn page(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let chamber = editing::load(conn, &reader, &id)?;
            let may_edit = policy::may_keep(&reader, &app.reference, chamber.region.as_deref());
            let entries = queries::entries_of(conn, &chamber.id)?;
            let liaisons = queries::liaisons_of(conn, &chamber.id)?;
            let parts = entry_page::parts(app, lang, &reader, &chamber, entries)?;
            let shown = view::detail(conn, app.tools(), &reader, chamber)?;
            Ok(Show {
                parts,
                liaisons: liaisons.into_iter().map(|(name, _)| name).collect(),
                phone: shown.phone.clone(),
                note: shown.note.clone(),
                leads_href: format!("/leads?chamber={}", shown.id),
                may_edit,
                chamber: super::row(app, lang, shown),
            })
        })
        .await?;
    visit.page(&app, &page)
}
