//! Who may see and keep users and the trail (design.md section 5). 三员分立: the administrator grants, the
//! auditor sees every grant.

use crate::accounts::Role;

/// What of the trail an administrator sees: no business data.
pub const TECHNICAL_SUBJECTS: &[&str] = &["user", "session", "token", "settings", "search"];

/// Roles that keep users: add, change, disable, reset passwords.
pub fn keeps_users(role: Role) -> bool {
    role == Role::Admin
}

/// Roles that see who is a user here and in which role.
pub fn reads_users(role: Role) -> bool {
    matches!(role, Role::Admin | Role::Auditor)
}

/// Roles that read the trail: the auditor all of it, the administrator its technical part.
pub fn reads_trail(role: Role) -> bool {
    matches!(role, Role::Auditor | Role::Admin)
}

/// The subjects that the trail shows to a role; `None` is all of them.
pub fn trail_subjects(role: Role) -> Option<&'static [&'static str]> {
    (role != Role::Auditor).then_some(TECHNICAL_SUBJECTS)
}
