//! Who may do what with attributions (design.md section 5; plan clause 三(四)2(5)). A lead outside one's scope does not
//! exist; the changes that exist for an actor are decided in `queries::waiting`.

use crate::accounts::{Actor, Role};
use crate::leads::model::{Lead, Status};
use crate::leads::policy as leads;

/// Roles that read how the credit for a lead is shared: who reads leads; a liaison his own chamber's part.
pub fn reads(role: Role) -> bool {
    leads::uses_leads(role)
}

/// Roles that read what waits: the bureau decides it, a county proposed it, a liaison answers for his chamber.
pub fn reads_changes(role: Role) -> bool {
    leads::edits(role) || matches!(role, Role::Auditor | Role::ChamberLiaison)
}

/// Roles that read every chamber's part.
pub fn reads_all(role: Role) -> bool {
    reads(role) && role != Role::ChamberLiaison
}

/// Whether the actor may change, or propose to change, the attribution of this lead, which he sees.
pub fn may_change(actor: &Actor, lead: &Lead) -> bool {
    leads::may_edit(actor, lead) && lead.status != Status::Merged
}

/// Roles whose change holds at once, and who decide those of others.
pub fn decides(role: Role) -> bool {
    role.is_bureau()
}

/// Roles that answer for their chamber.
pub fn answers(role: Role) -> bool {
    role == Role::ChamberLiaison
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bureau_decides_and_a_liaison_answers() {
        let of =
            |test: fn(Role) -> bool| Role::ALL.iter().copied().filter(|role| test(*role)).collect::<Vec<_>>();
        assert_eq!(of(decides), [Role::BureauHead, Role::BureauOfficer]);
        assert_eq!(of(answers), [Role::ChamberLiaison]);
        assert!(!reads_all(Role::ChamberLiaison) && reads(Role::ChamberLiaison));
        assert!(Role::ALL.iter().all(|role| !reads_changes(*role) || reads(*role)));
    }
}
