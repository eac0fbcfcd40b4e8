//! Filings over the API: those of a referrer, filing, reading one.

use super::ok;
use crate::app::App;
use crate::db::page::{Order, PageOf};
use crate::error::AppError;
use crate::filings::forms::FilingBody;
use crate::filings::{editing, policy, queries, view};
use crate::referrers;
use crate::web::json::Json;
use crate::web::params::Params;
use crate::web::precondition::etag;
use crate::web::roles::FilingReader;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};

/// The latest first.
pub const ORDER: Order = Order::descending("filed_on");

/// `GET /api/v1/referrers/{id}/filings`
pub async fn index(
    reader: FilingReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&[])?;
    let page = app
        .read(move |app, conn| {
            let referrer = referrers::editing::load(conn, &reader, &id)?;
            let filings = queries::of_referrer(conn, &reader, &referrer.id)?;
            let page = params.page_of(ORDER, filings, |filing| filing.id.as_str())?;
            let items = view::list(conn, app.tools(), &reader, page.items)?;
            Ok(PageOf { items, next_cursor: page.next_cursor, total: page.total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `POST /api/v1/referrers/{id}/filings {lead_id|project_id, filed_on, role: leading|information, statement?}`
pub async fn create(
    reader: FilingReader,
    id: Path<String>,
    Json(body): Json<FilingBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let filing = app
        .write(&actor.clone(), move |app, conn| {
            let referrer = referrers::editing::load(conn, &actor, &id)?;
            if !policy::files(actor.role) {
                return Err(AppError::Forbidden("role"));
            }
            let filing = editing::create(conn, &actor, &referrer, body)?;
            view::detail(conn, app.tools(), &actor, filing)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/filings/{}", filing.id)))
        .insert_header(etag(filing.version))
        .json(filing))
}

/// `GET /api/v1/filings/{id}`, by id or code
pub async fn show(reader: FilingReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let filing = app
        .read(move |app, conn| {
            let filing = editing::load(conn, &reader, &id)?;
            view::detail(conn, app.tools(), &reader, filing)
        })
        .await?;
    Ok(ok(&filing))
}
