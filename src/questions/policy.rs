//! Who may do what with questions (plan clause 三(四)2; domain/roles.md, row "Follow-ups"). Which of them exist for
//! an actor is decided in `queries::visible_to`.

use crate::accounts::{Actor, Role};
use crate::leads::model::{Lead, Status};
use crate::leads::policy as leads;

/// Roles that read questions of the leads they see: those that read follow-ups.
pub fn reads(role: Role) -> bool {
    leads::reads_follow_ups(role)
}

/// Whether the actor may ask the chamber of this lead, which he sees: who works it, where it has a chamber.
pub fn may_ask(actor: &Actor, lead: &Lead) -> bool {
    leads::may_edit(actor, lead) && lead.source_chamber_id.is_some() && lead.status != Status::Merged
}

/// Roles that answer: the chamber's liaison.
pub fn answers(role: Role) -> bool {
    role == Role::ChamberLiaison
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_liaison_answers_and_the_federation_does_not_read() {
        let of =
            |test: fn(Role) -> bool| Role::ALL.iter().copied().filter(|role| test(*role)).collect::<Vec<_>>();
        assert_eq!(of(answers), [Role::ChamberLiaison]);
        assert!(reads(Role::ChamberLiaison) && !reads(Role::Federation) && !reads(Role::Admin));
    }
}
