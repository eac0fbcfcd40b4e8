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
use crate::registers::small_page::{self, Reader};
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::{EventKeeper, EventReader};
use crate::web::visit::Visit;
use crate::{chambers, money};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /events/new`
pub async fn new_form(keeper: EventKeeper, visit: Visit, app: Data<App>) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, keeper.0, None, make).await
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
    small_page::show(&app, &visit, reader.0, Some(id.into_inner()), make).await
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
    let work = |conn: &mut AnyConn, app: &App, actor: &Actor, id: &Option<String>, mut form: Form| {
        let before = match id {
            Some(id) => Some(editing::load_editable(conn, actor, id)?),
            None => None,
        };
        if let Some(before) = &before {
            form.version().require(before.version)?;
        }
        let body = EventBody::from_form(&mut form);
        let input = EventInput::check(body, &app.reference, form.errors)?;
        match before {
            Some(before) => editing::edit(conn, actor, before, input),
            None => editing::register(conn, actor, input),
        }
    };
    let done =
        |event: Event| flash::redirect(format!("/events/{}", event.id), Message::new("register-saved"));
    small_page::submit(app, visit, actor, id, form, work, done, make).await
}

/// The form, of a new one or of this one, filled as it was typed or else as it is.
fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: Option<String>,
    filled: Option<Filled>,
) -> Result<FormPage, AppError> {
    let (actor, lang) = (&reader.actor, reader.lang);
    let counties = app.reference.counties().iter();
    let counties = counties.filter(|county| actor.role.is_bureau() || actor.is_of(&county.code));
    let mut page = FormPage {
        kinds: EventKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
        statuses: EventStatus::ALL.iter().map(|status| Choice::code(status.as_str())).collect(),
        counties: counties.map(|county| Choice::named(&county.code, county.name(lang.code()))).collect(),
        may_be_citys: actor.role.is_bureau(),
        chambers: chamber_names(conn)?,
        ..FormPage::default()
    };
    let Some(id) = id else {
        let own = actor.region.clone().unwrap_or_default();
        page.form = filled.unwrap_or_else(|| Filled::new().value("county", own));
        return Ok(page);
    };
    let event = editing::load_editable(conn, actor, &id)?;
    page.version = event.version;
    page.form = match filled {
        Some(filled) => filled,
        None => as_typed(conn, actor, &event)?,
    };
    let shown = view::list(conn, actor, vec![event])?.pop();
    page.event = shown.map(|shown| super::row(app, lang, &shown));
    Ok(page)
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
