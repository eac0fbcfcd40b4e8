//! `/api/v1/award-applications`, `/api/v1/award-applications/{id}`: drafting, reading, changing one.

use super::{known, load, ok};
use crate::app::App;
use crate::award_applications::editing::{self, ApplicationBody, ApplicationChange};
use crate::award_applications::view;
use crate::error::AppError;
use crate::web::json::Json;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{AwardApplicationReader, AwardDrafter};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};

/// `POST /api/v1/award-applications {project_id, rule, payees?: [{referrer_id, share_bp}], facts?}`
pub async fn create(
    drafter: AwardDrafter,
    visit: Visit,
    Json(body): Json<ApplicationBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = drafter.0;
    let made = app
        .write(&actor.clone(), move |app, conn| {
            let application = editing::draft(conn, app.tools(), &actor, body)?;
            view::detail(conn, app, &actor, visit.lang, application)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/award-applications/{}", made.id)))
        .insert_header(etag(made.version))
        .json(made))
}

/// `GET /api/v1/award-applications/{id}`
pub async fn show(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let shown = app
        .read(move |app, conn| {
            let application = load(conn, &reader, &id)?;
            view::detail(conn, app, &reader, visit.lang, application)
        })
        .await?;
    Ok(ok(&shown))
}

/// `PATCH /api/v1/award-applications/{id} {payees?, facts?}`, while it is a draft or was returned.
pub async fn update(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<ApplicationChange>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let changed = app
        .write(&actor.clone(), move |app, conn| {
            let known = known(conn, app.tools(), &actor, &id)?;
            if !crate::award_applications::policy::drafts(actor.role) {
                return Err(AppError::Forbidden("role"));
            }
            if_match.require(known.application.version)?;
            let changed =
                editing::change(conn, app.tools(), &actor, known.application, &known.project, body)?;
            view::detail(conn, app, &actor, visit.lang, changed)
        })
        .await?;
    Ok(ok(&changed))
}
