//! Events and attendees as the API shows them, and to whom how much of them.

use crate::accounts::Actor;
use crate::app::App;
use crate::chambers;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::events::model::{Attendee, Event, EventKind, EventStatus};
use crate::events::{policy, queries, results};
use crate::leads::model::Stage;
use crate::leads::view::{Person, people};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A promotion or matchmaking event, or a resident campaign.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Event)]
pub struct EventView {
    pub id: Id,
    pub code: String,
    pub version: i64,
    pub kind: EventKind,
    pub title: String,
    /// Null for the city's own.
    pub county: Option<String>,
    pub place: String,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub programme: Option<String>,
    /// Null for a liaison of another chamber, who sees its name.
    pub host_chamber_id: Option<Id>,
    /// By name.
    pub host_chamber: Option<String>,
    pub status: EventStatus,
    pub cancellation_reason: Option<String>,
    /// How many are on the list; for a liaison of his chamber, as below.
    pub listed: i64,
    /// How many of them came.
    pub attended: i64,
    /// Null for a liaison, as `outcome`.
    pub cost_fen: Option<i64>,
    pub outcome: Option<String>,
    /// Where guests check in with their own phones; of a single event, for who keeps it.
    pub check_in_url: Option<String>,
    /// What came of it; of a single event, and null for a liaison.
    pub results: Option<EventResults>,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// What came of an event, counted in the reader's scope.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventResults {
    pub leads: i64,
    /// Of them, at each stage.
    pub stages: Vec<StageResults>,
    /// Null for who does not read projects in full.
    pub projects: Option<i64>,
    /// Those with a formal contract.
    pub signed_projects: Option<i64>,
    /// The total investment of their contracts, in fen.
    pub contract_investment_fen: Option<i64>,
}

/// How many leads of an event are at a stage.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StageResults {
    pub stage: Stage,
    pub leads: i64,
}

/// Somebody who was invited, signed up or came.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Attendee)]
pub struct AttendeeView {
    pub id: Id,
    pub name: String,
    pub company: Option<String>,
    pub post: Option<String>,
    pub chamber_id: Option<Id>,
    /// By name.
    pub chamber: Option<String>,
    /// Whether he was on the list before he came.
    pub invited: bool,
    /// Null for a liaison, as `checked_in_by`.
    pub invited_by: Option<Person>,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    #[serde(with = "clock::rfc3339::option")]
    pub attended_at: Option<NaiveDateTime>,
    /// Null where he checked in himself.
    pub checked_in_by: Option<Person>,
}

/// Events as their reader sees them, hosts and lists read once for all.
pub fn list(conn: &mut AnyConn, actor: &Actor, rows: Vec<Event>) -> Result<Vec<EventView>, AppError> {
    let sees_all = policy::sees_all(actor.role);
    let hosts = names(conn, rows.iter().filter_map(|row| row.host_chamber_id.as_ref()))?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id.clone()).collect();
    let counts = queries::counts_of(conn, actor, &ids)?;
    let shown = rows.into_iter().map(|row| {
        let counts = counts.get(&row.id).copied().unwrap_or_default();
        let host = row.host_chamber_id;
        EventView {
            host_chamber: host.as_ref().and_then(|id| hosts.get(id).cloned()),
            host_chamber_id: host.filter(|id| sees_all || actor.chamber_id.as_ref() == Some(id)),
            id: row.id,
            code: row.code,
            version: row.version,
            kind: row.kind,
            title: row.title,
            county: row.county,
            place: row.place,
            from_on: row.from_on,
            to_on: row.to_on,
            programme: row.programme,
            status: row.status,
            cancellation_reason: row.cancellation_reason,
            listed: counts.listed,
            attended: counts.attended,
            cost_fen: row.cost_fen.filter(|_| sees_all),
            outcome: row.outcome.filter(|_| sees_all),
            check_in_url: None,
            results: None,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    });
    Ok(shown.collect())
}

/// One event with all that its reader may see.
pub fn detail(conn: &mut AnyConn, app: &App, actor: &Actor, row: Event) -> Result<EventView, AppError> {
    let url = check_in_url(app, &row);
    let keeps = policy::may_keep(actor, row.county.as_deref());
    let results = results::of(conn, app, actor, &row.id)?.map(|found| EventResults {
        leads: found.leads.count,
        stages: found
            .stages
            .into_iter()
            .map(|(stage, leads)| StageResults { stage, leads: leads.count })
            .collect(),
        projects: found.projects.as_ref().map(|of| of.all.count),
        signed_projects: found.projects.as_ref().map(|of| of.signed.count),
        contract_investment_fen: found.projects.map(|of| of.contract_investment_fen),
    });
    let shown = list(conn, actor, vec![row])?.pop().ok_or(AppError::NotFound)?;
    Ok(EventView { check_in_url: keeps.then_some(url), results, ..shown })
}

/// Where the guests of an event check in.
pub fn check_in_url(app: &App, event: &Event) -> String {
    format!("{}/check-in/{}", app.settings.server.public_url.trim_end_matches('/'), event.check_in_key)
}

/// Attendees as their reader sees them, names read once for all.
pub fn attendees(
    conn: &mut AnyConn,
    actor: &Actor,
    rows: Vec<Attendee>,
) -> Result<Vec<AttendeeView>, AppError> {
    let chambers = names(conn, rows.iter().filter_map(|row| row.chamber_id.as_ref()))?;
    let staff: Vec<Id> = if policy::sees_all(actor.role) {
        rows.iter().flat_map(|row| row.invited_by.iter().chain(&row.checked_in_by)).cloned().collect()
    } else {
        Vec::new()
    };
    let staff = if staff.is_empty() { HashMap::new() } else { people(conn, &staff)? };
    let person = |id: &Option<Id>| id.as_ref().and_then(|id| staff.get(id).cloned());
    let shown = rows.into_iter().map(|row| AttendeeView {
        chamber: row.chamber_id.as_ref().and_then(|id| chambers.get(id).cloned()),
        invited: row.invited_by.is_some(),
        invited_by: person(&row.invited_by),
        checked_in_by: person(&row.checked_in_by),
        id: row.id,
        name: row.name,
        company: row.company,
        post: row.post,
        chamber_id: row.chamber_id,
        at: row.at,
        attended_at: row.attended_at,
    });
    Ok(shown.collect())
}

/// One attendee as his reader sees him.
pub fn attendee(conn: &mut AnyConn, actor: &Actor, row: Attendee) -> Result<AttendeeView, AppError> {
    attendees(conn, actor, vec![row])?.pop().ok_or(AppError::NotFound)
}

/// Names of chambers by id, in no statement where there are none.
fn names<'a>(conn: &mut AnyConn, ids: impl Iterator<Item = &'a Id>) -> Result<HashMap<Id, String>, AppError> {
    let ids: Vec<Id> = ids.cloned().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = chambers::queries::of_ids(conn, &ids)?.into_iter();
    Ok(found.map(|chamber| (chamber.id, chamber.name)).collect())
}
