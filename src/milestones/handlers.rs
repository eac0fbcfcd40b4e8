//! `/api/v1/projects/{id}/milestones/{kind}`: entering and verifying.

use crate::app::App;
use crate::error::AppError;
use crate::milestones::editing::{self, MilestoneBody};
use crate::milestones::model::MilestoneKind;
use crate::projects::handlers::{load, ok};
use crate::projects::{policy, view};
use crate::text_enum;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::{MilestoneEditor, MilestoneVerifier};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

text_enum! {
    /// What whoever verifies says.
    pub enum Decision {
        Accepted = "accepted",
        Refused = "refused",
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerificationBody {
    pub decision: Decision,
    #[serde(default)]
    pub reason: Option<String>,
}

fn kind_of(word: &str) -> Result<MilestoneKind, AppError> {
    word.parse().map_err(|_| AppError::NotFound)
}

/// `PUT /api/v1/projects/{id}/milestones/{kind} {planned_on?, actual_on?, evidence?}`, with the project's ETag.
pub async fn update(
    editor: MilestoneEditor,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<MilestoneBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, kind)) = (editor.0, path.into_inner());
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let (project, kind) = (load(conn, &actor, &id)?, kind_of(&kind)?);
            if !policy::may_enter(&actor, &project, kind) {
                return Err(AppError::Forbidden("other-county"));
            }
            if_match.require(project.version)?;
            let project = editing::enter(conn, &actor, project, kind, body)?;
            view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(ok(&project))
}

/// `POST /api/v1/projects/{id}/milestones/{kind}/verification {decision, reason?}`
pub async fn verify(
    verifier: MilestoneVerifier,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<VerificationBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, kind)) = (verifier.0, path.into_inner());
    let project = app
        .write(&actor.clone(), move |app, conn| {
            let (project, kind) = (load(conn, &actor, &id)?, kind_of(&kind)?);
            if_match.honour(project.version)?;
            let accepts = body.decision == Decision::Accepted;
            let project = editing::verify(conn, &actor, project, kind, accepts, body.reason)?;
            view::detail(conn, app.tools(), &actor, project)
        })
        .await?;
    Ok(ok(&project))
}
