//! `/api/v1/projects/{id}/contract` and its supplementary agreements.

use super::{load_editable, ok};
use crate::app::App;
use crate::error::AppError;
use crate::projects::contract::{self, ContractBody};
use crate::projects::view;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::ProjectReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

/// A supplementary agreement, as it is entered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SupplementEntry)]
pub struct SupplementBody {
    /// Never later than today.
    pub signed_on: NaiveDate,
    #[schema(max_length = 20000)]
    pub content: String,
}

/// `PUT /api/v1/projects/{id}/contract {signed_on, total_investment_fen, fixed_investment_fen, land_premium_fen,
/// years: [{year, fixed_investment_fen, land_premium_fen}], kind?, parties?, funding?}`, with the project's ETag.
pub async fn update(
    reader: ProjectReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<ContractBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let project = load_editable(conn, &actor, &id)?;
            if_match.require(project.version)?;
            let project = contract::put(conn, &actor, project, body)?;
            view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(ok(&project))
}

/// `POST /api/v1/projects/{id}/contract/supplements {signed_on, content}`
pub async fn add_supplement(
    reader: ProjectReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<SupplementBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let project = load_editable(conn, &actor, &id)?;
            if_match.honour(project.version)?;
            let project = contract::supplement(conn, &actor, project, body.signed_on, body.content)?;
            view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(ok(&project))
}
