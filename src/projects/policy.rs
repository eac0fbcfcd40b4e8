//! Who may do what with a project (design.md section 5, domain/roles.md). What an actor may not see is decided in
//! `queries::visible_to`: it does not exist for him.

use crate::accounts::{Actor, Role};
use crate::milestones::model::MilestoneKind;
use crate::milestones::rules::is_approval;
use crate::projects::model::Project;

/// Roles whose pages know projects at all.
pub fn reads(role: Role) -> bool {
    role != Role::Admin
}

/// Roles that keep projects: enter, edit, contract, pool entry and withdrawal.
pub fn edits(role: Role) -> bool {
    matches!(role, Role::BureauHead | Role::BureauOfficer | Role::CountyOfficer)
}

/// Roles that take projects out as a file: those that keep them, and the leading group's office (domain/roles.md).
pub fn exports(role: Role) -> bool {
    edits(role) || role == Role::LeadingGroup
}

/// Roles that verify milestones.
pub fn verifies(role: Role) -> bool {
    role == Role::BureauHead
}

/// Roles that read quotas and their comparison; roles.md: all but the administrator and the approvals office.
pub fn reads_quota(role: Role) -> bool {
    !matches!(role, Role::Admin | Role::ApprovalsOfficer | Role::ChamberLiaison)
}

/// Roles that see what is about to happen (四临): those whose pages show dates and leaders.
pub fn reads_about_to(role: Role) -> bool {
    reads(role) && view_of(role) == View::Full
}

/// Whether the actor may enter a project for this county.
pub fn may_create_in(actor: &Actor, county: &str) -> bool {
    match actor.role {
        Role::CountyOfficer => actor.is_of(county),
        role => edits(role),
    }
}

/// Whether the actor may change this project, which he sees.
pub fn may_edit(actor: &Actor, project: &Project) -> bool {
    may_create_in(actor, &project.county)
}

/// Whether the actor may enter this milestone of a project that he sees.
pub fn may_enter(actor: &Actor, project: &Project, kind: MilestoneKind) -> bool {
    match actor.role {
        Role::ApprovalsOfficer => is_approval(kind),
        _ => may_edit(actor, project),
    }
}

/// How much of a project a role's pages show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    Full,
    /// Liaison and federation: name and stage.
    NameAndStage,
}

pub fn view_of(role: Role) -> View {
    match role {
        Role::ChamberLiaison | Role::Federation => View::NameAndStage,
        _ => View::Full,
    }
}
