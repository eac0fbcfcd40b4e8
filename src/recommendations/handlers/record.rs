//! A recommendation: adding, reading, changing, deleting it.

use super::ok;
use crate::app::App;
use crate::chambers;
use crate::error::{AppError, FieldErrors};
use crate::recommendations::forms::{RecommendationBody, RecommendationInput};
use crate::recommendations::pages::Show;
use crate::recommendations::{editing, policy, view};
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{RecommendationKeeper, RecommendationReader};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `POST /api/v1/recommendations`; a county's own county is meant where none is named.
pub async fn create(
    keeper: RecommendationKeeper,
    Json(mut body): Json<RecommendationBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = keeper.0;
    body.county = body.county.or_else(|| actor.region.clone());
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let input = RecommendationInput::check(body, &app.reference, FieldErrors::default())?;
            let row = editing::register(conn, &actor, input)?;
            view::detail(conn, row)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/recommendations/{}", shown.id)))
        .insert_header(etag(shown.version))
        .json(shown))
}

/// `GET /api/v1/recommendations/{id}`, by id or code
pub async fn show(
    reader: RecommendationReader,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let shown = app
        .read(move |_, conn| {
            let row = editing::load(conn, &reader, &id)?;
            view::detail(conn, row)
        })
        .await?;
    Ok(ok(&shown))
}

/// `PATCH /api/v1/recommendations/{id}`: a JSON merge patch, such as `{sent_on}` or `{result, result_on}`.
pub async fn update(
    reader: RecommendationReader,
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
            let input = RecommendationInput::check(body, &app.reference, FieldErrors::default())?;
            let row = editing::edit(conn, &actor, before, input)?;
            view::detail(conn, row)
        })
        .await?;
    Ok(ok(&shown))
}

/// `DELETE /api/v1/recommendations/{id}`: only one that was not sent yet.
pub async fn delete(
    reader: RecommendationReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |_, conn| {
        let row = editing::load_editable(conn, &actor, &id)?;
        if_match.require(row.version)?;
        editing::delete(conn, &actor, &row)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /recommendations/{id}`
pub async fn page(
    reader: RecommendationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let row = editing::load(conn, &reader, &id)?;
            let may_edit = policy::may_keep(&reader, &row.county);
            let shown = view::detail(conn, row)?;
            let chamber = match &shown.chamber_id {
                Some(chamber) => chambers::queries::find_visible(conn, &reader, chamber.as_str())?,
                None => None,
            };
            Ok(Show {
                recommendation: super::row(app, lang, &shown),
                chamber_href: chamber.map(|chamber| format!("/chambers/{}", chamber.id)),
                may_delete: may_edit && shown.sent_on.is_none(),
                uscc: shown.uscc,
                note: shown.note,
                may_edit,
            })
        })
        .await?;
    visit.page(&app, &page)
}
