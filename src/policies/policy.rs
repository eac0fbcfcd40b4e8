//! Who may do what with policy versions (domain/roles.md: quota, targets, policy versions).

use crate::accounts::Role;

/// Roles that see which versions there are: those that read quotas.
pub fn reads(role: Role) -> bool {
    crate::projects::policy::reads_quota(role)
}

/// Roles that load and extend versions.
pub fn keeps(role: Role) -> bool {
    role == Role::BureauHead
}
