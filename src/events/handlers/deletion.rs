//! `/events/{id}/deletion`: deleting one that nobody is on the list of and nothing came of.

use crate::accounts::Actor;
use crate::app::App;
use crate::error::AppError;
use crate::events::pages::DeletionPage;
use crate::events::{editing, queries, view};
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::EventReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /events/{id}/deletion`
pub async fn form(
    reader: EventReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /events/{id}/deletion`
pub async fn submit(
    reader: EventReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, named, seen) = (reader.0.clone(), id.clone(), form.version());
    let done = app
        .write(&reader, move |_, conn| {
            let event = editing::load_editable(conn, &actor, &named)?;
            seen.require(event.version)?;
            editing::delete(conn, &actor, &event)
        })
        .await;
    match done {
        Ok(()) => Ok(flash::redirect("/events", Message::new("register-deleted"))),
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
            let event = editing::load_editable(conn, &actor, &id)?;
            let (used, version) = (queries::is_used(conn, &event.id)?, event.version);
            let shown = view::list(conn, &actor, vec![event])?.pop().ok_or(AppError::NotFound)?;
            Ok(DeletionPage { event: super::row(app, lang, &shown), used, version, form })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
