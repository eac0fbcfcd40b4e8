//! `/leads/{id}/questions`: the bureau or a county asks the lead's chamber.

use crate::app::App;
use crate::chambers;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::handlers::small_page::{Reader, again, head, returned};
use crate::leads::queries::Known;
use crate::questions::asking::{QuestionBody, ask, load_asked};
use crate::questions::pages::Form as FormPage;
use crate::questions::view;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

/// `POST /api/v1/leads/{id}/questions {text}`
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<QuestionBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let (question, version) = app
        .write(&actor.clone(), move |app, conn| {
            let (question, version) = ask(conn, app.tools(), &actor, &id, if_match, &body)?;
            Ok::<_, AppError>((view::one(conn, question)?, version))
        })
        .await?;
    // Without a Location: a question has no address of its own.
    Ok(HttpResponse::Created().insert_header(etag(version)).json(question))
}

/// `GET /leads/{id}/questions/new`
pub async fn new_form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    again(&app, &visit, reader.0, id.into_inner(), load_asked, Filled::new(), StatusCode::OK, make).await
}

/// `POST /leads/{id}/questions`
pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, lead, typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |app, conn| {
            let body = QuestionBody { text: typed.text("text").unwrap_or_default() };
            ask(conn, app.tools(), &actor, &lead, typed.version(), &body)
        })
        .await;
    match done {
        Ok((question, _)) => {
            let message = Message::new("question-asked").text("date", question.due_on.to_string());
            Ok(flash::redirect(format!("/leads/{}", question.lead_id), message))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            again(&app, &visit, reader.0, id, load_asked, filled, status, make).await
        }
    }
}

fn make(conn: &mut AnyConn, _: &App, _: &Reader, known: Known, form: Filled) -> Result<FormPage, AppError> {
    let chamber = match &known.lead.source_chamber_id {
        Some(id) => chambers::queries::find(conn, id.as_str())?.map(|chamber| chamber.name),
        None => None,
    };
    Ok(FormPage { lead: head(&known.lead), chamber: chamber.unwrap_or_default(), form })
}
