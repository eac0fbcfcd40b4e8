//! `/teams/{id}/deletion`: deleting one that made no trip yet.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::registers::small_page::{self, Reader};
use crate::teams::pages::DeletionPage;
use crate::teams::{editing, view};
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::TeamReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /teams/{id}/deletion`
pub async fn form(
    reader: TeamReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, id.into_inner(), make).await
}

/// `POST /teams/{id}/deletion`
pub async fn submit(
    reader: TeamReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, _: &App, actor: &Actor, id: &String, form: Form| {
        let team = editing::load_editable(conn, actor, id)?;
        form.version().require(team.version)?;
        editing::delete(conn, actor, &team)
    };
    let done = |()| flash::redirect("/teams", Message::new("register-deleted"));
    small_page::submit(&app, &visit, reader.0, id.into_inner(), form, work, done, make).await
}

fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: String,
    form: Option<Filled>,
) -> Result<DeletionPage, AppError> {
    let team = editing::load_editable(conn, &reader.actor, &id)?;
    let form = form.unwrap_or_default();
    let shown = view::detail(conn, app.tools(), team)?;
    let version = shown.version;
    Ok(DeletionPage { team: super::row(app, reader.lang, &shown), version, form })
}
