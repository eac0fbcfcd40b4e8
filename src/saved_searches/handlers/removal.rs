//! `/saved-searches/{id}/removal`, `DELETE /api/v1/saved-searches/{id}`: taking a saved search away.

use super::row;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::registers::small_page::{self, Reader};
use crate::saved_searches::editing;
use crate::saved_searches::pages::RemovalPage;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::IfMatch;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `DELETE /api/v1/saved-searches/{id}`
pub async fn delete(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |_, conn| {
        let search = editing::load_own(conn, &actor, &id)?;
        if_match.require(search.version)?;
        editing::remove(conn, &actor, &search)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /saved-searches/{id}/removal`
pub async fn form(
    reader: LeadReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, id.into_inner(), make).await
}

/// `POST /saved-searches/{id}/removal`
pub async fn submit(
    reader: LeadReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, _: &App, actor: &Actor, id: &String, form: Form| {
        let search = editing::load_own(conn, actor, id)?;
        form.version().require(search.version)?;
        editing::remove(conn, actor, &search)
    };
    let done = |()| flash::redirect("/saved-searches", Message::new("saved-search-removed"));
    small_page::submit(&app, &visit, reader.0, id.into_inner(), form, work, done, make).await
}

fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: String,
    form: Option<Filled>,
) -> Result<RemovalPage, AppError> {
    let search = editing::load_own(conn, &reader.actor, &id)?;
    let version = search.version;
    let saved = row(conn, app, &reader.actor, reader.lang, search)?;
    Ok(RemovalPage { saved, version, form: form.unwrap_or_default() })
}
