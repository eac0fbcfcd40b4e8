//! Who may do what with referrers (design.md section 5, "Referrers and awards"; domain/roles.md, row
//! "Referrers"). Which of them exist for an actor is decided in `queries::visible_to`.

use crate::accounts::{Actor, Role};

/// How much of a referrer a role is shown (PIPL art. 6: what its work needs).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Everything that is no account, numbers masked.
    All,
    /// Name, kind and region: whom finance pays. The account stands in the payment list.
    Payee,
    /// Name and kind: whom a liaison's chamber knows.
    Known,
    /// The name: what a county leader reads.
    Name,
}

/// Roles that read the register (domain/roles.md: finance those of applications, a liaison those of his chamber). No record
/// says which referrers are the federation's own, so it reads none.
pub fn reads(role: Role) -> bool {
    use Role::*;
    keeps(role) || matches!(role, Auditor | CountyLeader | FinanceReviewer | ChamberLiaison)
}

/// What a role that reads referrers is shown of them.
pub fn view_of(role: Role) -> View {
    match role {
        Role::CountyLeader => View::Name,
        Role::FinanceReviewer => View::Payee,
        Role::ChamberLiaison => View::Known,
        _ => View::All,
    }
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
        let expected = [
            (Role::Auditor, View::All),
            (Role::BureauHead, View::All),
            (Role::BureauOfficer, View::All),
            (Role::CountyOfficer, View::All),
            (Role::CountyLeader, View::Name),
            (Role::ChamberLiaison, View::Known),
            (Role::FinanceReviewer, View::Payee),
        ];
        assert_eq!(readers.into_iter().map(|role| (role, view_of(role))).collect::<Vec<_>>(), expected);
    }
}
