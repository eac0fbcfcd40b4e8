//! `/claims/{id}/answer`: the bureau answers a later claim.

use crate::accounts::Actor;
use crate::app::App;
use crate::claims::answering::{self, ClaimAnswer};
use crate::claims::model::Decision;
use crate::claims::pages::AnswerPage;
use crate::claims::view;
use crate::error::AppError;
use crate::leads::handlers::small_page::returned;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::roles::ClaimAnswerer;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `POST /api/v1/claims/{id}/answer {decision, text}` → the claim
pub async fn create(
    answerer: ClaimAnswerer,
    id: Path<String>,
    Json(answer): Json<ClaimAnswer>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = answerer.0;
    let claim = app
        .write(&actor.clone(), move |app, conn| {
            let claim = answering::answer(conn, &actor, &id, answer)?;
            view::detail(conn, app.tools(), &actor, claim)
        })
        .await?;
    Ok(HttpResponse::Ok().json(claim))
}

/// `GET /claims/{id}/answer`: the report, and the form while it waits.
pub async fn form(
    answerer: ClaimAnswerer,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, answerer.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /claims/{id}/answer`; goes back to those that wait, or on to the credit that the chamber is to have.
pub async fn submit(
    answerer: ClaimAnswerer,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, claim, typed) = (answerer.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&answerer, move |_, conn| {
            let decision = typed.chosen::<Decision>("decision")?;
            let text = typed.text("text").unwrap_or_default();
            answering::answer(conn, &actor, &claim, ClaimAnswer { decision, text })
        })
        .await;
    match done {
        Ok(claim) if claim.decision.is_some_and(|decision| decision != Decision::Declined) => {
            let way = format!("/leads/{}/attribution?with={}", claim.lead_id, claim.chamber_id);
            Ok(flash::redirect(way, Message::new("attribution-share-it")))
        }
        Ok(_) => Ok(flash::redirect("/claims", Message::new("claim-answered-now"))),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, answerer.0, id, filled, status).await
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
            let claim = answering::load(conn, &actor, &id)?;
            let shown = view::detail(conn, app.tools(), &actor, claim)?;
            let decisions = Decision::ALL.iter().map(|decision| Choice::code(decision.as_str())).collect();
            Ok(AnswerPage { claim: super::row(app, lang, shown), form, decisions })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
