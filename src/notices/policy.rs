//! Who may do what with notices. domain/roles.md has no row of its own: the bureau writes them, the liaisons whom they
//! are for read them, and who works with or oversees the bureau reads what it told them.

use crate::accounts::Role;

/// Roles that read notices; a liaison those that go to his chamber.
pub fn reads(role: Role) -> bool {
    use Role::*;
    keeps(role) || matches!(role, Auditor | ChamberLiaison | CountyOfficer | Federation | LeadingGroup)
}

/// Roles that write and retract them.
pub fn keeps(role: Role) -> bool {
    role.is_bureau()
}

/// Roles that say that they read one: whom they are for.
pub fn marks(role: Role) -> bool {
    role == Role::ChamberLiaison
}

/// Roles that see which chambers have read one.
pub fn sees_readings(role: Role) -> bool {
    keeps(role) || role == Role::Auditor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_bureau_writes_and_only_whom_they_are_for_say_that_they_read() {
        let of =
            |may: fn(Role) -> bool| Role::ALL.iter().copied().filter(|role| may(*role)).collect::<Vec<_>>();
        assert_eq!(of(keeps), [Role::BureauHead, Role::BureauOfficer]);
        assert_eq!(of(marks), [Role::ChamberLiaison]);
        assert!(Role::ALL.iter().all(|role| !sees_readings(*role) || reads(*role)));
        let kept_out = of(|role| !reads(role));
        assert_eq!(
            kept_out,
            [Role::Admin, Role::CountyLeader, Role::FinanceReviewer, Role::ApprovalsOfficer]
        );
    }
}
