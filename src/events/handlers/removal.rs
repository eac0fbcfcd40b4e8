//! Taking somebody off an event's list.

use super::{attendee_row, row};
use crate::accounts::Actor;
use crate::app::App;
use crate::error::AppError;
use crate::events::pages::RemovalPage;
use crate::events::{attendance, view};
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::IfMatch;
use crate::web::roles::EventReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `DELETE /api/v1/events/{id}/attendees/{attendee}` with the event's ETag
pub async fn delete(
    reader: EventReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, attendee)) = (reader.0, path.into_inner());
    app.write(&actor.clone(), move |_, conn| {
        let (event, attendee) = attendance::find_withdrawable(conn, &actor, &id, &attendee)?;
        if_match.require(event.version)?;
        attendance::withdraw(conn, &actor, &event, &attendee)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /events/{id}/attendees/{attendee}/removal`
pub async fn form(
    reader: EventReader,
    visit: Visit,
    path: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, path.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /events/{id}/attendees/{attendee}/removal`
pub async fn submit(
    reader: EventReader,
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let at = path.into_inner();
    let (actor, (id, attendee)) = (reader.0.clone(), at.clone());
    let done = app
        .write(&reader, move |_, conn| {
            let (event, attendee) = attendance::find_withdrawable(conn, &actor, &id, &attendee)?;
            attendance::withdraw(conn, &actor, &event, &attendee)?;
            Ok((event, attendee))
        })
        .await;
    match done {
        Ok((event, attendee)) => {
            let told = Message::new("attendee-removed").text("name", attendee.name);
            Ok(flash::redirect(format!("/events/{}#attendees", event.id), told))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, reader.0, at, filled, status).await
        }
    }
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    (id, attendee): (String, String),
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let (event, attendee) = match form.errors.is_empty() {
                true => attendance::find_withdrawable(conn, &actor, &id, &attendee)?,
                false => attendance::find(conn, &actor, &id, &attendee)?,
            };
            let event = view::list(conn, &actor, vec![event])?.pop().ok_or(AppError::NotFound)?;
            let attendee = attendee_row(view::attendee(conn, &actor, attendee)?, true);
            Ok(RemovalPage { event: row(app, lang, &event), attendee, form })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
