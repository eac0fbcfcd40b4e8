//! Whom a project is given to: its county leader (包联领导) and its officer, by name, and the history of leaders.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::projects::forms::ProjectInput;
use crate::projects::model::{LeaderChange, Project};

/// A county's project is led by that county's leader, an enclave's also by the leader of the county that it is for. One who
/// leads it already stays while neither of them changes.
pub(super) fn check_leader(
    conn: &mut AnyConn,
    before: &Project,
    input: &ProjectInput,
    leader: Option<&Id>,
    errors: &mut FieldErrors,
) -> Result<(), AppError> {
    let stays = leader == before.leader_id.as_ref()
        && (&input.county, &input.enclave_county) == (&before.county, &before.enclave_county);
    let Some(leader) = leader.filter(|_| !stays) else { return Ok(()) };
    let home = users::find(conn, leader)?.and_then(|user| user.region);
    if home.as_ref() != Some(&input.county) && (home.is_none() || home != input.enclave_county) {
        errors.add("leader", "user-of-other-county");
    }
    Ok(())
}

/// A named user of the right role; whoever has it now may stay, even if his account is disabled by now.
pub(super) fn person(
    conn: &mut AnyConn,
    field: &'static str,
    name: Option<&str>,
    now: Option<&Id>,
    errors: &mut FieldErrors,
    fits: impl Fn(&crate::accounts::User) -> bool,
) -> Result<Option<Id>, AppError> {
    let Some(name) = name else { return Ok(None) };
    let found = match name.parse::<Id>() {
        Ok(id) => users::find(conn, &id)?,
        Err(_) => users::find_by_username(conn, name)?,
    };
    match found {
        Some(user) if Some(&user.id) == now => Ok(Some(user.id)),
        Some(user) if user.active && fits(&user) => Ok(Some(user.id)),
        Some(user) if user.active => {
            errors.add(field, if field == "leader" { "not-a-leader" } else { "not-an-officer" });
            Ok(None)
        }
        _ => {
            errors.add(field, "unknown-user");
            Ok(None)
        }
    }
}

pub(super) fn leader_change(
    actor: &Actor,
    project: &Project,
    from: Option<Id>,
    reason: Option<String>,
) -> LeaderChange {
    LeaderChange {
        id: Id::generate(),
        project_id: project.id.clone(),
        from_leader_id: from,
        to_leader_id: project.leader_id.clone(),
        reason,
        by_user: actor.user_id.clone(),
        at: clock::now(),
    }
}
