//! Who may do what with applications for awards (design.md section 5; domain/roles.md, row "Award applications").
//! Which of them exist for an actor is decided in `queries::visible_to`; who takes which step, in `ways`.

use crate::accounts::{Actor, Role};

/// Roles that know applications at all.
pub fn reads(role: Role) -> bool {
    role.is_bureau()
        || matches!(role, Role::CountyOfficer | Role::CountyLeader | Role::FinanceReviewer | Role::Auditor)
}

/// A county leader reads how far the applications of his projects have come, and no more.
pub fn sees_status_only(role: Role) -> bool {
    role == Role::CountyLeader
}

/// Roles that see all of an application that exists for them, and so its papers.
pub fn sees_all(role: Role) -> bool {
    reads(role) && !sees_status_only(role)
}

/// Roles that take an application's archive.
pub fn archives(role: Role) -> bool {
    matches!(role, Role::BureauOfficer | Role::Auditor)
}

/// Whether the actor brings papers to an application of this county: the county that drafts, and who reviews.
pub fn may_bring_papers(actor: &Actor, county: &str) -> bool {
    match actor.role {
        Role::CountyOfficer => actor.is_of(county),
        role => role.is_bureau() || role == Role::FinanceReviewer,
    }
}

/// Roles that read what applications come to.
pub fn reads_amounts(role: Role) -> bool {
    reads(role) && !sees_status_only(role)
}

/// Roles that draft applications, for the referrer.
pub fn drafts(role: Role) -> bool {
    role == Role::CountyOfficer
}

/// Whether the actor drafts for a project of this county, and changes its applications.
pub fn may_draft_in(actor: &Actor, county: &str) -> bool {
    drafts(actor.role) && actor.is_of(county)
}

/// Roles that split the money by treasury.
pub fn funds(role: Role) -> bool {
    role == Role::FinanceReviewer
}

/// Roles that rule: the review of fair competition, what the plan leaves open, an overlap.
pub fn rules(role: Role) -> bool {
    role == Role::BureauHead
}

/// Roles that cannot be paid themselves: they prepare, review, decide or pay. A liaison is paid through his chamber, as
/// an organisation.
pub fn is_never_paid(role: Role) -> bool {
    role.is_bureau()
        || matches!(
            role,
            Role::CountyOfficer
                | Role::CountyLeader
                | Role::FinanceReviewer
                | Role::Admin
                | Role::ChamberLiaison
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(test: fn(Role) -> bool) -> Vec<Role> {
        Role::ALL.iter().copied().filter(|role| test(*role)).collect()
    }

    #[test]
    fn each_role_has_its_own_part() {
        assert_eq!(of(drafts), [Role::CountyOfficer]);
        assert_eq!(of(funds), [Role::FinanceReviewer]);
        assert_eq!(of(rules), [Role::BureauHead]);
        for role in of(drafts).into_iter().chain(of(funds)).chain(of(rules)) {
            assert!(is_never_paid(role), "{role} works on awards and is paid none");
        }
        assert!(!reads(Role::Admin) && !reads(Role::ChamberLiaison) && !reads(Role::LeadingGroup));
    }
}
