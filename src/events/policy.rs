//! Who may do what with events: the bureau keeps all, a county its own (责任单位 of plan clause 三(四)2(5) and (7)), a
//! chamber's liaison signs members of his chamber up; federation, leading group and auditor read. domain/roles.md has
//! no row of its own.

use crate::accounts::{Actor, Role};
use crate::events::{Attendee, Event};

/// Roles that know events; which of them exist for an actor is decided in `queries::visible_to`.
pub fn reads(role: Role) -> bool {
    use Role::*;
    match role {
        BureauHead | BureauOfficer | CountyOfficer | CountyLeader | ChamberLiaison | Federation
        | LeadingGroup | Auditor => true,
        Admin | FinanceReviewer | ApprovalsOfficer => false,
    }
}

/// Roles that keep them.
pub fn keeps(role: Role) -> bool {
    role.is_bureau() || role == Role::CountyOfficer
}

/// Whether the actor may keep one of this county, or of the city where there is none.
pub fn may_keep(actor: &Actor, county: Option<&str>) -> bool {
    match actor.role {
        Role::CountyOfficer => county.is_some_and(|county| actor.is_of(county)),
        role => keeps(role),
    }
}

/// Whether the actor sees all of an event: a liaison sees when and where it is, and nobody but his own members.
pub fn sees_all(role: Role) -> bool {
    reads(role) && role != Role::ChamberLiaison
}

/// Whether the actor may enter attendees of the event at all.
pub fn may_sign_up(actor: &Actor, event: &Event) -> bool {
    match actor.role {
        Role::ChamberLiaison => actor.chamber_id.is_some(),
        _ => may_keep(actor, event.county.as_deref()),
    }
}

/// Whether the actor may take this attendee off the list.
pub fn may_withdraw(actor: &Actor, event: &Event, attendee: &Attendee) -> bool {
    match actor.role {
        Role::ChamberLiaison => actor.chamber_id.is_some() && actor.chamber_id == attendee.chamber_id,
        _ => may_keep(actor, event.county.as_deref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::samples::actor;

    #[test]
    fn a_county_keeps_its_own_and_the_citys_events_are_the_bureaus() {
        let county = actor(Role::CountyOfficer, Some("450721"));
        assert!(may_keep(&county, Some("450721")));
        assert!(!may_keep(&county, Some("450722")) && !may_keep(&county, None));
        let bureau = actor(Role::BureauOfficer, None);
        assert!(may_keep(&bureau, Some("450722")) && may_keep(&bureau, None));
        for role in [Role::CountyLeader, Role::ChamberLiaison, Role::Federation, Role::LeadingGroup] {
            assert!(!may_keep(&actor(role, Some("450721")), Some("450721")), "{role}");
        }
        let kept_out: Vec<Role> = Role::ALL.iter().copied().filter(|role| !reads(*role)).collect();
        assert_eq!(kept_out, [Role::Admin, Role::FinanceReviewer, Role::ApprovalsOfficer]);
    }
}
