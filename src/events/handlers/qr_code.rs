//! The code at an event's door: printed, and made anew.

use super::{check_in_part, ok, row};
use crate::app::App;
use crate::error::AppError;
use crate::events::pages::QrCodePage;
use crate::events::{editing, view};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::IfMatch;
use crate::web::roles::EventReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /events/{id}/qr-code`
pub async fn page(
    reader: EventReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let event = editing::load_editable(conn, &reader, &id)?;
            let check_in = check_in_part(app, &event)?;
            let shown = view::list(conn, &reader, vec![event])?.pop().ok_or(AppError::NotFound)?;
            Ok(QrCodePage { event: row(app, lang, &shown), check_in })
        })
        .await?;
    visit.page(&app, &page)
}

/// `POST /events/{id}/check-in-key`
pub async fn submit(
    reader: EventReader,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, seen) = (reader.0, form.version());
    let event = app
        .write(&actor.clone(), move |_, conn| {
            let event = editing::load_editable(conn, &actor, &id)?;
            seen.honour(event.version)?;
            editing::renew_key(conn, &actor, event)
        })
        .await?;
    Ok(flash::redirect(format!("/events/{}#check-in", event.id), Message::new("check-in-renewed")))
}

/// `POST /api/v1/events/{id}/check-in-key` → the event
pub async fn create(
    reader: EventReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let event = editing::load_editable(conn, &actor, &id)?;
            if_match.honour(event.version)?;
            let event = editing::renew_key(conn, &actor, event)?;
            view::detail(conn, app, &actor, event)
        })
        .await?;
    Ok(ok(&shown))
}
