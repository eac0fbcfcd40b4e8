//! HTTP of events, one resource a file: HTML and JSON of the same resource side by side.

pub mod attendance;
pub mod attendees;
pub mod check_in;
pub mod deletion;
pub mod form;
pub mod list;
pub mod page;
pub mod qr_code;
pub mod record;
pub mod removal;

use crate::accounts::Actor;
use crate::app::App;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::events::pages::{AttendeeRow, CheckInPart, Row};
use crate::events::rules::Door;
use crate::events::view::{AttendeeView, EventView, check_in_url};
use crate::events::{Event, policy, qr_code as drawing, queries};
use crate::web::filled::Choice;
use crate::web::i18n::Lang;
use crate::web::precondition::etag;
use crate::{chambers, clock};
use actix_web::HttpResponse;

fn ok(shown: &EventView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(shown.version)).json(shown)
}

/// An event as pages show it.
fn row(app: &App, lang: Lang, shown: &EventView) -> Row {
    let county = shown.county.as_deref();
    Row {
        id: shown.id.to_string(),
        code: shown.code.clone(),
        kind: shown.kind.to_string(),
        title: shown.title.clone(),
        county: county.map(|code| app.reference.region_name(code, lang.code()).to_owned()),
        place: shown.place.clone(),
        from_on: shown.from_on,
        to_on: shown.to_on,
        host: shown.host_chamber.clone(),
        status: shown.status.to_string(),
        listed: shown.listed,
        attended: shown.attended,
    }
}

/// An attendee as pages show him; `may_remove` says who may take him off the list.
fn attendee_row(shown: AttendeeView, may_remove: bool) -> AttendeeRow {
    AttendeeRow {
        id: shown.id.to_string(),
        name: shown.name,
        company: shown.company,
        post: shown.post,
        chamber: shown.chamber,
        uninvited: !shown.invited,
        may_remove: may_remove && shown.attended_at.is_none(),
        attended_at: shown.attended_at,
        checked_in_by: shown.checked_in_by.map(|person| person.display_name),
    }
}

/// The check-in of an event, drawn.
fn check_in_part(app: &App, event: &Event) -> Result<CheckInPart, AppError> {
    let address = check_in_url(app, event);
    let drawn = drawing::drawn(&address)
        .ok_or_else(|| AppError::Internal(anyhow::anyhow!("the public address is too long for a code")))?;
    let door = Door::on(clock::today(), event.from_on, event.to_on, event.status);
    Ok(CheckInPart { address, size: drawn.size, path: drawn.path, door: door.as_str().to_owned() })
}

/// Codes and names of chambers, for typing ahead.
fn chamber_names(conn: &mut AnyConn) -> Result<Vec<String>, AppError> {
    let names = chambers::queries::names(conn)?.into_iter();
    Ok(names.map(|(code, name)| format!("{code} {name}")).collect())
}

/// Events as the source of a lead or project, the latest first, and the one that is chosen.
pub fn choices(conn: &mut AnyConn, chosen: &str) -> Result<Vec<Choice>, AppError> {
    let chosen = Some(chosen).filter(|id| !id.is_empty());
    let found = queries::choices(conn, chosen)?.into_iter();
    Ok(found
        .map(|event| Choice::named(event.id.to_string(), format!("{} {}", event.code, event.title)))
        .collect())
}

/// Where the event is that a source names, for who reads events.
pub fn href(actor: &Actor, event: Option<&Id>) -> Option<String> {
    event.filter(|_| policy::reads(actor.role)).map(|id| format!("/events/{id}"))
}
