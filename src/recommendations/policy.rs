//! Who may do what with recommendations: the counties answer for them (责任单位: 各县区人民政府); the federation, finance and
//! the leading group's office work with them (配合单位), so they read. domain/roles.md has no row of its own.

use crate::accounts::{Actor, Role};

/// Roles that read them; which of them exist for an actor is decided in `queries::visible_to`.
pub fn reads(role: Role) -> bool {
    use Role::*;
    keeps(role) || matches!(role, Auditor | ChamberLiaison | Federation | FinanceReviewer | LeadingGroup)
}

/// Roles that keep them.
pub fn keeps(role: Role) -> bool {
    role.is_bureau() || role == Role::CountyOfficer
}

/// Whether the actor may keep one of this county: the bureau any, a county or the zone its own.
pub fn may_keep(actor: &Actor, county: &str) -> bool {
    match actor.role {
        Role::CountyOfficer => actor.is_of(county),
        role => keeps(role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::samples::actor;

    #[test]
    fn a_county_keeps_its_own_and_the_co_operating_units_read() {
        let county = actor(Role::CountyOfficer, Some("450721"));
        assert!(may_keep(&county, "450721") && !may_keep(&county, "450722"));
        assert!(may_keep(&actor(Role::BureauHead, None), "450722"));
        assert!(!may_keep(&actor(Role::Federation, None), "450722"));
        let kept_out: Vec<Role> = Role::ALL.iter().copied().filter(|role| !reads(*role)).collect();
        assert_eq!(kept_out, [Role::Admin, Role::CountyLeader, Role::ApprovalsOfficer]);
    }
}
