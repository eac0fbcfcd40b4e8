//! `/attribution-changes/{id}`: a change that waits, and what is said of it.

use crate::accounts::Actor;
use crate::app::App;
use crate::attributions::consenting::{
    self, AttributionConsent, AttributionDecision, AttributionWithdrawal, load,
};
use crate::attributions::model::Change;
use crate::attributions::pages::ChangePage;
use crate::attributions::view::{self, ChangeView};
use crate::attributions::{policy, queries};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::handlers::small_page::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::roles::AttributionReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /api/v1/attribution-changes/{id}`
pub async fn read(
    reader: AttributionReader,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let shown = app
        .read(move |_, conn| {
            let (change, lead) = load(conn, &reader, &id)?;
            Ok(view::one(conn, &reader, change, lead)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// `POST /api/v1/attribution-changes/{id}/consent {agrees, reason?}` → the change
pub async fn consent(
    reader: AttributionReader,
    id: Path<String>,
    Json(body): Json<AttributionConsent>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    said(&app, reader.0, id.into_inner(), move |conn, actor, id| consenting::answer(conn, actor, id, &body))
        .await
}

/// `POST /api/v1/attribution-changes/{id}/decision {decision, reason}` → the change
pub async fn decision(
    reader: AttributionReader,
    id: Path<String>,
    Json(body): Json<AttributionDecision>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    said(&app, reader.0, id.into_inner(), move |conn, actor, id| consenting::decide(conn, actor, id, &body))
        .await
}

/// `POST /api/v1/attribution-changes/{id}/withdrawal {reason}` → the change
pub async fn withdrawal(
    reader: AttributionReader,
    id: Path<String>,
    Json(body): Json<AttributionWithdrawal>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    said(&app, reader.0, id.into_inner(), move |conn, actor, id| consenting::withdraw(conn, actor, id, &body))
        .await
}

async fn said(
    app: &App,
    actor: Actor,
    id: String,
    say: impl FnOnce(&mut AnyConn, &Actor, &str) -> Result<Change, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let shown: ChangeView = app
        .write(&actor.clone(), move |_, conn| {
            let (_, lead) = load(conn, &actor, &id)?;
            let change = say(conn, &actor, &id)?;
            Ok::<_, AppError>(view::one(conn, &actor, change, lead)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// `GET /attribution-changes/{id}`
pub async fn page(
    reader: AttributionReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /attribution-changes/{id}/consent`
pub async fn submit_consent(
    reader: AttributionReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    submit(&app, &visit, reader.0, id.into_inner(), form, |conn, actor, id, form| {
        let agrees = form.chosen::<bool>("agrees")?;
        let body = AttributionConsent { agrees, reason: form.text("reason") };
        consenting::answer(conn, actor, id, &body)
    })
    .await
}

/// `POST /attribution-changes/{id}/decision`
pub async fn submit_decision(
    reader: AttributionReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    submit(&app, &visit, reader.0, id.into_inner(), form, |conn, actor, id, form| {
        let decision = form.chosen("decision")?;
        let body = AttributionDecision { decision, reason: form.text("reason").unwrap_or_default() };
        consenting::decide(conn, actor, id, &body)
    })
    .await
}

/// `POST /attribution-changes/{id}/withdrawal`
pub async fn submit_withdrawal(
    reader: AttributionReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    submit(&app, &visit, reader.0, id.into_inner(), form, |conn, actor, id, form| {
        let body = AttributionWithdrawal { reason: form.text("reason").unwrap_or_default() };
        consenting::withdraw(conn, actor, id, &body)
    })
    .await
}

/// Says it, and goes to what else waits; or comes back with what is wrong.
async fn submit(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    form: Form,
    say: fn(&mut AnyConn, &Actor, &str, &Form) -> Result<Change, AppError>,
) -> Result<HttpResponse, AppError> {
    let (by, change, typed) = (actor.clone(), id.clone(), form.clone());
    let done = app.write(&actor, move |_, conn| say(conn, &by, &change, &typed)).await;
    match done {
        Ok(change) => {
            let done = match change.outcome {
                None => Message::new("attribution-said"),
                Some(outcome) => Message::of("attribution-ended", outcome.as_str()),
            };
            Ok(flash::redirect("/attribution-changes", done))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(app, visit, actor, id, filled, status).await
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
    let page = app
        .read(move |_, conn| {
            let (change, lead) = load(conn, &actor, &id)?;
            let waits = change.outcome.is_none();
            let said =
                queries::consent_of(conn, &actor, &change.id)?.is_some_and(|said| said.agrees.is_some());
            Ok(ChangePage {
                answers: waits && policy::answers(actor.role) && !said,
                decides: waits && policy::decides(actor.role),
                withdraws: waits && policy::may_change(&actor, &lead) && !policy::decides(actor.role),
                change: super::row(view::one(conn, &actor, change, lead)?),
                form,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
