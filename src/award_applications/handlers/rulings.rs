//! `/api/v1/award-applications/{id}/compliance-review` and `…/rulings`: what the bureau head records.

use super::small_page::{head, show, submit as submit_small};
use super::{known, ok};
use crate::app::App;
use crate::award_applications::model::{Application, RulingDecision, RulingKind};
use crate::award_applications::pages::{ReviewPage, RulingPage};
use crate::award_applications::rulings::{self, ReviewBody, RulingBody};
use crate::award_applications::{policy, view};
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
pub async fn review(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<ReviewBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let known = known(conn, app.tools(), &actor, &id)?;
            if_match.honour(known.application.version)?;
            let application = rulings::review(conn, &actor, known, body)?;
            view::detail(conn, app, &actor, visit.lang, application)
        })
        .await?;
    Ok(ok(&shown))
}

/// `POST /api/v1/award-applications/{id}/rulings {kind: eligibility|overlap, decision, reason}`
pub async fn create(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<RulingBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let known = known(conn, app.tools(), &actor, &id)?;
            if_match.honour(known.application.version)?;
            let application = rulings::rule(conn, app.tools(), &actor, known, body)?;
            view::detail(conn, app, &actor, visit.lang, application)
        })
        .await?;
    Ok(ok(&shown))
}

/// `GET /award-applications/{id}/compliance-review`
pub async fn review_form(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), policy::rules, review_page).await
}

/// `POST /award-applications/{id}/compliance-review`
pub async fn submit_review(
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
        review_page,
    )
    .await
}

fn review_page(conn: &mut AnyConn, application: Application, form: Filled) -> Result<ReviewPage, AppError> {
    let passes = ["true", "false"].map(Choice::code).into();
    Ok(ReviewPage { head: head(conn, &application)?, passes, form })
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
