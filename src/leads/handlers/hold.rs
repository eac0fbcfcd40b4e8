//! `/leads/{id}/hold`: putting a lead on hold (暂缓) and taking it up again.

use super::closure::status_change;
use super::small_page::{Reader, head, show, submit as submit_small};
use super::{change, load_editable, ok};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::audit::Differences;
use crate::clock;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::leads::editing::save;
use crate::leads::model::{Lead, Status};
use crate::leads::pages::{Hold as HoldPage, Resumption as ResumptionPage};
use crate::leads::queries::{self, Known};
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::params::Params;
use crate::web::precondition::IfMatch;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why a lead is put on hold.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadHold {
    #[schema(min_length = 1)]
    pub reason: String,
    /// When it is to be taken up again.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

/// `POST /api/v1/leads/{id}/hold {reason, until?}`
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(hold): Json<LeadHold>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lead =
        change(&app, reader.0, move |conn, _, actor| put_on_hold(conn, actor, &id, if_match, hold)).await?;
    Ok(ok(&lead))
}

/// `DELETE /api/v1/leads/{id}/hold`
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
        resume(conn, actor, &id, if_match, reason, None)
    })
    .await?;
    Ok(ok(&lead))
}

/// `GET /leads/{id}/hold`
pub async fn form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), Filled::new(), page).await
}

/// `POST /leads/{id}/hold`
pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("lead-held");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen, form: &mut Form| {
        let until = form.date("until");
        form.check()?;
        let reason = form.text("reason").unwrap_or_default();
        put_on_hold(conn, actor, id, seen, LeadHold { reason, until })
    };
    submit_small(&app, &visit, reader.0, id.into_inner(), form, done, work, page).await
}

/// `GET /leads/{id}/resumption`
pub async fn resumption_form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), Filled::new(), resumption_page).await
}

/// `POST /leads/{id}/resumption`
pub async fn submit_resumption(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("lead-resumed");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen, form: &mut Form| {
        let next = form.date("next_follow_up_on");
        form.check()?;
        resume(conn, actor, id, seen, form.text("reason"), next)
    };
    submit_small(&app, &visit, reader.0, id.into_inner(), form, done, work, resumption_page).await
}

fn page(_: &mut AnyConn, _: &App, _: &Reader, known: Known, form: Filled) -> Result<HoldPage, AppError> {
    Ok(HoldPage { lead: head(&known.lead), form })
}

fn resumption_page(
    _: &mut AnyConn,
    _: &App,
    _: &Reader,
    known: Known,
    form: Filled,
) -> Result<ResumptionPage, AppError> {
    Ok(ResumptionPage { lead: head(&known.lead), form })
}

/// Puts an active lead on hold, perhaps until a day.
pub fn put_on_hold(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    hold: LeadHold,
) -> Result<Lead, AppError> {
    let mut lead = load_editable(conn, actor, id)?.lead;
    if_match.honour(lead.version)?;
    let reason = hold.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "reason-required"));
    }
    let mut errors = FieldErrors::default();
    errors.check_day("until", hold.until);
    errors.into_result()?;
    if hold.until.is_some_and(|until| until < clock::today()) {
        return Err(AppError::invalid("until", "date-in-past"));
    }
    if lead.status != Status::Active {
        return Err(AppError::Conflict("lead-not-active"));
    }
    let mut row = status_change(actor, &lead, Status::OnHold, None, Some(reason.clone()));
    row.hold_until = hold.until;
    queries::insert_status_change(conn, row)?;
    let differences = Differences::default().field("status", &lead.status, &Status::OnHold).field(
        "hold_until",
        &lead.hold_until,
        &hold.until,
    );
    lead.status = Status::OnHold;
    lead.hold_reason = Some(reason.clone());
    lead.hold_until = hold.until;
    save(conn, actor, lead, "lead.hold", differences, Some(&reason))
}

/// Takes a lead up again, perhaps with the day on which it is next followed up.
pub fn resume(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    reason: Option<String>,
    next_follow_up_on: Option<NaiveDate>,
) -> Result<Lead, AppError> {
    let mut lead = load_editable(conn, actor, id)?.lead;
    if_match.honour(lead.version)?;
    let mut errors = FieldErrors::default();
    errors.check_day("next_follow_up_on", next_follow_up_on);
    errors.into_result()?;
    if lead.status != Status::OnHold {
        return Err(AppError::Conflict("lead-not-on-hold"));
    }
    queries::insert_status_change(conn, status_change(actor, &lead, Status::Active, None, reason.clone()))?;
    let due = next_follow_up_on.or(lead.next_follow_up_on);
    let differences = Differences::default()
        .field("status", &lead.status, &Status::Active)
        .field("hold_until", &lead.hold_until, &None)
        .field("next_follow_up_on", &lead.next_follow_up_on, &due);
    lead.status = Status::Active;
    lead.next_follow_up_on = due;
    (lead.hold_reason, lead.hold_until) = (None, None);
    save(conn, actor, lead, "lead.resume", differences, reason.as_deref())
}
