//! Teams of the demonstration, with their members and trips.

use super::people::People;
use super::sources::ById;
use super::{rows, shifted};
use crate::app::Ground;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::teams::editing::{self, members, trips};
use crate::teams::forms::{TeamBody, TeamInput, TeamMemberBody, TeamMemberInput, TripBody, TripInput};
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Deserialize)]
struct TeamRow {
    id: String,
    name: String,
    kind: String,
    county: String,
    leader: String,
    note: String,
}

#[derive(Deserialize)]
struct MemberRow {
    team: String,
    user: String,
    name: String,
    post: String,
    from_on: String,
    to_on: String,
}

#[derive(Deserialize)]
struct TripRow {
    team: String,
    kind: String,
    from_on: String,
    to_on: String,
    region: String,
    purpose: String,
    people: String,
    result: String,
    /// By the files' own ids, apart by spaces.
    leads: String,
}

pub(super) fn add(
    conn: &mut AnyConn,
    ground: &Ground,
    people: &People,
    leads: &ById,
    today: NaiveDate,
) -> Result<(), AppError> {
    let officer = &people.officer;
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    // What was written as past stays past.
    let past = |text: &str| shifted(text, today).map(|day| day.min(today));
    let mut ids = ById::new();
    for row in rows::<TeamRow>("teams.csv")? {
        let body = TeamBody {
            name: Some(row.name),
            kind: row.kind.parse().ok(),
            county: some(row.county),
            leader: some(row.leader),
            note: some(row.note),
        };
        let input = TeamInput::check(body, &ground.reference, FieldErrors::default())?;
        ids.insert(row.id, editing::register(conn, officer, input)?.id);
    }
    for row in rows::<MemberRow>("team_members.csv")? {
        let Some(id) = ids.get(&row.team) else { continue };
        let team = editing::load(conn, officer, id.as_str())?;
        let body = TeamMemberBody {
            user_id: some(row.user),
            name: some(row.name),
            post: some(row.post),
            from_on: past(&row.from_on),
            to_on: past(&row.to_on),
        };
        members::add(conn, officer, team, TeamMemberInput::check(body, FieldErrors::default())?)?;
    }
    for row in rows::<TripRow>("team_trips.csv")? {
        let Some(id) = ids.get(&row.team) else { continue };
        let team = editing::load(conn, officer, id.as_str())?;
        let named = row.leads.split_whitespace().filter_map(|id| leads.get(id)).map(Id::to_string);
        let body = TripBody {
            kind: row.kind.parse().ok(),
            from_on: past(&row.from_on),
            to_on: past(&row.to_on),
            region: Some(row.region),
            purpose: Some(row.purpose),
            people: some(row.people),
            result: some(row.result),
            leads: named.collect(),
        };
        let input = TripInput::check(body, &ground.reference, FieldErrors::default())?;
        trips::add(conn, officer, team, input)?;
    }
    Ok(())
}
