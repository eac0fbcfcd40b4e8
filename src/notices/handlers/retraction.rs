//! `/notices/{id}/retraction`, `DELETE /api/v1/notices/{id}`: taking a notice back, with a reason.

use super::ok;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::notices::pages::RetractionPage;
use crate::notices::{Notice, editing, view};
use crate::registers::small_page::{self, Reader};
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::precondition::IfMatch;
use crate::web::roles::NoticeReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `DELETE /api/v1/notices/{id}?reason=`: the notice as it is now, which stays on record.
pub async fn delete(
    reader: NoticeReader,
    id: Path<String>,
    params: Params,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["reason"])?;
    let (actor, reason) = (reader.0, params.text("reason").unwrap_or_default().to_owned());
    let shown = app
        .write(&actor.clone(), move |_, conn| {
            let before = editing::load_editable(conn, &actor, &id)?;
            if_match.require(before.version)?;
            let notice = editing::retract(conn, &actor, before, &reason)?;
            view::detail(conn, &actor, notice)
        })
        .await?;
    Ok(ok(&shown))
}

/// `GET /notices/{id}/retraction`
pub async fn form(
    reader: NoticeReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, id.into_inner(), make).await
}

/// `POST /notices/{id}/retraction`
pub async fn submit(
    reader: NoticeReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, _: &App, actor: &Actor, id: &String, form: Form| {
        let before = editing::load_editable(conn, actor, id)?;
        form.version().require(before.version)?;
        editing::retract(conn, actor, before, &form.text("reason").unwrap_or_default())
    };
    let done =
        |notice: Notice| flash::redirect(format!("/notices/{}", notice.id), Message::new("notice-retracted"));
    small_page::submit(&app, &visit, reader.0, id.into_inner(), form, work, done, make).await
}

fn make(
    conn: &mut AnyConn,
    _: &App,
    reader: &Reader,
    id: String,
    form: Option<Filled>,
) -> Result<RetractionPage, AppError> {
    let notice = editing::load_editable(conn, &reader.actor, &id)?;
    let version = notice.version;
    let notice = super::row(&view::detail(conn, &reader.actor, notice)?);
    Ok(RetractionPage { notice, version, form: form.unwrap_or_default() })
}
