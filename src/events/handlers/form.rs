//! `/events/new`, `POST /events`, `/events/{id}/edit`, `POST /events/{id}`: adding and changing by a form.

use super::chamber_names;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::events::forms::{EventBody, EventInput};
use crate::events::model::{EventKind, EventStatus};
use crate::events::pages::Form as FormPage;
use crate::events::{Event, editing, view};
use crate::registers::forms::returned;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::{EventKeeper, EventReader};
use crate::web::visit::Visit;
use crate::{chambers, money};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /events/new`
pub async fn new_form(keeper: EventKeeper, visit: Visit, app: Data<App>) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, keeper.0, None, None, StatusCode::OK).await
}

/// `POST /events`
pub async fn submit(
    keeper: EventKeeper,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, keeper.0, None, form).await
}

/// `GET /events/{id}/edit`
pub async fn edit_form(
    reader: EventReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, Some(id.into_inner()), None, StatusCode::OK).await
}

/// `POST /events/{id}`
pub async fn submit_edit(
    reader: EventReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, reader.0, Some(id.into_inner()), form).await
}

async fn saved(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: Option<String>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let (by, named, mut typed) = (actor.clone(), id.clone(), form.clone());
    let done = app
        .write(&actor, move |app, conn| {
            let before = match &named {
                Some(id) => Some(editing::load_editable(conn, &by, id)?),
                None => None,
            };
            if let Some(before) = &before {
                typed.version().require(before.version)?;
            }
            let body = EventBody::from_form(&mut typed);
            let input = EventInput::check(body, &app.reference, typed.errors)?;
            match before {
                Some(before) => editing::edit(conn, &by, before, input),
                None => editing::register(conn, &by, input),
            }
        })
        .await;
    match done {
        Ok(event) => Ok(flash::redirect(format!("/events/{}", event.id), Message::new("register-saved"))),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(app, visit, actor, id, Some(filled), status).await
        }
    }
}

/// The form, of a new one or of this one, filled as it was typed or else as it is.
async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: Option<String>,
    filled: Option<Filled>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let counties = app.reference.counties().iter();
            let counties = counties.filter(|county| actor.role.is_bureau() || actor.is_of(&county.code));
            let mut page = FormPage {
                kinds: EventKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
                statuses: EventStatus::ALL.iter().map(|status| Choice::code(status.as_str())).collect(),
                counties: counties
                    .map(|county| Choice::named(&county.code, county.name(lang.code())))
                    .collect(),
                may_be_citys: actor.role.is_bureau(),
                chambers: chamber_names(conn)?,
                ..FormPage::default()
            };
            let Some(id) = id else {
                let own = actor.region.clone().unwrap_or_default();
                page.form = filled.unwrap_or_else(|| Filled::new().value("county", own));
                return Ok(page);
            };
            let event = editing::load_editable(conn, &actor, &id)?;
            page.version = event.version;
            page.form = match filled {
                Some(filled) => filled,
                None => as_typed(conn, &actor, &event)?,
            };
            let shown = view::list(conn, &actor, vec![event])?.pop();
            page.event = shown.map(|shown| super::row(app, lang, &shown));
            Ok(page)
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// An event as its form says it; the chamber by code and name, as it is chosen.
fn as_typed(conn: &mut AnyConn, actor: &Actor, event: &Event) -> Result<Filled, AppError> {
    let body = editing::as_body(event);
    let host = match body.host_chamber_id.as_deref() {
        Some(id) => chambers::queries::find_visible(conn, actor, id)?,
        None => None,
    };
    let values = [
        ("kind", body.kind.map(|kind| kind.to_string())),
        ("title", body.title),
        ("county", body.county),
        ("place", body.place),
        ("from_on", body.from_on.map(|day| day.to_string())),
        ("to_on", body.to_on.map(|day| day.to_string())),
        ("programme", body.programme),
        ("host_chamber_id", host.map(|chamber| format!("{} {}", chamber.code, chamber.name))),
        ("cost_fen", body.cost_fen.map(money::wan_text)),
        ("outcome", body.outcome),
        ("status", body.status.map(|status| status.to_string())),
        ("cancellation_reason", body.cancellation_reason),
    ];
    let values = values.into_iter();
    Ok(values.fold(Filled::new(), |filled, (field, text)| filled.value(field, text.unwrap_or_default())))
}
