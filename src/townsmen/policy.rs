//! Who may do what with townsmen. domain/roles.md has no row for them: they are people, so only those read of them whose
//! work it is (PIPL art. 6), the bureau, the county they come from, the chamber that introduced them, and the auditor.

use crate::accounts::{Actor, Role};

/// Roles that read the list; which of it exists for an actor is decided in `queries::visible_to`.
pub fn reads(role: Role) -> bool {
    keeps(role) || matches!(role, Role::Auditor | Role::ChamberLiaison)
}

/// Roles that keep the list.
pub fn keeps(role: Role) -> bool {
    role.is_bureau() || role == Role::CountyOfficer
}

/// Whether the actor may keep a townsman of this home: the bureau any, a county its own.
pub fn may_keep(actor: &Actor, home: Option<&str>) -> bool {
    match actor.role {
        Role::CountyOfficer => home.is_some_and(|home| actor.is_of(home)),
        role => keeps(role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::samples::actor;

    #[test]
    fn a_county_keeps_its_own_and_few_read() {
        let county = actor(Role::CountyOfficer, Some("450721"));
        assert!(may_keep(&county, Some("450721")));
        assert!(!may_keep(&county, Some("450722")) && !may_keep(&county, None));
        assert!(may_keep(&actor(Role::BureauOfficer, None), None));
        let readers: Vec<Role> = Role::ALL.iter().copied().filter(|role| reads(*role)).collect();
        let expected =
            [Role::Auditor, Role::BureauHead, Role::BureauOfficer, Role::CountyOfficer, Role::ChamberLiaison];
        assert_eq!(readers, expected);
        assert!(!may_keep(&actor(Role::ChamberLiaison, None), Some("450721")));
    }
}
