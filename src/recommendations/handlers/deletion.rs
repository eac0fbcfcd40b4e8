//! `/recommendations/{id}/deletion`: deleting one that was not sent yet.

use crate::accounts::Actor;
use crate::app::App;
use crate::error::AppError;
use crate::recommendations::pages::DeletionPage;
use crate::recommendations::{editing, view};
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::RecommendationReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /recommendations/{id}/deletion`
pub async fn form(
    reader: RecommendationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /recommendations/{id}/deletion`
pub async fn submit(
    reader: RecommendationReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, named, seen) = (reader.0.clone(), id.clone(), form.version());
    let done = app
        .write(&reader, move |_, conn| {
            let row = editing::load_editable(conn, &actor, &named)?;
            seen.require(row.version)?;
            editing::delete(conn, &actor, &row)
        })
        .await;
    match done {
        Ok(()) => Ok(flash::redirect("/recommendations", Message::new("register-deleted"))),
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
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let row = editing::load_editable(conn, &actor, &id)?;
            let shown = view::detail(conn, row)?;
            let version = shown.version;
            Ok(DeletionPage { recommendation: super::row(app, lang, &shown), version, form })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
