//! Who may do what with policy versions (domain/roles.md: quota, targets, policy versions). Two persons stand behind
//! each change: a bureau head proposes it, and another bureau head, or the leading group's office, which issues plans,
//! confirms it. The administrator sees no business data; he gives the role to whoever is missing.

use crate::accounts::{Actor, Role};
use crate::db::Id;

/// Roles that see which versions there are: those that read quotas.
pub fn reads(role: Role) -> bool {
    crate::projects::policy::reads_quota(role)
}

/// Roles that propose to load, extend or decompose a version.
pub fn keeps(role: Role) -> bool {
    role == Role::BureauHead
}

/// Roles that decide about what somebody else proposed.
pub fn decides(role: Role) -> bool {
    DECIDERS.contains(&role)
}

/// The same as a list.
pub const DECIDERS: &[Role] = &[Role::BureauHead, Role::LeadingGroup];

/// Whether this person may decide about what that one proposed: nobody confirms his own.
pub fn may_decide(actor: &Actor, proposed_by: &Id) -> bool {
    decides(actor.role) && actor.user_id != *proposed_by
}
