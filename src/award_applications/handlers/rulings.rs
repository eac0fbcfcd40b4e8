//! `/award-applications/{id}/rulings` and the same under `/api/v1`: what the bureau head decides.

use super::small_page::{change, head, show, submit as submit_small};
use crate::app::App;
use crate::award_applications::model::{Application, RulingDecision, RulingKind};
use crate::award_applications::pages::RulingPage;
use crate::award_applications::policy;
use crate::award_applications::rulings::{self, RulingBody};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::AwardApplicationReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `POST /api/v1/award-applications/{id}/rulings {kind: eligibility|overlap, decision, reason}`
pub async fn create(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<RulingBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = move |conn: &mut AnyConn, app: &App, actor: &_, known| {
        rulings::rule(conn, app.tools(), actor, known, body)
    };
    change(&app, &visit, reader.0, id.into_inner(), if_match, work).await
}

/// `GET /award-applications/{id}/rulings`
pub async fn form(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), policy::rules, page).await
}

/// `POST /award-applications/{id}/rulings`
pub async fn submit(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("award-ruled");
    submit_small(
        &app,
        &visit,
        reader.0,
        id.into_inner(),
        form,
        done,
        |conn, app, actor, known, form| {
            let body = RulingBody {
                kind: form.chosen("kind")?,
                decision: form.chosen("decision")?,
                reason: form.text("reason").unwrap_or_default(),
            };
            rulings::rule(conn, app.tools(), actor, known, body)
        },
        page,
    )
    .await
}

fn page(conn: &mut AnyConn, application: Application, form: Filled) -> Result<RulingPage, AppError> {
    let kinds = [RulingKind::Eligibility, RulingKind::Overlap];
    let decisions = RulingDecision::ALL.iter();
    Ok(RulingPage {
        kinds: kinds.iter().map(|kind| Choice::code(kind.as_str())).collect(),
        decisions: decisions.map(|decision| Choice::code(decision.as_str())).collect(),
        head: head(conn, &application)?,
        form,
    })
}
