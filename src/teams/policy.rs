//! Who may do what with teams (plan clause 三(四)2(7)): the bureau answers for them (责任单位: 市投资促进局), the counties keep
//! their own (配合单位). domain/roles.md has no row of its own.

use crate::accounts::{Actor, Role};

/// Roles that read them; which of them exist for an actor is decided in `queries::visible_to`.
pub fn reads(role: Role) -> bool {
    keeps(role) || matches!(role, Role::Auditor | Role::LeadingGroup)
}

/// Roles that keep them.
pub fn keeps(role: Role) -> bool {
    role.is_bureau() || role == Role::CountyOfficer
}

/// Whether the actor may keep a team of this county: the bureau any, a county or the zone its own.
pub fn may_keep(actor: &Actor, county: Option<&str>) -> bool {
    match actor.role {
        Role::CountyOfficer => county.is_some_and(|county| actor.is_of(county)),
        role => keeps(role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::samples::actor;

    #[test]
    fn a_county_keeps_its_own_and_never_the_citys() {
        let county = actor(Role::CountyOfficer, Some("450721"));
        assert!(may_keep(&county, Some("450721")));
        assert!(!may_keep(&county, Some("450722")) && !may_keep(&county, None));
        assert!(may_keep(&actor(Role::BureauOfficer, None), None));
        assert!(!may_keep(&actor(Role::LeadingGroup, None), None));
        let readers: Vec<Role> = Role::ALL.iter().copied().filter(|role| reads(*role)).collect();
        let wanted =
            [Role::Auditor, Role::BureauHead, Role::BureauOfficer, Role::CountyOfficer, Role::LeadingGroup];
        assert_eq!(readers.len(), wanted.len());
        assert!(wanted.iter().all(|role| readers.contains(role)));
    }
}
