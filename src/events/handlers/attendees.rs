//! `/api/v1/events/{id}/attendees`, `/events/{id}/attendees`: who is on an event's list, and adding somebody.

use super::{chamber_names, row};
use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::db::page::{Order, PageOf};
use crate::error::AppError;
use crate::events::forms::{AttendeeBody, AttendeeInput};
use crate::events::pages::AttendeeForm;
use crate::events::{Attendee, attendance, editing, queries, view};
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::params::Params;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::EventReader;
use crate::web::visit::Visit;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// In the order in which they were entered, as their ids are.
pub const ORDER: Order = Order::ascending("id");

/// `GET /api/v1/events/{id}/attendees?q=`: for a liaison those of his chamber.
pub async fn index(
    reader: EventReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["q"])?;
    let page = app
        .read(move |_, conn| {
            let event = editing::load(conn, &reader, &id)?;
            let rows = narrowed(queries::list_of(conn, &reader, &event.id)?, &params);
            let page = params.page_of(ORDER, rows, |one| one.id.as_str())?;
            let items = view::attendees(conn, &reader, page.items)?;
            Ok(PageOf { items, next_cursor: page.next_cursor, total: page.total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Those whose name or company holds what `q` asks for. An event's list is read whole (`rules::MOST_ATTENDEES`).
pub fn narrowed(mut rows: Vec<Attendee>, params: &Params) -> Vec<Attendee> {
    if let Some(text) = params.text("q").map(str::to_lowercase) {
        let holds = |field: &str| field.to_lowercase().contains(&text);
        rows.retain(|one| holds(&one.name) || one.company.as_deref().is_some_and(holds));
    }
    rows
}

/// `POST /api/v1/events/{id}/attendees {name, company?, post?, chamber_id?}`
pub async fn create(
    reader: EventReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<AttendeeBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let (event, shown) = app
        .write(&actor.clone(), move |_, conn| {
            let event = attendance::load_open(conn, &actor, &id)?;
            if_match.honour(event.version)?;
            let attendee = attendance::invite(conn, &actor, &event, AttendeeInput::check(body)?)?;
            Ok((event, view::attendee(conn, &actor, attendee)?))
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/events/{}/attendees", event.id)))
        .insert_header(etag(event.version))
        .json(shown))
}

/// `GET /events/{id}/attendees/new`
pub async fn new_form(
    reader: EventReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /events/{id}/attendees`: one, or with `list` one a line; `another` goes on with the next one.
pub async fn submit(
    reader: EventReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, named, typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |_, conn| {
            let event = attendance::load_open(conn, &actor, &named)?;
            let body = AttendeeBody::from_form(&typed);
            let told = match typed.text("list") {
                Some(list) => {
                    let inputs = AttendeeInput::lines(&list, body.chamber_id.as_deref())?;
                    let added = attendance::invite_all(conn, &actor, &event, inputs)?;
                    Message::new("attendees-added").number("count", added as i64)
                }
                None => {
                    let input = AttendeeInput::check(body)?;
                    let attendee = attendance::invite(conn, &actor, &event, input)?;
                    Message::new("attendee-added").text("name", attendee.name)
                }
            };
            Ok((event, told))
        })
        .await;
    match done {
        Ok((event, told)) => {
            let way = if form.is_checked("another") { "/attendees/new" } else { "#attendees" };
            Ok(flash::redirect(format!("/events/{}{way}", event.id), told))
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
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            // Of one that closed meanwhile the form is shown with the reason.
            let event = if form.errors.is_empty() {
                attendance::load_open(conn, &actor, &id)?
            } else {
                editing::load(conn, &actor, &id)?
            };
            let own = actor.role == Role::ChamberLiaison;
            let chambers = if own { Vec::new() } else { chamber_names(conn)? };
            let event = view::list(conn, &actor, vec![event])?.pop().ok_or(AppError::NotFound)?;
            Ok(AttendeeForm { event: row(app, lang, &event), form, chambers, own })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
