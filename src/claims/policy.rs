//! Who may do what with later claims (design.md section 5). Which of them exist for an actor is decided in
//! `queries::visible_to`.

use crate::accounts::Role;

/// Roles that read claims: those who answer, the auditor, and a liaison his own chamber's.
pub fn reads(role: Role) -> bool {
    answers(role) || matches!(role, Role::Auditor | Role::ChamberLiaison)
}

/// Roles that answer claims.
pub fn answers(role: Role) -> bool {
    role.is_bureau()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bureau_answers_and_few_others_read() {
        let of =
            |test: fn(Role) -> bool| Role::ALL.iter().copied().filter(|role| test(*role)).collect::<Vec<_>>();
        assert_eq!(of(answers), [Role::BureauHead, Role::BureauOfficer]);
        assert_eq!(of(reads), [Role::Auditor, Role::BureauHead, Role::BureauOfficer, Role::ChamberLiaison]);
    }
}
