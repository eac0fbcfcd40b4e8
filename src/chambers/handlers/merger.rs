//! `/chambers/{id}/merger`: one chamber that stands in the register twice becomes one.

use super::ok;
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::chambers::editing;
use crate::chambers::model::Chamber;
use crate::chambers::pages::MergerPage;
use crate::chambers::{queries, view};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::registers::forms::returned;
use crate::registers::merging::Merger;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `POST /api/v1/chambers/{id}/merger {into}` → the chamber that stays
pub async fn create(
    reader: ChamberReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(merger): Json<Merger>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let chamber = app
        .write(&actor.clone(), move |app, conn| {
            let chamber = merge(conn, app.tools(), &actor, &id, if_match, &merger)?;
            view::detail(conn, app.tools(), &actor, chamber)
        })
        .await?;
    Ok(ok(&chamber))
}

/// Merges the chamber of a path into the one that is named, which the actor must be allowed to keep, too.
pub fn merge(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    merger: &Merger,
) -> Result<Chamber, AppError> {
    let from = editing::load_editable(conn, tools, actor, id)?;
    if_match.honour(from.version)?;
    let into = match editing::load_editable(conn, tools, actor, merger.into.trim()) {
        Err(AppError::NotFound) => return Err(AppError::invalid("into", "unknown-chamber")),
        loaded => loaded?,
    };
    editing::merge(conn, actor, &from, &into)?;
    Ok(into)
}

/// `GET /chambers/{id}/merger`
pub async fn form(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /chambers/{id}/merger`
pub async fn submit(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, from, typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |app, conn| {
            let into = typed.text("into").ok_or_else(|| AppError::invalid("into", "required"))?;
            typed.version().require(editing::load(conn, &actor, &from)?.version)?;
            merge(conn, app.tools(), &actor, &from, typed.version(), &Merger::from_choice(&into))
        })
        .await;
    match done {
        Ok(chamber) => {
            Ok(flash::redirect(format!("/chambers/{}", chamber.id), Message::new("register-merged")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, reader.0, id, filled, status).await
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
            let others = queries::others(conn, &actor, &chamber.id)?;
            Ok(MergerPage {
                version: chamber.version,
                others: others.into_iter().map(|(code, name)| format!("{code} {name}")).collect(),
                chamber: super::row(app, lang, view::detail(conn, app.tools(), &actor, chamber)?),
                form,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
