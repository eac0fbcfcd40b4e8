//! Who may do what with applications for awards (design.md section 5; domain/roles.md, row "Award applications").
//! Which of them exist for an actor is decided in `queries::visible_to`; who takes which step, in `ways`.

use crate::accounts::{Actor, Role};

/// How much of an application a role is shown (PIPL art. 6: what its work needs).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All that it says, and its papers.
    All,
    /// All that it says: the leading group's office reads, and neither reviews nor pays.
    Record,
    /// How far it has come and whom it pays how much: a liaison, of what his chamber brought or is paid.
    Outcome,
    /// How far it has come: a county leader, of his projects.
    Status,
}

/// Roles that know applications at all.
pub fn reads(role: Role) -> bool {
    use Role::*;
    role.is_bureau()
        || matches!(
            role,
            CountyOfficer | CountyLeader | FinanceReviewer | Auditor | ChamberLiaison | LeadingGroup
        )
}

/// What a role that knows applications is shown of them.
pub fn view_of(role: Role) -> View {
    match role {
        Role::CountyLeader => View::Status,
        Role::ChamberLiaison => View::Outcome,
        Role::LeadingGroup => View::Record,
        _ => View::All,
    }
}

/// Roles that see all of an application that exists for them, and so its papers.
pub fn sees_all(role: Role) -> bool {
    reads(role) && view_of(role) == View::All
}

/// Roles that see what an application is made of: facts, computation, history.
pub fn sees_record(role: Role) -> bool {
    reads(role) && matches!(view_of(role), View::All | View::Record)
}

/// Roles that take an application's archive: the bureau, and who audits it.
pub fn archives(role: Role) -> bool {
    role.is_bureau() || role == Role::Auditor
}

/// Whether the actor brings papers to an application of this county: the county that drafts, and who reviews.
pub fn may_bring_papers(actor: &Actor, county: &str) -> bool {
    match actor.role {
        Role::CountyOfficer => actor.is_of(county),
        role => role.is_bureau() || role == Role::FinanceReviewer,
    }
}

/// Roles that read what applications come to together, and in another reading.
pub fn reads_amounts(role: Role) -> bool {
    sees_record(role)
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
    fn who_reads_applications_stands_in_the_matrix() {
        let expected = [
            (Role::Auditor, View::All),
            (Role::BureauHead, View::All),
            (Role::BureauOfficer, View::All),
            (Role::CountyOfficer, View::All),
            (Role::CountyLeader, View::Status),
            (Role::ChamberLiaison, View::Outcome),
            (Role::FinanceReviewer, View::All),
            (Role::LeadingGroup, View::Record),
        ];
        let readers: Vec<_> = of(reads).into_iter().map(|role| (role, view_of(role))).collect();
        assert_eq!(readers, expected);
    }

    #[test]
    fn each_role_has_its_own_part() {
        assert_eq!(of(drafts), [Role::CountyOfficer]);
        assert_eq!(of(funds), [Role::FinanceReviewer]);
        assert_eq!(of(rules), [Role::BureauHead]);
        for role in of(drafts).into_iter().chain(of(funds)).chain(of(rules)) {
            assert!(is_never_paid(role), "{role} works on awards and is paid none");
        }
        assert_eq!(of(archives), [Role::Auditor, Role::BureauHead, Role::BureauOfficer]);
    }
}
