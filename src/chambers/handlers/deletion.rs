//! `/chambers/{id}/deletion`: deleting a chamber that nothing names; one that is named can be merged instead.

use crate::accounts::Actor;
use crate::app::App;
use crate::chambers::pages::DeletionPage;
use crate::chambers::{editing, queries, view};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::registers::small_page::{self, Reader};
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /chambers/{id}/deletion`
pub async fn form(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, id.into_inner(), make).await
}

/// `POST /chambers/{id}/deletion`
pub async fn submit(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, app: &App, actor: &Actor, id: &String, form: Form| {
        let chamber = editing::load_editable(conn, app.tools(), actor, id)?;
        form.version().require(chamber.version)?;
        editing::delete(conn, actor, &chamber)
    };
    let done = |()| flash::redirect("/chambers", Message::new("register-deleted"));
    small_page::submit(&app, &visit, reader.0, id.into_inner(), form, work, done, make).await
}

fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: String,
    form: Option<Filled>,
) -> Result<DeletionPage, AppError> {
    let chamber = editing::load_editable(conn, app.tools(), &reader.actor, &id)?;
    let form = form.unwrap_or_default();
    Ok(DeletionPage {
        is_named: queries::is_named(conn, &chamber.id)?,
        version: chamber.version,
        chamber: super::row(app, reader.lang, view::detail(conn, app.tools(), &reader.actor, chamber)?),
        form,
    })
}
