//! Who may do what with chambers (domain/roles.md, row "Chambers/evidence"). Which of them exist for an actor
//! is decided in `queries::visible_to`.

use crate::accounts::{Actor, Role};
use crate::chambers::Chamber;
use crate::chambers::entries::ChamberEntryKind;
use crate::reference::{Reference, RegionKind};

/// Roles that read the register; a liaison his own chamber in it.
pub fn reads(role: Role) -> bool {
    use Role::*;
    match role {
        Auditor | BureauHead | BureauOfficer | CountyOfficer | CountyLeader | ChamberLiaison | Federation
        | LeadingGroup => true,
        Admin | FinanceReviewer | ApprovalsOfficer => false,
    }
}

/// Roles that keep the register.
pub fn keeps(role: Role) -> bool {
    role.is_bureau() || role == Role::CountyOfficer
}

/// Roles that export the register, masked, with a reason, logged: who keeps it, and the federation, which confirms what
/// stands in it (domain/roles.md, row "Chambers/evidence").
pub fn exports(role: Role) -> bool {
    keeps(role) || role == Role::Federation
}

/// Whether the actor may keep a chamber of this region: the bureau any, a county its own and those of no
/// region; the zone only reads (domain/roles.md, 片区管委).
pub fn may_keep(actor: &Actor, reference: &Reference, region: Option<&str>) -> bool {
    match actor.role {
        Role::CountyOfficer => {
            !is_of_zone(actor, reference) && region.is_none_or(|region| actor.is_of(region))
        }
        role => keeps(role),
    }
}

/// Whether the actor may keep what is entered of this kind: whoever keeps the chamber; its own liaison keeps its
/// officers and members, whom he knows first. Agreements, recognitions and service points are the bureau's word.
pub fn may_keep_entry(
    actor: &Actor,
    reference: &Reference,
    chamber: &Chamber,
    kind: ChamberEntryKind,
) -> bool {
    let is_his = matches!(kind, ChamberEntryKind::Officer | ChamberEntryKind::Member);
    match actor.role {
        Role::ChamberLiaison => is_his && actor.chamber_id.as_ref() == Some(&chamber.id),
        _ => may_keep(actor, reference, chamber.region.as_deref()),
    }
}

/// Roles that see chambers side by side: a liaison sees nothing of anybody else.
pub fn compares(role: Role) -> bool {
    reads(role) && role != Role::ChamberLiaison
}

/// Roles that confirm evidence: the federation (domain/process.md 4.3).
pub fn confirms_evidence(role: Role) -> bool {
    role == Role::Federation
}

/// Roles that give figures of evidence their weights: the bureau's head.
pub fn weighs_evidence(role: Role) -> bool {
    role == Role::BureauHead
}

/// Whether there is any chamber that the actor may add.
pub fn may_add(actor: &Actor, reference: &Reference) -> bool {
    may_keep(actor, reference, None)
}

fn is_of_zone(actor: &Actor, reference: &Reference) -> bool {
    let region = actor.region.as_deref().and_then(|code| reference.region(code));
    region.is_some_and(|region| region.kind == RegionKind::Zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::samples::actor;

    #[test]
    fn a_county_keeps_its_own_chambers_and_those_of_no_region() {
        let reference = Reference::load(None).unwrap();
        let may = |role, home, region| may_keep(&actor(role, home), &reference, region);
        for region in [None, Some("450721"), Some("310000")] {
            assert!(may(Role::BureauOfficer, None, region));
            assert!(!may(Role::Federation, None, region));
            assert!(!may(Role::ChamberLiaison, None, region));
            assert!(!may(Role::CountyOfficer, Some("QZ-FTZ"), region), "the zone only reads");
        }
        assert!(may(Role::CountyOfficer, Some("450721"), None));
        assert!(may(Role::CountyOfficer, Some("450721"), Some("450721")));
        assert!(!may(Role::CountyOfficer, Some("450721"), Some("450722")));
        assert!(!may(Role::CountyOfficer, Some("450721"), Some("310000")));
    }

    #[test]
    fn who_keeps_also_reads() {
        assert!(Role::ALL.iter().all(|role| !keeps(*role) || reads(*role)));
        assert!(Role::ALL.iter().all(|role| !exports(*role) || reads(*role)));
        let kept_out: Vec<Role> = Role::ALL.iter().copied().filter(|role| !reads(*role)).collect();
        assert_eq!(kept_out, [Role::Admin, Role::FinanceReviewer, Role::ApprovalsOfficer]);
    }
}
