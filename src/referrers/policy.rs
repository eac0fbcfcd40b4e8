//! Who may do what with referrers (design.md section 5, "Referrers and awards"; domain/roles.md, row
//! "Referrers"). Which of them exist for an actor is decided in `queries::visible_to`.

use crate::accounts::{Actor, Role};

/// Roles that read the register. Finance joins them with applications for awards; a liaison's own
/// referrers with the chambers' filings.
pub fn reads(role: Role) -> bool {
    keeps(role) || matches!(role, Role::Auditor | Role::CountyLeader)
}

/// Roles that keep the register.
pub fn keeps(role: Role) -> bool {
    role.is_bureau() || role == Role::CountyOfficer
}

/// Roles that enter bank accounts, and may have one shown that they keep (domain/roles.md, row "Bank accounts": the county
/// enters, finance reads, the bureau neither).
pub fn enters_accounts(role: Role) -> bool {
    role == Role::CountyOfficer
}

/// Roles that are shown the bank, and the account masked.
pub fn reads_accounts(role: Role) -> bool {
    enters_accounts(role) || role == Role::Auditor
}

/// A county leader reads names only (domain/roles.md): neither contacts nor what else is kept of a person.
pub fn sees_names_only(role: Role) -> bool {
    role == Role::CountyLeader
}

/// Whether the actor may keep a referrer of this region: the bureau any, a county or the zone its own and
/// those of no region.
pub fn may_keep(actor: &Actor, region: Option<&str>) -> bool {
    match actor.role {
        Role::CountyOfficer => region.is_none_or(|region| actor.is_of(region)),
        role => keeps(role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::samples::actor;

    #[test]
    fn a_county_keeps_its_own_referrers_and_those_of_no_region() {
        for home in ["450721", "QZ-FTZ"] {
            let officer = actor(Role::CountyOfficer, Some(home));
            assert!(may_keep(&officer, None));
            assert!(may_keep(&officer, Some(home)));
            assert!(!may_keep(&officer, Some("450722")));
        }
        assert!(may_keep(&actor(Role::BureauHead, None), Some("450722")));
        for role in [Role::Auditor, Role::CountyLeader, Role::Federation, Role::Admin] {
            assert!(!may_keep(&actor(role, Some("450721")), Some("450721")), "{role}");
        }
    }

    #[test]
    fn who_reads_referrers_stands_in_the_table() {
        let readers: Vec<Role> = Role::ALL.iter().copied().filter(|role| reads(*role)).collect();
        let expected =
            [Role::Auditor, Role::BureauHead, Role::BureauOfficer, Role::CountyOfficer, Role::CountyLeader];
        assert_eq!(readers, expected);
    }
}
