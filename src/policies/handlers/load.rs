//! `/policies/new` and `POST /api/v1/policies`: proposing a version, as a file, or as the text that came back with its
//! faults.

use super::{created, proposed};
use crate::app::App;
use crate::error::AppError;
use crate::policies::pages::Load;
use crate::policies::proposing::{self, Paper};
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::json::Json;
use crate::web::roles::PolicyKeeper;
use crate::web::upload::Uploaded;
use crate::web::visit::Visit;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Deserialize;
use utoipa::ToSchema;

/// A version, and the document that it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyVersionBody)]
pub struct VersionBody {
    /// The whole version, as the TOML of its file.
    pub body: String,
    /// 文号
    pub document_number: String,
    pub document_name: String,
}

/// `POST /api/v1/policies {body, document_number, document_name}`
pub async fn create(
    keeper: PolicyKeeper,
    Json(body): Json<VersionBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    created(&app, keeper.0, move |conn, tools, actor| {
        let paper = Paper { number: Some(body.document_number), name: Some(body.document_name) };
        proposing::load(conn, tools, actor, Some(body.body), paper)
    })
    .await
}

/// `GET /policies/new`
pub async fn form(_: PolicyKeeper, visit: Visit, app: Data<App>) -> Result<HttpResponse, AppError> {
    visit.page(&app, &Load::default())
}

/// `POST /policies`
pub async fn submit(
    keeper: PolicyKeeper,
    visit: Visit,
    uploaded: Uploaded,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let field = |name: &str| uploaded.field(name).map(str::to_owned);
    let paper = Paper { number: field("document_number"), name: field("document_name") };
    let typed = field("body");
    let file = uploaded.into_file().map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
    let body = file.or(typed);
    let mut filled = Filled::new();
    for (name, value) in [("body", &body), ("document_number", &paper.number), ("document_name", &paper.name)]
    {
        if let Some(value) = value {
            filled = filled.value(name, value);
        }
    }
    let actor = keeper.0;
    let done = app
        .write(&actor.clone(), move |app, conn| proposing::load(conn, app.tools(), &actor, body, paper))
        .await;
    match done {
        Ok(document) => Ok(proposed(&document)),
        Err(error) => {
            let status = error.status();
            let AppError::Invalid(errors) = error else { return Err(error) };
            let faults = Form::default().filled(&errors).errors;
            let form = Filled { errors: faults, ..filled };
            visit.page_with(&app, &Load { form }, HttpResponseBuilder::new(status))
        }
    }
}
