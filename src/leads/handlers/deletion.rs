//! Deleting a lead, which only hides it, and restoring it.

use super::small_page::{Reader, again, head, returned, submit as submit_small};
use super::{load, ok, project, shown};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::jobs::outbox::{self, Topic};
use crate::leads::model::Lead;
use crate::leads::pages::{Deletion as DeletionPage, Restoration as RestorationPage};
use crate::leads::policy;
use crate::leads::queries::{self, Known};
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::IfMatch;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

/// `DELETE /api/v1/leads/{id}`
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |_, conn| {
        let version = load_deletable(conn, &actor, &id)?.lead.version;
        if_match.require(version)?;
        delete(conn, &actor, &id, if_match, None)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /api/v1/leads/{id}/restoration`
pub async fn restore(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let lead = app
        .write(&actor.clone(), move |app, conn| {
            let lead = put_back(conn, &actor, &id, if_match, None)?;
            shown(conn, app.tools(), &actor, &lead.id)
        })
        .await?;
    Ok(ok(&lead))
}

/// `GET /leads/{id}/deletion`
pub async fn form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    again(&app, &visit, reader.0, id, load_deletable, Filled::new(), StatusCode::OK, page).await
}

/// `POST /leads/{id}/deletion`; goes on to where it can be taken back.
pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let to = format!("/leads/{id}/restoration");
    let done = Message::new("lead-deleted");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen, form: &mut Form| {
        let reason = form.text("reason").ok_or_else(|| AppError::invalid("reason", "reason-required"))?;
        delete(conn, actor, id, seen, Some(&reason))
    };
    let response = submit_small(&app, &visit, reader.0, id, form, done.clone(), work, page).await?;
    Ok(if response.status().is_redirection() { flash::redirect(to, done) } else { response })
}

/// `GET /leads/{id}/restoration`
pub async fn restoration_form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    again(&app, &visit, reader.0, id, load_deleted, Filled::new(), StatusCode::OK, restoration_page).await
}

/// `POST /leads/{id}/restoration`
pub async fn submit_restoration(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, lead, seen, reason) = (reader.0.clone(), id.clone(), form.version(), form.text("reason"));
    let done =
        app.write(&reader, move |_, conn| put_back(conn, &actor, &lead, seen, reason.as_deref())).await;
    match done {
        Ok(lead) => Ok(flash::redirect(format!("/leads/{}", lead.id), Message::new("lead-restored"))),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            again(&app, &visit, reader.0, id, load_deleted, filled, status, restoration_page).await
        }
    }
}

fn page(
    conn: &mut AnyConn,
    _: &App,
    reader: &Reader,
    known: Known,
    form: Filled,
) -> Result<DeletionPage, AppError> {
    let follow_ups = queries::completeness(conn, &known)?.follow_ups;
    let project = project::link(conn, &reader.actor, &known.lead)?;
    Ok(DeletionPage { lead: head(&known.lead), form, follow_ups, project })
}

fn restoration_page(
    _: &mut AnyConn,
    _: &App,
    _: &Reader,
    known: Known,
    form: Filled,
) -> Result<RestorationPage, AppError> {
    Ok(RestorationPage { lead: head(&known.lead), form })
}

/// The lead of a path, if the actor may delete it.
fn load_deletable(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Known, AppError> {
    let known = load(conn, actor, id)?;
    if policy::deletes(actor.role) { Ok(known) } else { Err(AppError::Forbidden("role")) }
}

/// A deleted lead, which exists for nobody but those who may restore it; a lead that is there is not theirs to
/// restore for the others.
fn load_deleted(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Known, AppError> {
    if !policy::deletes(actor.role) {
        return load_deletable(conn, actor, id);
    }
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    let lead = queries::find_deleted(conn, &id)?.ok_or(AppError::NotFound)?;
    Ok(Known { lead, uscc: None })
}

/// Takes a deletion back.
pub fn put_back(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    reason: Option<&str>,
) -> Result<Lead, AppError> {
    let lead = load_deleted(conn, actor, id)?.lead;
    if_match.honour(lead.version)?;
    let version = lead.version;
    let lead = queries::restore(conn, lead, clock::now())?.ok_or(AppError::Stale { current: version + 1 })?;
    told(conn, actor, &lead, "lead.restore", reason)?;
    Ok(lead)
}

/// Hides a lead; it stays in the database with all its history.
pub fn delete(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    reason: Option<&str>,
) -> Result<Lead, AppError> {
    let lead = load_deletable(conn, actor, id)?.lead;
    if_match.honour(lead.version)?;
    project::check_deletable(conn, &lead)?;
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
