//! `/townsmen/{id}/removal`: somebody asked to be removed, and is, for good.

use crate::accounts::Actor;
use crate::app::App;
use crate::error::AppError;
use crate::registers::forms::returned;
use crate::townsmen::pages::RemovalPage;
use crate::townsmen::{editing, view};
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::TownsmanReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Deserialize;
use utoipa::ToSchema;

/// `POST …/removal {reason}`
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TownsmanRemoval {
    /// Kept in the trail: it must not say who it was.
    #[schema(min_length = 1)]
    pub reason: String,
}

/// `POST /api/v1/townsmen/{id}/removal {reason}`
pub async fn create(
    reader: TownsmanReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(removal): Json<TownsmanRemoval>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |_, conn| {
        let before = editing::load_editable(conn, &actor, &id)?;
        if_match.honour(before.version)?;
        editing::remove(conn, &actor, before, Some(&removal.reason))
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /townsmen/{id}/removal`
pub async fn form(
    reader: TownsmanReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /townsmen/{id}/removal`
pub async fn submit(
    reader: TownsmanReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, named, typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |_, conn| {
            let before = editing::load_editable(conn, &actor, &named)?;
            typed.version().require(before.version)?;
            editing::remove(conn, &actor, before, typed.text("reason").as_deref())
        })
        .await;
    match done {
        Ok(()) => Ok(flash::redirect("/townsmen", Message::new("townsman-removed"))),
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
            let townsman = editing::load_editable(conn, &actor, &id)?;
            let version = townsman.version;
            let shown = view::detail(conn, app.tools(), townsman)?;
            Ok(RemovalPage { townsman: super::row(app, lang, &shown), version, form })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
