//! `/leads/{id}/follow-ups`: recording a follow-up.

use super::load_followed;
use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::follow_ups::model::{FollowUp, FollowUpKind};
use crate::follow_ups::queries;
use crate::follow_ups::view::FollowUpView;
use crate::leads::editing::save;
use crate::leads::model::Status;
use crate::leads::view::Person;
use crate::web::json::Json;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{Duration, NaiveDate, NaiveDateTime};
use serde::Deserialize;
use utoipa::ToSchema;

const MAX_TEXT: usize = 20_000;
const MAX_LINE: usize = 500;

/// A follow-up as entered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUpBody {
    pub kind: FollowUpKind,
    /// When it took place; not in the future.
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    #[schema(min_length = 1, max_length = 20000)]
    pub content: String,
    /// People on our side.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub ours: Option<String>,
    /// People on the investor's side.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub theirs: Option<String>,
    #[serde(default)]
    #[schema(max_length = 500)]
    pub next_step: Option<String>,
    /// When the lead is next due; not before the follow-up itself.
    #[serde(default)]
    pub next_on: Option<NaiveDate>,
}

/// `POST /api/v1/leads/{id}/follow-ups`
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<FollowUpBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let by = Person::of(&actor);
    let (follow_up, version) =
        app.write(&actor.clone(), move |_, conn| record(conn, &actor, &id, if_match, body)).await?;
    // Without a Location: a follow-up has no address of its own.
    let view = FollowUpView::from(&follow_up).by(Some(&by));
    Ok(HttpResponse::Created().insert_header(etag(version)).json(view))
}

/// Records a follow-up. The lead is next due on the day it names; without one, a day that has come is done. A liaison's
/// changes nothing of that: the day is that of who works the lead.
pub fn record(
    conn: &mut AnyConn,
    actor: &Actor,
    lead_id: &str,
    if_match: IfMatch,
    body: FollowUpBody,
) -> Result<(FollowUp, i64), AppError> {
    let mut lead = load_followed(conn, actor, lead_id)?.lead;
    if_match.honour(lead.version)?;
    if lead.status == Status::Merged {
        return Err(AppError::Conflict("lead-merged"));
    }
    let now = clock::now();
    let follow_up = checked(actor, lead.id.clone(), body, now)?;
    queries::insert(conn, &follow_up)?;
    let due = match (follow_up.next_on, lead.next_follow_up_on) {
        (_, due) if actor.role == Role::ChamberLiaison => due,
        (Some(next), _) => Some(next),
        (None, Some(due)) if due > clock::china_date(follow_up.at) => Some(due),
        (None, _) => None,
    };
    let differences = Differences::default().set("follow_up", &follow_up.id).field(
        "next_follow_up_on",
        &lead.next_follow_up_on,
        &due,
    );
    lead.next_follow_up_on = due;
    let lead = save(conn, actor, lead, "lead.follow-up", differences, None)?;
    Ok((follow_up, lead.version))
}

fn checked(actor: &Actor, lead_id: Id, body: FollowUpBody, now: NaiveDateTime) -> Result<FollowUp, AppError> {
    let mut errors = FieldErrors::default();
    let content = body.content.trim().to_owned();
    if content.is_empty() {
        errors.add("content", "required");
    }
    limit(&mut errors, "content", &content, MAX_TEXT);
    errors.check_day("at", Some(body.at.date()));
    errors.check_day("next_on", body.next_on);
    // A clock that runs a little ahead is no mistake.
    if body.at > now + Duration::minutes(5) && clock::is_credible(body.at.date()) {
        errors.add("at", "date-in-future");
    }
    let days_are_read = errors.is_empty();
    if days_are_read && body.next_on.is_some_and(|next| next < clock::china_date(body.at)) {
        errors.add("next_on", "before-the-follow-up");
    }
    let mut line = |field: &'static str, text: Option<String>| {
        let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())?;
        limit(&mut errors, field, &text, MAX_LINE);
        Some(text)
    };
    let (ours, theirs) = (line("ours", body.ours), line("theirs", body.theirs));
    let next_step = line("next_step", body.next_step);
    errors.into_result()?;
    Ok(FollowUp {
        id: Id::generate(),
        lead_id,
        kind: body.kind,
        at: body.at,
        ours,
        theirs,
        content,
        next_step,
        next_on: body.next_on,
        by_user: actor.user_id.clone(),
        by_chamber_id: actor.chamber_id.clone().filter(|_| actor.role == Role::ChamberLiaison),
        created_at: now,
    })
}

fn limit(errors: &mut FieldErrors, field: &'static str, text: &str, max: usize) {
    if text.chars().count() > max {
        errors.add_with(field, "too-long", vec![("max", max.to_string())]);
    }
}
