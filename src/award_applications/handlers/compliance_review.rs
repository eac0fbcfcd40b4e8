//! `/award-applications/{id}/compliance-review` and the same under `/api/v1`: what came of the review of a rule.

use super::small_page::{change, head, show, submit as submit_small};
use crate::app::App;
use crate::award_applications::model::Application;
use crate::award_applications::pages::ReviewPage;
use crate::award_applications::policy;
use crate::award_applications::rulings::{self, ReviewBody};
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

/// `POST /api/v1/award-applications/{id}/compliance-review {document, result, passes?}`
pub async fn create(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<ReviewBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = move |conn: &mut AnyConn, _: &App, actor: &_, known| rulings::review(conn, actor, known, body);
    change(&app, &visit, reader.0, id.into_inner(), if_match, work).await
}

/// `GET /award-applications/{id}/compliance-review`
pub async fn form(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), policy::rules, page).await
}

/// `POST /award-applications/{id}/compliance-review`
pub async fn submit(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("award-review-recorded");
    submit_small(
        &app,
        &visit,
        reader.0,
        id.into_inner(),
        form,
        done,
        |conn, _, actor, known, form| {
            let body = ReviewBody {
                document: form.text("document").unwrap_or_default(),
                result: form.text("result").unwrap_or_default(),
                passes: form.chosen("passes")?,
            };
            rulings::review(conn, actor, known, body)
        },
        page,
    )
    .await
}

fn page(conn: &mut AnyConn, application: Application, form: Filled) -> Result<ReviewPage, AppError> {
    let passes = ["true", "false"].map(Choice::code).into();
    Ok(ReviewPage { head: head(conn, &application)?, passes, form })
}
