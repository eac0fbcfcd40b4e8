//! Deleting a lead, which only hides it, and restoring it.

use super::{load, ok, shown};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::jobs::outbox::{self, Topic};
use crate::leads::model::Lead;
use crate::leads::queries;
use crate::web::precondition::IfMatch;
use crate::web::roles::LeadDeleter;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `DELETE /api/v1/leads/{id}`
pub async fn create(
    deleter: LeadDeleter,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = deleter.0;
    app.write(&actor.clone(), move |_, conn| {
        let version = load(conn, &actor, &id)?.lead.version;
        if_match.require(version)?;
        delete(conn, &actor, &id, if_match, None)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /api/v1/leads/{id}/restoration`
pub async fn restore(
    deleter: LeadDeleter,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = deleter.0;
    let lead = app
        .write(&actor.clone(), move |app, conn| {
            let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
            let lead = queries::find_deleted(conn, &id)?.ok_or(AppError::NotFound)?;
            if_match.honour(lead.version)?;
            let version = lead.version;
            let restored = queries::restore(conn, lead, clock::now())?;
            let lead = restored.ok_or(AppError::Stale { current: version + 1 })?;
            told(conn, &actor, &lead, "lead.restore", None)?;
            shown(conn, app.tools(), &actor, &lead.id)
        })
        .await?;
    Ok(ok(&lead))
}

/// Hides a lead; it stays in the database with all its history.
pub fn delete(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    reason: Option<&str>,
) -> Result<Lead, AppError> {
    let lead = load(conn, actor, id)?.lead;
    if_match.honour(lead.version)?;
    let version = lead.version;
    let lead = queries::delete(conn, lead, clock::now())?.ok_or(AppError::Stale { current: version + 1 })?;
    told(conn, actor, &lead, "lead.delete", reason)?;
    Ok(lead)
}

fn told(
    conn: &mut AnyConn,
    actor: &Actor,
    lead: &Lead,
    action: &'static str,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let subject_id = lead.id.as_str();
    audit::record(
        conn,
        actor,
        Act { action, subject_kind: "lead", subject_id, differences: Differences::default(), reason },
    )?;
    Ok(outbox::enqueue(conn, Topic::LeadIndex, &lead.id)?)
}
