//! `/referrers/{id}/deletion`: deleting a referrer that nothing names; one that is named can be merged instead.

use crate::accounts::Actor;
use crate::app::App;
use crate::error::AppError;
use crate::referrers::pages::DeletionPage;
use crate::referrers::{editing, queries, view};
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::ReferrerReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /referrers/{id}/deletion`
pub async fn form(
    editor: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, editor.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /referrers/{id}/deletion`
pub async fn submit(
    editor: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, named, seen) = (editor.0.clone(), id.clone(), form.version());
    let done = app
        .write(&editor, move |_, conn| {
            let referrer = editing::load_editable(conn, &actor, &named)?;
            seen.require(referrer.version)?;
            editing::delete(conn, &actor, &referrer)
        })
        .await;
    match done {
        Ok(()) => Ok(flash::redirect("/referrers", Message::new("register-deleted"))),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, editor.0, id, filled, status).await
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
            let referrer = editing::load_editable(conn, &actor, &id)?;
            Ok(DeletionPage {
                is_named: queries::is_named(conn, &referrer.id)?,
                version: referrer.version,
                referrer: super::row(app, lang, view::detail(conn, app.tools(), &actor, referrer)?),
                form,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
