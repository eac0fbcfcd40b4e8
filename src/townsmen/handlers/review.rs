//! `/townsmen/{id}/review`: the person was asked again and still agrees.

use super::ok;
use crate::accounts::Actor;
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::registers::forms::returned;
use crate::townsmen::pages::ReviewPage;
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
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

/// `POST …/review {consent_on?}`
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TownsmanReview {
    /// The day on which the person agreed again; today unless said otherwise.
    pub consent_on: Option<NaiveDate>,
}

/// `POST /api/v1/townsmen/{id}/review {consent_on?}`
pub async fn create(
    reader: TownsmanReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(review): Json<TownsmanReview>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let townsman = app
        .write(&actor.clone(), move |app, conn| {
            let before = editing::load_editable(conn, &actor, &id)?;
            if_match.honour(before.version)?;
            let townsman = editing::review(conn, app.tools(), &actor, before, review.consent_on)?;
            view::detail(conn, app.tools(), townsman)
        })
        .await?;
    Ok(ok(&townsman))
}

/// `GET /townsmen/{id}/review`
pub async fn form(
    reader: TownsmanReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let today = Filled::new().value("consent_on", clock::today().to_string());
    shown(&app, &visit, reader.0, id.into_inner(), today, StatusCode::OK).await
}

/// `POST /townsmen/{id}/review`
pub async fn submit(
    reader: TownsmanReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, named, mut typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |app, conn| {
            let before = editing::load_editable(conn, &actor, &named)?;
            typed.version().require(before.version)?;
            let day = typed.date("consent_on");
            typed.check()?;
            editing::review(conn, app.tools(), &actor, before, day)
        })
        .await;
    match done {
        Ok(townsman) => {
            Ok(flash::redirect(format!("/townsmen/{}", townsman.id), Message::new("register-saved")))
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
            let townsman = editing::load_editable(conn, &actor, &id)?;
            let shown = view::detail(conn, app.tools(), townsman)?;
            Ok(ReviewPage {
                townsman: super::row(app, lang, &shown),
                version: shown.version,
                consent: shown.consent,
                form,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
