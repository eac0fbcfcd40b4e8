//! Who may do what with a lead (design.md section 5, domain/roles.md). What an actor may not see is not
//! decided here but in `queries::visible_to`: it does not exist for him.

use crate::accounts::{Actor, Role};
use crate::leads::model::Lead;

/// Roles whose pages know leads at all; for the others leads are a resource they never use.
pub fn uses_leads(role: Role) -> bool {
    use Role::*;
    match role {
        Auditor | BureauHead | BureauOfficer | CountyOfficer | CountyLeader | ChamberLiaison | Federation
        | LeadingGroup => true,
        Admin | FinanceReviewer | ApprovalsOfficer => false,
    }
}

/// Roles that register leads.
pub fn creates(role: Role) -> bool {
    use Role::*;
    matches!(role, BureauHead | BureauOfficer | CountyOfficer | ChamberLiaison)
}

/// Roles that work leads: edit, move, close, assign, import.
pub fn edits(role: Role) -> bool {
    matches!(role, Role::BureauHead | Role::BureauOfficer | Role::CountyOfficer)
}

/// Roles that may export their scope: masked, with a reason, logged.
pub fn exports(role: Role) -> bool {
    edits(role)
}

/// Roles that record follow-ups.
pub fn follows_up(role: Role) -> bool {
    edits(role) || matches!(role, Role::CountyLeader | Role::ChamberLiaison)
}

/// Roles that read follow-ups of the leads they see: not the federation (domain/roles.md, row "Follow-ups").
pub fn reads_follow_ups(role: Role) -> bool {
    uses_leads(role) && role != Role::Federation
}

/// Roles that delete and restore.
pub fn deletes(role: Role) -> bool {
    role.is_bureau()
}

/// Roles that may set where a lead starts, the day it was registered, its priority and when it is followed up.
pub fn sets_start(role: Role) -> bool {
    edits(role)
}

/// Whether the actor may register a lead for this county.
pub fn may_create_in(actor: &Actor, county: &str) -> bool {
    match actor.role {
        Role::CountyOfficer => actor.is_of(county),
        role => creates(role),
    }
}

/// Whether the actor may change this lead, which he sees. A county that handed a lead on only reads it.
pub fn may_edit(actor: &Actor, lead: &Lead) -> bool {
    match actor.role {
        Role::CountyOfficer => actor.is_of(&lead.county),
        role => edits(role),
    }
}

/// Whether the actor may record a follow-up of this lead, which he sees.
pub fn may_follow_up(actor: &Actor, lead: &Lead) -> bool {
    match actor.role {
        Role::CountyLeader => lead.leader_id.as_ref() == Some(&actor.user_id),
        Role::ChamberLiaison => true,
        _ => may_edit(actor, lead),
    }
}

/// Whether the actor may have the contact's phone shown in full, with a reason that is logged.
///
/// A bureau officer for the leads that are his: assigned to him or registered by him. A county leader for
/// those that he leads.
pub fn may_reveal(actor: &Actor, lead: &Lead) -> bool {
    match actor.role {
        Role::BureauHead => true,
        Role::BureauOfficer | Role::ChamberLiaison => {
            lead.officer_id.as_ref() == Some(&actor.user_id) || lead.created_by == actor.user_id
        }
        Role::CountyOfficer => actor.is_of(&lead.county),
        Role::CountyLeader => lead.leader_id.as_ref() == Some(&actor.user_id),
        _ => false,
    }
}

/// How much of a lead's fields a role's pages show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    Full,
    /// Federation: no contact.
    WithoutContact,
    /// Liaison: code, title, investor, source, stage, status, promised date, own follow-ups.
    Own,
}

pub fn view_of(role: Role) -> View {
    match role {
        Role::ChamberLiaison => View::Own,
        Role::Federation => View::WithoutContact,
        _ => View::Full,
    }
}
