//! A referrer: adding, reading, changing, deleting it.

use super::ok;
use crate::app::App;
use crate::error::{AppError, FieldErrors};
use crate::referrers::editing;
use crate::referrers::model::ReferrerKind;
use crate::referrers::pages::Show;
use crate::referrers::{policy, view};
use crate::registers::{RecordBody, RecordInput};
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{ReferrerEditor, ReferrerReader};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `POST /api/v1/referrers {kind, name, region?, contact_person?, phone?, note?, status?}`
pub async fn create(
    editor: ReferrerEditor,
    Json(body): Json<RecordBody<ReferrerKind>>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let referrer = app
        .write(&actor.clone(), move |app, conn| {
            let input = RecordInput::check(body, &app.reference, FieldErrors::default())?;
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
            let body = json::merged(&editing::as_body(app.tools(), &before)?, patch)?;
            let input = RecordInput::check(body, &app.reference, FieldErrors::default())?;
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

/// `GET /referrers/{id}`
pub async fn page(
    reader: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let referrer = editing::load(conn, &reader, &id)?;
            let may_edit = policy::may_keep(&reader, referrer.region.as_deref());
            let shown = view::detail(conn, app.tools(), &reader, referrer)?;
            Ok(Show {
                phone: shown.phone.clone(),
                note: shown.note.clone(),
                leads_href: format!("/leads?referrer={}", shown.id),
                may_edit,
                referrer: super::row(app, lang, shown),
            })
        })
        .await?;
    visit.page(&app, &page)
}
