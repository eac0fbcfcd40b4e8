//! Teams, members and trips as the API shows them.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::teams::model::{Team, TeamKind, TeamMember, Trip, TripKind};
use crate::teams::queries;
use crate::teams::rules::{self, Stability, Stay};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A team that attracts investment.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Team)]
pub struct TeamView {
    pub id: Id,
    pub code: String,
    pub version: i64,
    pub name: String,
    pub kind: TeamKind,
    pub county: Option<String>,
    /// By name.
    pub leader: Option<String>,
    /// Where the leader is a user.
    pub leader_id: Option<Id>,
    pub note: Option<String>,
    /// People who are in it today.
    pub members: i64,
    pub stability: Stability,
    pub trips: i64,
    /// The day on which the last trip began.
    pub last_trip_on: Option<NaiveDate>,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// Somebody's term in a team.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = TeamMember)]
pub struct TeamMemberView {
    pub id: Id,
    pub user_id: Option<Id>,
    pub name: String,
    pub post: Option<String>,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
}

/// A team's time away.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = TeamTrip)]
pub struct TripView {
    pub id: Id,
    pub kind: TripKind,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
    /// Where to.
    pub region: String,
    pub purpose: String,
    pub people: Option<String>,
    pub result: Option<String>,
    /// Leads that came of it, of those that the reader may see.
    pub leads: Vec<TripLead>,
}

/// A lead that came of a trip.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = TeamTripLead)]
pub struct TripLead {
    pub id: Id,
    pub code: String,
    pub title: String,
}

impl From<TeamMember> for TeamMemberView {
    fn from(member: TeamMember) -> Self {
        TeamMemberView {
            id: member.id,
            user_id: member.user_id,
            name: member.name,
            post: member.post,
            from_on: member.from_on,
            to_on: member.to_on,
        }
    }
}

/// Whether a member's term runs on a day.
pub fn is_in(member: &TeamMember, day: NaiveDate) -> bool {
    member.from_on <= day && member.to_on.is_none_or(|to| day <= to)
}

/// Teams as their reader sees them, members and trips asked for once for all.
pub fn list(conn: &mut AnyConn, tools: Tools<'_>, rows: Vec<Team>) -> Result<Vec<TeamView>, AppError> {
    let (ids, today) = (rows.iter().map(|row| row.id.clone()).collect::<Vec<Id>>(), clock::today());
    let mut members: HashMap<Id, Vec<TeamMember>> = HashMap::new();
    for member in queries::members_of(conn, &ids)? {
        members.entry(member.team_id.clone()).or_default().push(member);
    }
    let trips = queries::trips_counted(conn, &ids)?;
    let shown = rows.into_iter().map(|row| {
        let members = members.remove(&row.id).unwrap_or_default();
        let (trips, last_trip_on) = trips.get(&row.id).copied().unwrap_or_default();
        TeamView {
            members: members.iter().filter(|member| is_in(member, today)).count() as i64,
            stability: stability(tools, &members, today),
            trips,
            last_trip_on,
            id: row.id,
            code: row.code,
            version: row.version,
            name: row.name,
            kind: row.kind,
            county: row.county,
            leader: row.leader_name,
            leader_id: row.leader_id,
            note: row.note,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    });
    Ok(shown.collect())
}

/// One team as its reader sees it.
pub fn detail(conn: &mut AnyConn, tools: Tools<'_>, row: Team) -> Result<TeamView, AppError> {
    list(conn, tools, vec![row])?.pop().ok_or(AppError::NotFound)
}

fn stability(tools: Tools<'_>, members: &[TeamMember], today: NaiveDate) -> Stability {
    let stays: Vec<Stay> = members
        .iter()
        .map(|member| Stay {
            // Two of one name are told apart only where they are users.
            who: member.user_id.as_ref().map_or_else(|| member.name.clone(), Id::to_string),
            from_on: member.from_on,
            to_on: member.to_on,
        })
        .collect();
    rules::stability(&stays, today, *tools.reference.team_terms())
}

/// Trips as the actor sees them, leads asked for once for all.
pub fn trips(conn: &mut AnyConn, actor: &Actor, rows: Vec<Trip>) -> Result<Vec<TripView>, AppError> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id.clone()).collect();
    let mut leads: HashMap<Id, Vec<TripLead>> = HashMap::new();
    for (trip, id, code, title) in queries::leads_of(conn, actor, &ids)? {
        leads.entry(trip).or_default().push(TripLead { id, code, title });
    }
    let shown = rows.into_iter().map(|row| TripView {
        leads: leads.remove(&row.id).unwrap_or_default(),
        id: row.id,
        kind: row.kind,
        from_on: row.from_on,
        to_on: row.to_on,
        region: row.region,
        purpose: row.purpose,
        people: row.people,
        result: row.result,
    });
    Ok(shown.collect())
}

/// One trip as the actor sees it.
pub fn trip(conn: &mut AnyConn, actor: &Actor, row: Trip) -> Result<TripView, AppError> {
    trips(conn, actor, vec![row])?.pop().ok_or(AppError::NotFound)
}
