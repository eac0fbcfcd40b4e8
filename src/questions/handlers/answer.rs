//! `/leads/{id}/questions/{question}/answer`: the chamber's liaison answers.

use crate::accounts::Actor;
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::leads::handlers::small_page::{head, returned};
use crate::questions::answering::{QuestionAnswerBody, answer, load_question};
use crate::questions::pages::{Answer, Row};
use crate::questions::view;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `POST /api/v1/leads/{id}/questions/{question}/answer {text}` → the question
pub async fn create(
    reader: LeadReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<QuestionAnswerBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (lead, id)) = (reader.0, path.into_inner());
    let (question, version) = app
        .write(&actor.clone(), move |_, conn| {
            let (question, version) = answer(conn, &actor, &lead, &id, if_match, &body)?;
            Ok::<_, AppError>((view::one(conn, question)?, version))
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(question))
}

/// `GET /leads/{id}/questions/{question}/answer`
pub async fn form(
    reader: LeadReader,
    path: Path<(String, String)>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, path.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /leads/{id}/questions/{question}/answer`; goes back to the first page, where the next one stands.
pub async fn submit(
    reader: LeadReader,
    path: Path<(String, String)>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let path = path.into_inner();
    let (actor, (lead, id), typed) = (reader.0.clone(), path.clone(), form.clone());
    let done = app
        .write(&reader, move |_, conn| {
            let body = QuestionAnswerBody { text: typed.text("text").unwrap_or_default() };
            answer(conn, &actor, &lead, &id, typed.version(), &body)
        })
        .await;
    match done {
        Ok(_) => Ok(flash::redirect("/", Message::new("question-answered-now"))),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, reader.0, path, filled, status).await
        }
    }
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    (lead, id): (String, String),
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let page = app
        .read(move |_, conn| {
            let (lead, question) = load_question(conn, &actor, &lead, &id)?;
            Ok(Answer { lead: head(&lead), question: Row::of(question, clock::today()), form })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
