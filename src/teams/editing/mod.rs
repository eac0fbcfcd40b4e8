//! Keeping teams: every change is its row by its version and an entry of the trail; members and trips with the team's.

pub mod members;
pub mod trips;

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::teams::forms::{TeamBody, TeamInput};
use crate::teams::model::{Team, TeamKind};
use crate::teams::{policy, queries};
use serde::Serialize;

/// The team of a path, if it exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Team, AppError> {
    queries::find_visible(conn, actor, id_or_code)?.ok_or(AppError::NotFound)
}

/// The team of a path, which the actor may also change.
pub fn load_editable(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Team, AppError> {
    let team = load(conn, actor, id_or_code)?;
    if policy::may_keep(actor, team.county.as_deref()) { Ok(team) } else { Err(AppError::Forbidden("role")) }
}

/// A team as the body that would give it: what a merge patch starts from.
pub fn as_body(team: &Team) -> TeamBody {
    let team = team.clone();
    TeamBody {
        name: Some(team.name),
        kind: Some(team.kind),
        county: team.county,
        leader: team.leader_name,
        note: team.note,
    }
}

/// Adds a team.
///
/// # Errors
/// 403 at `county` when a county names another, or none.
pub fn register(conn: &mut AnyConn, actor: &Actor, input: TeamInput) -> Result<Team, AppError> {
    let now = clock::now();
    let blank = Team {
        id: Id::generate(),
        code: queries::next_code(conn)?,
        name: String::new(),
        kind: input.kind,
        county: None,
        leader_id: None,
        leader_name: None,
        note: None,
        version: 1,
        created_by: Some(actor.user_id.clone()),
        created_at: now,
        updated_at: now,
    };
    let team = filled(conn, actor, blank, input)?;
    queries::insert(conn, &team)?;
    tell(conn, actor, &team.id, "team.create", Differences::of_new(&Auditable::of(&team)))?;
    Ok(team)
}

/// Changes a team that the actor may keep. What changes nothing writes nothing.
pub fn edit(conn: &mut AnyConn, actor: &Actor, before: Team, input: TeamInput) -> Result<Team, AppError> {
    let team = filled(conn, actor, before.clone(), input)?;
    if team == before {
        return Ok(before);
    }
    let differences = Differences::between(&Auditable::of(&before), &Auditable::of(&team));
    let team = next(conn, team)?;
    tell(conn, actor, &team.id, "team.update", differences)?;
    Ok(team)
}

/// Deletes a team that made no trip yet, its members with it.
///
/// # Errors
/// 409 `team-has-trips`.
pub fn delete(conn: &mut AnyConn, actor: &Actor, team: &Team) -> Result<(), AppError> {
    if !queries::trips_of(conn, &team.id)?.is_empty() {
        return Err(AppError::Conflict("team-has-trips"));
    }
    if !queries::delete(conn, team)? {
        return Err(AppError::Stale { current: team.version + 1 });
    }
    let differences = Differences::between(&Auditable::of(team), &Auditable::default());
    tell(conn, actor, &team.id, "team.delete", differences)
}

/// The team with its next version.
fn next(conn: &mut AnyConn, team: Team) -> Result<Team, AppError> {
    let current = team.version + 1;
    queries::update(conn, team, clock::now())?.ok_or(AppError::Stale { current })
}

/// The team with what was entered; a leader who is a user is known by his username.
fn filled(conn: &mut AnyConn, actor: &Actor, team: Team, input: TeamInput) -> Result<Team, AppError> {
    if !policy::may_keep(actor, input.county.as_deref()) {
        return Err(AppError::ForbiddenFields(FieldErrors::one("county", "other-region")));
    }
    let (leader_id, leader_name) = match input.leader {
        // As it was: a name that was a user's stays one.
        Some(name) if team.leader_name.as_ref() == Some(&name) => (team.leader_id.clone(), Some(name)),
        Some(name) => match users::find_by_username(conn, &name)?.filter(|user| user.active) {
            Some(user) => (Some(user.id), Some(user.display_name)),
            None => (None, Some(name)),
        },
        None => (None, None),
    };
    Ok(Team {
        name: input.name,
        kind: input.kind,
        county: input.county,
        leader_id,
        leader_name,
        note: input.note,
        ..team
    })
}

/// The fields whose changes the trail tells.
#[derive(Debug, Default, Serialize)]
struct Auditable {
    code: Option<String>,
    name: Option<String>,
    kind: Option<TeamKind>,
    county: Option<String>,
    leader: Option<String>,
    note: Option<String>,
}

impl Auditable {
    fn of(team: &Team) -> Self {
        let team = team.clone();
        Auditable {
            code: Some(team.code),
            name: Some(team.name),
            kind: Some(team.kind),
            county: team.county,
            leader: team.leader_name,
            note: team.note,
        }
    }
}

fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &Id,
    action: &'static str,
    differences: Differences,
) -> Result<(), AppError> {
    let act = Act { action, subject_kind: "team", subject_id: id.as_str(), differences, reason: None };
    Ok(audit::record(conn, actor, act)?)
}
