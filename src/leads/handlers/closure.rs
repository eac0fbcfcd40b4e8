//! `/leads/{id}/closure`: closing a lead with a kind of reason, and reopening it.

use super::small_page::{Reader, head, show, submit as submit_small};
use super::{change, load_editable, ok, project};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::editing::save;
use crate::leads::model::{ClosureKind, Lead, Status, StatusChange};
use crate::leads::pages::{Closure as ClosurePage, Reopening as ReopeningPage};
use crate::leads::queries::{self, Known};
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::params::Params;
use crate::web::precondition::IfMatch;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;
use utoipa::ToSchema;

/// Why a lead is closed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadClosure {
    pub kind: ClosureKind,
    #[schema(min_length = 1)]
    pub reason: String,
}

/// `POST /api/v1/leads/{id}/closure {kind, reason}`
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(closure): Json<LeadClosure>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lead =
        change(&app, reader.0, move |conn, _, actor| close(conn, actor, &id, if_match, closure)).await?;
    Ok(ok(&lead))
}

/// `DELETE /api/v1/leads/{id}/closure?reason=`: reopening.
pub async fn delete(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["reason"])?;
    let reason = params.text("reason").map(str::to_owned);
    let lead = change(&app, reader.0, move |conn, _, actor| {
        if_match.require(load_editable(conn, actor, &id)?.lead.version)?;
        reopen(conn, actor, &id, if_match, reason)
    })
    .await?;
    Ok(ok(&lead))
}

/// `GET /leads/{id}/closure`
pub async fn form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), Filled::new(), page).await
}

/// `POST /leads/{id}/closure`
pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("lead-closed-now");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen, form: &mut Form| {
        let kind = form.chosen("kind")?;
        let reason = form.text("reason").unwrap_or_default();
        close(conn, actor, id, seen, LeadClosure { kind, reason })
    };
    submit_small(&app, &visit, reader.0, id.into_inner(), form, done, work, page).await
}

/// `GET /leads/{id}/reopening`
pub async fn reopening_form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), Filled::new(), reopening_page).await
}

/// `POST /leads/{id}/reopening`
pub async fn submit_reopening(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("lead-reopened");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen, form: &mut Form| {
        reopen(conn, actor, id, seen, form.text("reason"))
    };
    submit_small(&app, &visit, reader.0, id.into_inner(), form, done, work, reopening_page).await
}

fn page(
    conn: &mut AnyConn,
    _: &App,
    reader: &Reader,
    known: Known,
    form: Filled,
) -> Result<ClosurePage, AppError> {
    let kinds = ClosureKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect();
    let project = project::link_in_pool(conn, &reader.actor, &known.lead)?;
    Ok(ClosurePage { lead: head(&known.lead), form, kinds, project })
}

fn reopening_page(
    _: &mut AnyConn,
    _: &App,
    _: &Reader,
    known: Known,
    form: Filled,
) -> Result<ReopeningPage, AppError> {
    Ok(ReopeningPage { lead: head(&known.lead), form })
}

/// Closes an active lead or one on hold.
///
/// # Errors
/// 409 for one that is closed, and for one whose project stands in the pool.
pub fn close(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    closure: LeadClosure,
) -> Result<Lead, AppError> {
    let mut lead = load_editable(conn, actor, id)?.lead;
    if_match.honour(lead.version)?;
    let reason = closure.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "reason-required"));
    }
    if !matches!(lead.status, Status::Active | Status::OnHold) {
        return Err(AppError::Conflict("lead-closed"));
    }
    project::check_closable(conn, &lead)?;
    let change = status_change(actor, &lead, Status::Closed, Some(closure.kind), Some(reason.clone()));
    queries::insert_status_change(conn, change)?;
    let differences = Differences::default().field("status", &lead.status, &Status::Closed).field(
        "closure_kind",
        &lead.closure_kind,
        &Some(closure.kind),
    );
    lead.status = Status::Closed;
    lead.closure_kind = Some(closure.kind);
    lead.closure_reason = Some(reason.clone());
    lead.closed_at = Some(clock::now());
    (lead.hold_reason, lead.hold_until) = (None, None);
    save(conn, actor, lead, "lead.close", differences, Some(&reason))
}

/// Reopens a closed lead, at the stage where it was.
pub fn reopen(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    reason: Option<String>,
) -> Result<Lead, AppError> {
    let mut lead = load_editable(conn, actor, id)?.lead;
    if_match.honour(lead.version)?;
    if lead.status != Status::Closed {
        return Err(AppError::Conflict("lead-not-closed"));
    }
    let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    let reason = reason.ok_or_else(|| AppError::invalid("reason", "reason-required"))?;
    queries::insert_status_change(
        conn,
        status_change(actor, &lead, Status::Active, None, Some(reason.clone())),
    )?;
    let differences = Differences::default().field("status", &lead.status, &Status::Active).field(
        "closure_kind",
        &lead.closure_kind,
        &None,
    );
    lead.status = Status::Active;
    (lead.closure_kind, lead.closure_reason, lead.closed_at) = (None, None, None);
    save(conn, actor, lead, "lead.reopen", differences, Some(&reason))
}

/// The history's row of a change of status that happens now.
pub(super) fn status_change(
    actor: &Actor,
    lead: &Lead,
    to: Status,
    closure_kind: Option<ClosureKind>,
    reason: Option<String>,
) -> StatusChange {
    StatusChange {
        id: Id::generate(),
        lead_id: lead.id.clone(),
        from_status: lead.status,
        to_status: to,
        closure_kind,
        hold_until: None,
        reason,
        by_user: actor.user_id.clone(),
        at: clock::now(),
    }
}
