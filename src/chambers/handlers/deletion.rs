//! `/chambers/{id}/deletion`: deleting a chamber that nothing names; one that is named can be merged instead.

use crate::accounts::Actor;
use crate::app::App;
use crate::chambers::pages::DeletionPage;
use crate::chambers::{editing, queries, view};
use crate::error::AppError;
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /chambers/{id}/deletion`
pub async fn form(
    editor: ChamberReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, editor.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /chambers/{id}/deletion`
pub async fn submit(
    editor: ChamberReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, named, seen) = (editor.0.clone(), id.clone(), form.version());
    let done = app
        .write(&editor, move |app, conn| {
            let chamber = editing::load_editable(conn, app.tools(), &actor, &named)?;
            seen.require(chamber.version)?;
            editing::delete(conn, &actor, &chamber)
        })
        .await;
    match done {
        Ok(()) => Ok(flash::redirect("/chambers", Message::new("register-deleted"))),
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
            let chamber = editing::load_editable(conn, app.tools(), &actor, &id)?;
            Ok(DeletionPage {
                is_named: queries::is_named(conn, &chamber.id)?,
                version: chamber.version,
                chamber: super::row(app, lang, view::detail(conn, app.tools(), &actor, chamber)?),
                form,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
