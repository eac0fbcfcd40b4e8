//! Keeping the members of a team.

use super::{load, load_editable, next, tell};
use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::audit::Differences;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::teams::forms::{TeamMemberBody, TeamMemberInput};
use crate::teams::model::{Team, TeamMember};
use crate::teams::queries;
use chrono::NaiveDate;
use serde::Serialize;

/// The member of a path, of a team that exists for the actor, if he may also change it.
pub fn find_editable(
    conn: &mut AnyConn,
    actor: &Actor,
    team: &str,
    id: &str,
) -> Result<(Team, TeamMember), AppError> {
    let team = load(conn, actor, team)?;
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    let member = queries::member(conn, &team.id, &id)?.ok_or(AppError::NotFound)?;
    Ok((load_editable(conn, actor, team.id.as_str())?, member))
}

/// A member as the body that would give him: what a merge patch starts from.
pub fn as_body(member: &TeamMember) -> TeamMemberBody {
    TeamMemberBody {
        user_id: member.user_id.as_ref().map(Id::to_string),
        name: Some(member.name.clone()),
        post: member.post.clone(),
        from_on: Some(member.from_on),
        to_on: member.to_on,
    }
}

/// Adds somebody's term to a team.
///
/// # Errors
/// 422 at `user_id` for an unknown user.
pub fn add(
    conn: &mut AnyConn,
    actor: &Actor,
    team: Team,
    input: TeamMemberInput,
) -> Result<(Team, TeamMember), AppError> {
    let blank = TeamMember {
        id: Id::generate(),
        team_id: team.id.clone(),
        user_id: None,
        name: String::new(),
        post: None,
        from_on: input.from_on,
        to_on: None,
    };
    let member = filled(conn, blank, input)?;
    queries::insert_member(conn, &member)?;
    let team = told(conn, actor, team, None, Some(&member))?;
    Ok((team, member))
}

/// Changes a term; who leaves gets his last day and stays on record. What changes nothing writes nothing.
pub fn edit(
    conn: &mut AnyConn,
    actor: &Actor,
    (team, before): (Team, TeamMember),
    input: TeamMemberInput,
) -> Result<(Team, TeamMember), AppError> {
    let member = filled(conn, before.clone(), input)?;
    if member == before {
        return Ok((team, before));
    }
    queries::update_member(conn, &member)?;
    let team = told(conn, actor, team, Some(&before), Some(&member))?;
    Ok((team, member))
}

/// Removes who was entered by mistake.
pub fn remove(
    conn: &mut AnyConn,
    actor: &Actor,
    (team, member): (Team, TeamMember),
) -> Result<Team, AppError> {
    queries::delete_member(conn, &member)?;
    told(conn, actor, team, Some(&member), None)
}

fn filled(conn: &mut AnyConn, member: TeamMember, input: TeamMemberInput) -> Result<TeamMember, AppError> {
    let user = match input.user.as_deref() {
        Some(named) => {
            let id = users::id_of(conn, named)?;
            let user = match id {
                Some(id) => users::find(conn, &id)?,
                None => None,
            };
            Some(user.ok_or_else(|| AppError::invalid("user_id", "unknown-user"))?)
        }
        None => None,
    };
    let name = input.name.or_else(|| user.as_ref().map(|user| user.display_name.clone()));
    Ok(TeamMember {
        user_id: user.map(|user| user.id),
        name: name.unwrap_or_default(),
        post: input.post,
        from_on: input.from_on,
        to_on: input.to_on,
        ..member
    })
}

/// The fields whose changes the trail tells.
#[derive(Debug, Default, Serialize)]
struct Auditable {
    user: Option<Id>,
    name: Option<String>,
    post: Option<String>,
    from_on: Option<NaiveDate>,
    to_on: Option<NaiveDate>,
}

impl Auditable {
    fn of(member: &TeamMember) -> Self {
        let member = member.clone();
        Auditable {
            user: member.user_id,
            name: Some(member.name),
            post: member.post,
            from_on: Some(member.from_on),
            to_on: member.to_on,
        }
    }
}

/// The team's next version, and its trail: whose term, and what of it changed.
fn told(
    conn: &mut AnyConn,
    actor: &Actor,
    team: Team,
    before: Option<&TeamMember>,
    after: Option<&TeamMember>,
) -> Result<Team, AppError> {
    let team = next(conn, team)?;
    let of = |member: Option<&TeamMember>| member.map(Auditable::of).unwrap_or_default();
    let name = after.or(before).map(|member| member.name.clone());
    let differences =
        Differences::default().set("member", &name).merge(Differences::between(&of(before), &of(after)));
    tell(conn, actor, &team.id, "team.member", differences)?;
    Ok(team)
}
