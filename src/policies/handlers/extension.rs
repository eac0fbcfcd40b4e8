//! `/policies/{code}/extension` and the same under `/api/v1`: proposing to keep a version in force longer.

use super::{created, proposed, shown};
use crate::app::App;
use crate::error::{AppError, FieldErrors};
use crate::policies::pages::Extend;
use crate::policies::proposing::{self, Paper};
use crate::projects::handlers::small_page::returned;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::json::Json;
use crate::web::roles::PolicyKeeper;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

/// How much longer, and by which document.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyExtensionBody)]
pub struct ExtensionBody {
    /// The new last day.
    pub valid_until: NaiveDate,
    /// 文号
    pub document_number: String,
    pub document_name: String,
}

/// `POST /api/v1/policies/{code}/extension {valid_until, document_number, document_name}`
pub async fn create(
    keeper: PolicyKeeper,
    code: Path<String>,
    Json(body): Json<ExtensionBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    created(&app, keeper.0, move |conn, tools, actor| {
        let paper = Paper { number: Some(body.document_number), name: Some(body.document_name) };
        proposing::extend(conn, tools, actor, &code, Some(body.valid_until), paper)
    })
    .await
}

/// `GET /policies/{code}/extension`
pub async fn form(
    _: PolicyKeeper,
    code: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    page(&app, &visit, code.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /policies/{code}/extension`
pub async fn submit(
    keeper: PolicyKeeper,
    code: Path<String>,
    visit: Visit,
    mut form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, code) = (keeper.0, code.into_inner());
    let until = form.date("valid_until");
    let paper = Paper { number: form.text("document_number"), name: form.text("document_name") };
    let unread: FieldErrors = std::mem::take(&mut form.errors);
    let of = code.clone();
    let done = app
        .write(&actor.clone(), move |app, conn| {
            unread.into_result()?;
            proposing::extend(conn, app.tools(), &actor, &of, until, paper)
        })
        .await;
    match done {
        Ok(document) => Ok(proposed(&document)),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            page(&app, &visit, code, filled, status).await
        }
    }
}

async fn page(
    app: &App,
    visit: &Visit,
    code: String,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let version = app
        .read(move |app, conn| {
            let all = app.policies.now(conn)?;
            all.find(&code).map(|version| shown(app, lang, version)).ok_or(AppError::NotFound)
        })
        .await?;
    visit.page_with(app, &Extend { version, form }, HttpResponseBuilder::new(status))
}
