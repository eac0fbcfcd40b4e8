//! `/recommendations/{id}/deletion`: deleting one that was not sent yet.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::recommendations::pages::DeletionPage;
use crate::recommendations::{editing, view};
use crate::registers::small_page::{self, Reader};
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::RecommendationReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /recommendations/{id}/deletion`
pub async fn form(
    reader: RecommendationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, id.into_inner(), make).await
}

/// `POST /recommendations/{id}/deletion`
pub async fn submit(
    reader: RecommendationReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, _: &App, actor: &Actor, id: &String, form: Form| {
        let recommendation = editing::load_editable(conn, actor, id)?;
        form.version().require(recommendation.version)?;
        editing::delete(conn, actor, &recommendation)
    };
    let done = |()| flash::redirect("/recommendations", Message::new("register-deleted"));
    small_page::submit(&app, &visit, reader.0, id.into_inner(), form, work, done, make).await
}

fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: String,
    form: Option<Filled>,
) -> Result<DeletionPage, AppError> {
    let recommendation = editing::load_editable(conn, &reader.actor, &id)?;
    let form = form.unwrap_or_default();
    let shown = view::detail(conn, recommendation)?;
    let version = shown.version;
    Ok(DeletionPage { recommendation: super::row(app, reader.lang, &shown), version, form })
}
