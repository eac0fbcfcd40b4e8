//! Marking by hand who came, and taking it back.

use crate::app::App;
use crate::error::AppError;
use crate::events::{attendance, view};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::EventReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `POST /api/v1/events/{id}/attendees/{attendee}/attendance` → the attendee
pub async fn create(
    reader: EventReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, attendee)) = (reader.0, path.into_inner());
    let (version, shown) = app
        .write(&actor.clone(), move |_, conn| {
            let (event, attendee) = attendance::attend(conn, &actor, &id, &attendee)?;
            if_match.honour(event.version)?;
            Ok((event.version, view::attendee(conn, &actor, attendee)?))
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shown))
}

/// `DELETE /api/v1/events/{id}/attendees/{attendee}/attendance` with the event's ETag → the attendee
pub async fn delete(
    reader: EventReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, attendee)) = (reader.0, path.into_inner());
    let (version, shown) = app
        .write(&actor.clone(), move |_, conn| {
            let (event, attendee) = attendance::take_back(conn, &actor, &id, &attendee)?;
            if_match.require(event.version)?;
            Ok((event.version, view::attendee(conn, &actor, attendee)?))
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shown))
}

/// `POST /events/{id}/attendees/{attendee}/attendance`; with `absent` it is taken back.
pub async fn submit(
    reader: EventReader,
    path: Path<(String, String)>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, attendee)) = (reader.0, path.into_inner());
    let absent = form.is_checked("absent");
    let (event, attendee) = app
        .write(&actor.clone(), move |_, conn| {
            if absent {
                attendance::take_back(conn, &actor, &id, &attendee)
            } else {
                attendance::attend(conn, &actor, &id, &attendee)
            }
        })
        .await?;
    let told = Message::new(if absent { "attendee-unmarked" } else { "attendee-marked" });
    let here = format!("/events/{}#attendees", event.id);
    Ok(flash::redirect(here, told.text("name", attendee.name)))
}
