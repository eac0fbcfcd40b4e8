//! `/api/v1/projects/{id}/milestones/{kind}`: entering and verifying.

use crate::app::App;
use crate::error::AppError;
use crate::milestones::editing::{self, MilestoneBody};
use crate::milestones::model::MilestoneKind;
use crate::projects::handlers::{load, ok, refused};
use crate::projects::{policy, view};
use crate::text_enum;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::ProjectReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;
use utoipa::ToSchema;

text_enum! {
    /// What whoever verifies says.
    pub enum MilestoneDecision {
        Accepted = "accepted",
        Refused = "refused",
    }
}

/// A decision on a milestone that somebody else entered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MilestoneVerification)]
pub struct VerificationBody {
    pub decision: MilestoneDecision,
    /// A refusal needs it.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub reason: Option<String>,
}

/// The kind of a path; a word that is none is a milestone that does not exist.
pub(super) fn kind_of(word: &str) -> Result<MilestoneKind, AppError> {
    word.parse().map_err(|_| AppError::NotFound)
}

/// `PUT /api/v1/projects/{id}/milestones/{kind} {planned_on?, actual_on?, evidence?}`, with the project's ETag.
pub async fn update(
    reader: ProjectReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<MilestoneBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, kind)) = (reader.0, path.into_inner());
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let (project, kind) = (load(conn, &actor, &id)?, kind_of(&kind)?);
            if !policy::may_enter(&actor, &project, kind) {
                return Err(refused(&actor));
            }
            if_match.require(project.version)?;
            let project = editing::enter(conn, app.tools(), &actor, project, kind, body)?;
            view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(ok(&project))
}

/// `POST /api/v1/projects/{id}/milestones/{kind}/verification {decision, reason?}`
pub async fn verify(
    reader: ProjectReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<VerificationBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, kind)) = (reader.0, path.into_inner());
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let (project, kind) = (load(conn, &actor, &id)?, kind_of(&kind)?);
            if !policy::verifies(actor.role) {
                return Err(AppError::Forbidden("role"));
            }
            if_match.honour(project.version)?;
            let accepts = body.decision == MilestoneDecision::Accepted;
            let project = editing::verify(conn, &actor, project, kind, accepts, body.reason)?;
            view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(ok(&project))
}
