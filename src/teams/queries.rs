//! All SQL of teams. Reads for an actor begin at `visible_to`: outside it a team does not exist.

use crate::accounts::{Actor, Role};
use crate::db::dialect::{contains_pattern, lower};
use crate::db::page::{Cursor, Order};
use crate::db::{AnyConn, Id, MultiBackend, series};
use crate::execute;
use crate::leads;
use crate::schema::{leads as lead_rows, team_members, team_trip_leads, team_trips, teams};
use crate::teams::model::{Team, TeamKind, TeamMember, Trip};
use crate::teams::policy;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use std::collections::HashMap;

/// The latest first: ids are in the order of time.
pub const ORDER: Order = Order::descending("id");

/// What a list shows.
#[derive(Debug, Clone, Default)]
pub struct TeamFilter {
    pub kind: Option<TeamKind>,
    pub counties: Vec<String>,
    /// Part of the name.
    pub q: Option<String>,
}

/// The teams that exist for the actor: a county's own.
pub fn visible_to(actor: &Actor) -> teams::BoxedQuery<'static, MultiBackend> {
    let rows = teams::table.into_boxed::<MultiBackend>();
    match (actor.role, &actor.region) {
        (Role::CountyOfficer, Some(own)) => rows.filter(teams::county.eq(Some(own.clone()))),
        (role, _) if role != Role::CountyOfficer && policy::reads(role) => rows,
        _ => rows.filter(teams::id.eq("")),
    }
}

fn filtered(actor: &Actor, filter: &TeamFilter) -> teams::BoxedQuery<'static, MultiBackend> {
    let mut query = visible_to(actor);
    if let Some(kind) = filter.kind {
        query = query.filter(teams::kind.eq(kind));
    }
    if !filter.counties.is_empty() {
        let counties: Vec<Option<String>> = filter.counties.iter().cloned().map(Some).collect();
        query = query.filter(teams::county.eq_any(counties));
    }
    if let Some(text) = &filter.q {
        query = query.filter(lower(teams::name).like(contains_pattern(text)).escape('\\'));
    }
    query
}

/// Teams in `order`, by id; one row more than `limit`.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &TeamFilter,
    order: Order,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Vec<Team>> {
    let mut query = filtered(actor, filter);
    if let Some(cursor) = after {
        let id = cursor.id.clone();
        query = match order.descending {
            true => query.filter(teams::id.lt(id)),
            false => query.filter(teams::id.gt(id)),
        };
    }
    let query = match order.descending {
        true => query.order(teams::id.desc()),
        false => query.order(teams::id.asc()),
    };
    query.limit(limit + 1).select(Team::as_select()).load(conn)
}

/// How many the filter finds.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &TeamFilter) -> QueryResult<i64> {
    filtered(actor, filter).count().get_result(conn)
}

/// By id or code, if it exists for the actor.
pub fn find_visible(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> QueryResult<Option<Team>> {
    visible_to(actor)
        .filter(teams::id.eq(id_or_code.to_owned()).or(teams::code.eq(id_or_code.to_owned())))
        .select(Team::as_select())
        .first(conn)
        .optional()
}

pub fn insert(conn: &mut AnyConn, team: &Team) -> QueryResult<()> {
    diesel::insert_into(teams::table).values(team.clone()).execute(conn).map(drop)
}

/// Writes it over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(conn: &mut AnyConn, mut changed: Team, now: NaiveDateTime) -> QueryResult<Option<Team>> {
    let read = changed.version;
    changed.version = read + 1;
    changed.updated_at = now;
    let row = teams::table.find(changed.id.clone()).filter(teams::version.eq(read));
    Ok((diesel::update(row).set(changed.clone()).execute(conn)? == 1).then_some(changed))
}

/// Removes the team with its members if nobody changed it since; `false` when somebody did.
pub fn delete(conn: &mut AnyConn, team: &Team) -> QueryResult<bool> {
    diesel::delete(team_members::table.filter(team_members::team_id.eq(&team.id))).execute(conn)?;
    let row = teams::table.find(&team.id).filter(teams::version.eq(team.version));
    Ok(diesel::delete(row).execute(conn)? == 1)
}

/// The next code, such as `DW-0007`.
pub fn next_code(conn: &mut AnyConn) -> QueryResult<String> {
    Ok(format!("DW-{:04}", series::next(conn, "team")?))
}

/// The members of these teams, those who left too, in the order in which they were added.
pub fn members_of(conn: &mut AnyConn, teams: &[Id]) -> QueryResult<Vec<TeamMember>> {
    team_members::table
        .filter(team_members::team_id.eq_any(teams.to_vec()))
        .order(team_members::id.asc())
        .select(TeamMember::as_select())
        .load(conn)
}

/// A member of this team.
pub fn member(conn: &mut AnyConn, team: &Id, id: &Id) -> QueryResult<Option<TeamMember>> {
    team_members::table
        .find(id)
        .filter(team_members::team_id.eq(team))
        .select(TeamMember::as_select())
        .first(conn)
        .optional()
}

pub fn insert_member(conn: &mut AnyConn, member: &TeamMember) -> QueryResult<()> {
    diesel::insert_into(team_members::table).values(member.clone()).execute(conn).map(drop)
}

/// Callers hold the team's version, so that nobody's change is lost.
pub fn update_member(conn: &mut AnyConn, member: &TeamMember) -> QueryResult<()> {
    diesel::update(team_members::table.find(&member.id)).set(member.clone()).execute(conn).map(drop)
}

pub fn delete_member(conn: &mut AnyConn, member: &TeamMember) -> QueryResult<()> {
    diesel::delete(team_members::table.find(&member.id)).execute(conn).map(drop)
}

/// Of each of these teams how many trips it made, and the day on which the last began.
pub fn trips_counted(conn: &mut AnyConn, teams: &[Id]) -> QueryResult<HashMap<Id, (i64, Option<NaiveDate>)>> {
    let counted: Vec<(Id, i64, Option<NaiveDate>)> = team_trips::table
        .filter(team_trips::team_id.eq_any(teams.to_vec()))
        .group_by(team_trips::team_id)
        .select((team_trips::team_id, count_star(), max(team_trips::from_on)))
        .load(conn)?;
    Ok(counted.into_iter().map(|(team, count, last)| (team, (count, last))).collect())
}

/// The trips of a team, the latest first.
pub fn trips_of(conn: &mut AnyConn, team: &Id) -> QueryResult<Vec<Trip>> {
    team_trips::table
        .filter(team_trips::team_id.eq(team))
        .order((team_trips::from_on.desc(), team_trips::id.desc()))
        .select(Trip::as_select())
        .load(conn)
}

/// A trip of this team.
pub fn trip(conn: &mut AnyConn, team: &Id, id: &Id) -> QueryResult<Option<Trip>> {
    team_trips::table
        .find(id)
        .filter(team_trips::team_id.eq(team))
        .select(Trip::as_select())
        .first(conn)
        .optional()
}

pub fn insert_trip(conn: &mut AnyConn, trip: &Trip) -> QueryResult<()> {
    diesel::insert_into(team_trips::table).values(trip.clone()).execute(conn).map(drop)
}

/// Callers hold the team's version, so that nobody's change is lost.
pub fn update_trip(conn: &mut AnyConn, trip: &Trip) -> QueryResult<()> {
    diesel::update(team_trips::table.find(&trip.id)).set(trip.clone()).execute(conn).map(drop)
}

pub fn delete_trip(conn: &mut AnyConn, trip: &Trip) -> QueryResult<()> {
    diesel::delete(team_trip_leads::table.filter(team_trip_leads::trip_id.eq(&trip.id))).execute(conn)?;
    diesel::delete(team_trips::table.find(&trip.id)).execute(conn).map(drop)
}

/// A lead that came of a trip: trip, id, code, title.
pub type TripLead = (Id, Id, String, String);

/// The leads that came of these trips, of those that exist for the actor, by code.
pub fn leads_of(conn: &mut AnyConn, actor: &Actor, trips: &[Id]) -> QueryResult<Vec<TripLead>> {
    let pairs = pairs_of(conn, trips)?;
    let ids: Vec<Id> = pairs.iter().map(|(_, lead)| lead.clone()).collect();
    let visible: Vec<(Id, String, String)> = leads::queries::visible_to(actor)
        .filter(lead_rows::id.eq_any(ids))
        .order(lead_rows::code.asc())
        .select((lead_rows::id, lead_rows::code, lead_rows::title))
        .load(conn)?;
    let mut found = Vec::new();
    for (id, code, title) in visible {
        for (trip, _) in pairs.iter().filter(|(_, lead)| *lead == id) {
            found.push((trip.clone(), id.clone(), code.clone(), title.clone()));
        }
    }
    Ok(found)
}

/// (trip, lead), also of leads that some reader does not see.
pub fn pairs_of(conn: &mut AnyConn, trips: &[Id]) -> QueryResult<Vec<(Id, Id)>> {
    team_trip_leads::table
        .filter(team_trip_leads::trip_id.eq_any(trips.to_vec()))
        .select((team_trip_leads::trip_id, team_trip_leads::lead_id))
        .load(conn)
}

/// A lead that exists for the actor, by id or code.
pub fn lead_named(conn: &mut AnyConn, actor: &Actor, named: &str) -> QueryResult<Option<Id>> {
    leads::queries::visible_to(actor)
        .filter(lead_rows::id.eq(named.to_owned()).or(lead_rows::code.eq(named.to_owned())))
        .select(lead_rows::id)
        .first(conn)
        .optional()
}

/// Puts these leads in the place of those that came of the trip before.
pub fn set_leads(conn: &mut AnyConn, trip: &Id, leads: &[Id]) -> QueryResult<()> {
    diesel::delete(team_trip_leads::table.filter(team_trip_leads::trip_id.eq(trip))).execute(conn)?;
    for lead in leads {
        let row = (team_trip_leads::trip_id.eq(trip), team_trip_leads::lead_id.eq(lead));
        execute!(conn, diesel::insert_into(team_trip_leads::table).values(row))?;
    }
    Ok(())
}
