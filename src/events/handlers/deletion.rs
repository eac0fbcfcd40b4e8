//! `/events/{id}/deletion`: deleting one that nobody is on the list of and nothing came of.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::events::pages::DeletionPage;
use crate::events::{editing, queries, view};
use crate::registers::small_page::{self, Reader};
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::EventReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /events/{id}/deletion`
pub async fn form(
    reader: EventReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, id.into_inner(), make).await
}

/// `POST /events/{id}/deletion`
pub async fn submit(
    reader: EventReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, _: &App, actor: &Actor, id: &String, form: Form| {
        let event = editing::load_editable(conn, actor, id)?;
        form.version().require(event.version)?;
        editing::delete(conn, actor, &event)
    };
    let done = |()| flash::redirect("/events", Message::new("register-deleted"));
    small_page::submit(&app, &visit, reader.0, id.into_inner(), form, work, done, make).await
}

fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: String,
    form: Option<Filled>,
) -> Result<DeletionPage, AppError> {
    let event = editing::load_editable(conn, &reader.actor, &id)?;
    let form = form.unwrap_or_default();
    let (used, version) = (queries::is_used(conn, &event.id)?, event.version);
    let shown = view::list(conn, &reader.actor, vec![event])?.pop().ok_or(AppError::NotFound)?;
    Ok(DeletionPage { event: super::row(app, reader.lang, &shown), used, version, form })
}
