//! `/filings/{id}/withdrawal`: taking a filing back, with a reason; it stays on record.

use super::{ok, row};
use crate::accounts::Actor;
use crate::app::App;
use crate::error::AppError;
use crate::filings::forms::WithdrawalBody;
use crate::filings::pages::Withdrawal;
use crate::filings::{editing, view};
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::FilingReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use std::collections::HashSet;

/// `POST /api/v1/filings/{id}/withdrawal {reason}`
pub async fn create(
    reader: FilingReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<WithdrawalBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let filing = app
        .write(&actor.clone(), move |app, conn| {
            let (filing, case) = editing::load_workable(conn, &actor, &id)?;
            if_match.honour(filing.version)?;
            let filing = editing::withdraw(conn, &actor, filing, &case, body.reason)?;
            view::detail(conn, app.tools(), &actor, filing)
        })
        .await?;
    Ok(ok(&filing))
}

/// `GET /filings/{id}/withdrawal`
pub async fn form(
    reader: FilingReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /filings/{id}/withdrawal`
pub async fn submit(
    reader: FilingReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, named, typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |_, conn| {
            let (filing, case) = editing::load_workable(conn, &actor, &named)?;
            typed.version().honour(filing.version)?;
            editing::withdraw(conn, &actor, filing, &case, typed.text("reason").unwrap_or_default())
        })
        .await;
    match done {
        Ok(filing) => {
            Ok(flash::redirect(format!("/filings/{}", filing.id), Message::new("filing-withdrawn-now")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, reader.0, id, filled, status).await
        }
    }
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let page = app
        .read(move |app, conn| {
            let (filing, _) = editing::load_workable(conn, &actor, &id)?;
            let shown = view::detail(conn, app.tools(), &actor, filing)?;
            Ok(Withdrawal { filing: row(&shown, &HashSet::new()), form })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
