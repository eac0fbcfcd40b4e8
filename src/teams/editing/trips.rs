//! Keeping the trips of a team.

use super::{load, load_editable, next, tell};
use crate::accounts::Actor;
use crate::audit::Differences;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::teams::forms::{TripBody, TripInput};
use crate::teams::model::{Team, Trip, TripKind};
use crate::teams::queries;
use chrono::NaiveDate;
use serde::Serialize;

/// The trip of a path, of a team that exists for the actor.
pub fn find(conn: &mut AnyConn, actor: &Actor, team: &str, id: &str) -> Result<(Team, Trip), AppError> {
    let team = load(conn, actor, team)?;
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    let trip = queries::trip(conn, &team.id, &id)?.ok_or(AppError::NotFound)?;
    Ok((team, trip))
}

/// The same, if the actor may also change it.
pub fn find_editable(
    conn: &mut AnyConn,
    actor: &Actor,
    team: &str,
    id: &str,
) -> Result<(Team, Trip), AppError> {
    let (team, trip) = find(conn, actor, team, id)?;
    Ok((load_editable(conn, actor, team.id.as_str())?, trip))
}

/// A trip as the body that would give it, with the leads that the actor sees.
pub fn as_body(conn: &mut AnyConn, actor: &Actor, trip: &Trip) -> Result<TripBody, AppError> {
    let leads = queries::leads_of(conn, actor, std::slice::from_ref(&trip.id))?;
    Ok(TripBody {
        kind: Some(trip.kind),
        from_on: Some(trip.from_on),
        to_on: trip.to_on,
        region: Some(trip.region.clone()),
        purpose: Some(trip.purpose.clone()),
        people: trip.people.clone(),
        result: trip.result.clone(),
        leads: leads.into_iter().map(|(_, _, code, _)| code).collect(),
    })
}

/// Adds a trip to a team.
///
/// # Errors
/// 422 at `leads` for one that is not there for the actor.
pub fn add(
    conn: &mut AnyConn,
    actor: &Actor,
    team: Team,
    input: TripInput,
) -> Result<(Team, Trip), AppError> {
    let leads = resolved(conn, actor, &input.leads)?;
    let trip = filled(Id::generate(), &team, input);
    queries::insert_trip(conn, &trip)?;
    queries::set_leads(conn, &trip.id, &leads)?;
    let after = Auditable::of(&trip, leads);
    let team = told(conn, actor, team, &trip, (Auditable::default(), after))?;
    Ok((team, trip))
}

/// Changes a trip. What changes nothing writes nothing. Leads that the actor does not see stay with it.
pub fn edit(
    conn: &mut AnyConn,
    actor: &Actor,
    (team, before): (Team, Trip),
    input: TripInput,
) -> Result<(Team, Trip), AppError> {
    let ids = [before.id.clone()];
    let seen: Vec<Id> = queries::leads_of(conn, actor, &ids)?.into_iter().map(|(_, lead, ..)| lead).collect();
    let all: Vec<Id> = queries::pairs_of(conn, &ids)?.into_iter().map(|(_, lead)| lead).collect();
    let mut leads = resolved(conn, actor, &input.leads)?;
    leads.extend(all.iter().filter(|lead| !seen.contains(lead)).cloned());
    let trip = filled(before.id.clone(), &team, input);
    let (was, now) = (Auditable::of(&before, all), Auditable::of(&trip, leads.clone()));
    if was == now {
        return Ok((team, before));
    }
    queries::update_trip(conn, &trip)?;
    queries::set_leads(conn, &trip.id, &leads)?;
    let team = told(conn, actor, team, &trip, (was, now))?;
    Ok((team, trip))
}

/// Removes what was entered by mistake.
pub fn remove(conn: &mut AnyConn, actor: &Actor, (team, trip): (Team, Trip)) -> Result<Team, AppError> {
    let leads =
        queries::pairs_of(conn, std::slice::from_ref(&trip.id))?.into_iter().map(|(_, lead)| lead).collect();
    let was = Auditable::of(&trip, leads);
    queries::delete_trip(conn, &trip)?;
    told(conn, actor, team, &trip, (was, Auditable::default()))
}

fn filled(id: Id, team: &Team, input: TripInput) -> Trip {
    Trip {
        id,
        team_id: team.id.clone(),
        kind: input.kind,
        from_on: input.from_on,
        to_on: input.to_on,
        region: input.region,
        purpose: input.purpose,
        people: input.people,
        result: input.result,
    }
}

/// The leads that were named, each once.
fn resolved(conn: &mut AnyConn, actor: &Actor, named: &[String]) -> Result<Vec<Id>, AppError> {
    let mut ids = Vec::new();
    for name in named {
        let code = name.split_whitespace().next().unwrap_or_default();
        let found = queries::lead_named(conn, actor, code)?;
        let found = found.ok_or_else(|| AppError::invalid("leads", "unknown-lead"))?;
        if !ids.contains(&found) {
            ids.push(found);
        }
    }
    Ok(ids)
}

/// The fields whose changes the trail tells.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Auditable {
    kind: Option<TripKind>,
    from_on: Option<NaiveDate>,
    to_on: Option<NaiveDate>,
    region: Option<String>,
    purpose: Option<String>,
    people: Option<String>,
    result: Option<String>,
    leads: Vec<Id>,
}

impl Auditable {
    fn of(trip: &Trip, mut leads: Vec<Id>) -> Self {
        leads.sort();
        let trip = trip.clone();
        Auditable {
            kind: Some(trip.kind),
            from_on: Some(trip.from_on),
            to_on: trip.to_on,
            region: Some(trip.region),
            purpose: Some(trip.purpose),
            people: trip.people,
            result: trip.result,
            leads,
        }
    }
}

/// The team's next version, and its trail: which trip, and what of it changed.
fn told(
    conn: &mut AnyConn,
    actor: &Actor,
    team: Team,
    trip: &Trip,
    (was, now): (Auditable, Auditable),
) -> Result<Team, AppError> {
    let team = next(conn, team)?;
    let differences = Differences::default().set("trip", &trip.id).merge(Differences::between(&was, &now));
    tell(conn, actor, &team.id, "team.trip", differences)?;
    Ok(team)
}
