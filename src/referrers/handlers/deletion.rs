//! `/referrers/{id}/deletion`: deleting a referrer that nothing names; one that is named can be merged instead.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::referrers::pages::DeletionPage;
use crate::referrers::{editing, queries, view};
use crate::registers::small_page::{self, Reader};
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::ReferrerReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /referrers/{id}/deletion`
pub async fn form(
    reader: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, id.into_inner(), make).await
}

/// `POST /referrers/{id}/deletion`
pub async fn submit(
    reader: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, _: &App, actor: &Actor, id: &String, form: Form| {
        let referrer = editing::load_editable(conn, actor, id)?;
        form.version().require(referrer.version)?;
        editing::delete(conn, actor, &referrer)
    };
    let done = |()| flash::redirect("/referrers", Message::new("register-deleted"));
    small_page::submit(&app, &visit, reader.0, id.into_inner(), form, work, done, make).await
}

fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: String,
    form: Option<Filled>,
) -> Result<DeletionPage, AppError> {
    let referrer = editing::load_editable(conn, &reader.actor, &id)?;
    let form = form.unwrap_or_default();
    Ok(DeletionPage {
        is_named: queries::is_named(conn, &referrer.id)?,
        version: referrer.version,
        referrer: super::row(app, reader.lang, view::detail(conn, app.tools(), &reader.actor, referrer)?),
        form,
    })
}
