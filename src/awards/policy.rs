//! Who may do what with awards (design.md section 5, domain/roles.md, row "Award applications").

use crate::accounts::Role;

/// Roles that have awards computed: those that prepare, review and decide applications, and the auditor, who goes
/// over what they came to. A computation reads no record and writes none.
pub fn computes(role: Role) -> bool {
    role.is_bureau() || matches!(role, Role::CountyOfficer | Role::FinanceReviewer | Role::Auditor)
}
