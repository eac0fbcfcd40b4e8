//! `/referrers/{id}/merger`: one referrer that stands in the register twice becomes one.

use super::ok;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::referrers::editing;
use crate::referrers::model::Referrer;
use crate::referrers::pages::MergerPage;
use crate::referrers::{queries, view};
use crate::registers::forms::returned;
use crate::registers::merging::Merger;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::ReferrerReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `POST /api/v1/referrers/{id}/merger {into}` → the referrer that stays
pub async fn create(
    reader: ReferrerReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(merger): Json<Merger>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let referrer = app
        .write(&actor.clone(), move |app, conn| {
            let referrer = merge(conn, &actor, &id, if_match, &merger)?;
            view::detail(conn, app.tools(), &actor, referrer)
        })
        .await?;
    Ok(ok(&referrer))
}

/// Merges the referrer of a path into the one that is named, which the actor must be allowed to keep, too.
pub fn merge(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    merger: &Merger,
) -> Result<Referrer, AppError> {
    let from = editing::load_editable(conn, actor, id)?;
    if_match.honour(from.version)?;
    let into = match editing::load_editable(conn, actor, merger.into.trim()) {
        Err(AppError::NotFound) => return Err(AppError::invalid("into", "unknown-referrer")),
        loaded => loaded?,
    };
    editing::merge(conn, actor, &from, &into)?;
    Ok(into)
}

/// `GET /referrers/{id}/merger`
pub async fn form(
    reader: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /referrers/{id}/merger`
pub async fn submit(
    reader: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, from, typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |_, conn| {
            let into = typed.text("into").ok_or_else(|| AppError::invalid("into", "required"))?;
            typed.version().require(editing::load(conn, &actor, &from)?.version)?;
            merge(conn, &actor, &from, typed.version(), &Merger::from_choice(&into))
        })
        .await;
    match done {
        Ok(referrer) => {
            Ok(flash::redirect(format!("/referrers/{}", referrer.id), Message::new("register-merged")))
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
            let referrer = editing::load_editable(conn, &actor, &id)?;
            let others = queries::others(conn, &actor, &referrer.id)?;
            Ok(MergerPage {
                version: referrer.version,
                others: others.into_iter().map(|(code, name)| format!("{code} {name}")).collect(),
                referrer: super::row(app, lang, view::detail(conn, app.tools(), &actor, referrer)?),
                form,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
