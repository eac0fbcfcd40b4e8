//! Phases of a project (二期): a later one names the first, and counts only with a filing code of its own.

use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::projects::model::Project;
use crate::projects::queries;

/// The first phase that is named, by id or code; one that nobody touched stays, whoever sees it.
pub(super) fn first_phase(
    conn: &mut AnyConn,
    actor: &Actor,
    before: &Project,
    named: Option<&str>,
    errors: &mut FieldErrors,
) -> Result<Option<Id>, AppError> {
    let Some(named) = named else { return Ok(None) };
    if before.phase_of.as_ref().is_some_and(|id| id.as_str() == named) {
        return Ok(before.phase_of.clone());
    }
    let Some(first) = queries::find_named(conn, actor, named)? else {
        errors.add("phase_of", "unknown-project");
        return Ok(None);
    };
    // A phase of a phase would hide which project it is that counts.
    if first.id == before.id || first.phase_of.is_some() {
        errors.add("phase_of", "not-a-first-phase");
    }
    Ok(Some(first.id))
}
