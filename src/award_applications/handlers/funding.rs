//! `/api/v1/award-applications/{id}/funding`: which treasuries bear it.

use super::small_page::{head, show, submit as submit_small};
use super::{load, ok};
use crate::app::App;
use crate::award_applications::forms::{basis_points, percent};
use crate::award_applications::funding::{self, FundingBody, PartBody};
use crate::award_applications::model::{Application, FundingLevel};
use crate::award_applications::pages::FundingPage;
use crate::award_applications::{policy, queries, view};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::AwardApplicationReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `PUT /api/v1/award-applications/{id}/funding {parts: [{level, share_bp}]}`, with the application's ETag.
pub async fn update(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<FundingBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let application = load(conn, &actor, &id)?;
            if !policy::funds(actor.role) {
                return Err(AppError::Forbidden("role"));
            }
            if_match.require(application.version)?;
            let application = funding::put(conn, &actor, application, body)?;
            view::detail(conn, app, &actor, visit.lang, application)
        })
        .await?;
    Ok(ok(&shown))
}

/// `GET /award-applications/{id}/funding`
pub async fn form(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), policy::funds, page).await
}

/// `POST /award-applications/{id}/funding`
pub async fn submit(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("award-funded");
    submit_small(
        &app,
        &visit,
        reader.0,
        id.into_inner(),
        form,
        done,
        |conn, _, actor, known, form| {
            let mut parts = Vec::new();
            for level in FundingLevel::ALL {
                match form.text(level.as_str()).as_deref().map(basis_points) {
                    Some(Some(0)) | None => {}
                    Some(Some(share_bp)) => parts.push(PartBody { level: *level, share_bp }),
                    Some(None) => form.errors.add(level.as_str(), "not-a-number"),
                }
            }
            form.check()?;
            funding::put(conn, actor, known.application, FundingBody { parts })
        },
        page,
    )
    .await
}

fn page(conn: &mut AnyConn, application: Application, form: Filled) -> Result<FundingPage, AppError> {
    let known = queries::funding_of(conn, &application.id)?;
    let form = known.iter().fold(form, |form, part| {
        let level = part.level.as_str();
        if form.values.contains_key(level) { form } else { form.value(level, percent(part.share_bp)) }
    });
    let levels = FundingLevel::ALL.iter().map(|level| level.to_string()).collect();
    Ok(FundingPage { head: head(conn, &application)?, levels, form })
}
