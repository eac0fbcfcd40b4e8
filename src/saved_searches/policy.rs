//! Who may do what with saved searches. domain/roles.md has no row of its own: whoever searches leads may keep a search;
//! shared is one with those who see leads as its owner does, or who lead or serve the same county.

use crate::accounts::{Actor, Role, User};
use crate::saved_searches::SavedSearch;

/// A unit whose members share searches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    pub roles: &'static [Role],
    /// The county or zone that it is of.
    pub region: Option<String>,
}

/// The circle of a role: the bureau, those of a county, the federation, the leading group. Liaisons keep their searches to
/// themselves, as chambers compete, and so does the auditor, who oversees the others.
pub fn circle(role: Role, region: Option<&str>) -> Option<Circle> {
    let of = |roles| Some(Circle { roles, region: None });
    match role {
        Role::BureauHead | Role::BureauOfficer => of(&[Role::BureauHead, Role::BureauOfficer]),
        Role::Federation => of(&[Role::Federation]),
        Role::LeadingGroup => of(&[Role::LeadingGroup]),
        Role::CountyOfficer | Role::CountyLeader => region.map(|region| Circle {
            roles: &[Role::CountyOfficer, Role::CountyLeader],
            region: Some(region.to_owned()),
        }),
        Role::Admin
        | Role::Auditor
        | Role::ChamberLiaison
        | Role::FinanceReviewer
        | Role::ApprovalsOfficer => None,
    }
}

/// Whether the actor may share what he saves.
pub fn shares(actor: &Actor) -> bool {
    circle(actor.role, actor.region.as_deref()).is_some()
}

/// Whether the actor may rename, share and remove it.
pub fn changes(actor: &Actor, search: &SavedSearch) -> bool {
    search.owner_id == actor.user_id
}

/// Whether a search of this owner exists for a user: what `queries::visible_to` says, for the job that tells.
pub fn reads(search: &SavedSearch, owner: &User, user: &User) -> bool {
    let of = |user: &User| circle(user.role, user.region.as_deref());
    owner.id == user.id
        || search.is_shared && owner.active && of(owner).is_some_and(|circle| of(user) == Some(circle))
}

/// In which capacity somebody looks: with another role, region or chamber he sees other leads, or may match other fields.
pub fn capacity(actor: &Actor) -> String {
    let chamber = actor.chamber_id.as_ref().map_or("-", |id| id.as_str());
    format!("{} {} {chamber}", actor.role, actor.region.as_deref().unwrap_or("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::policy::uses_leads;

    #[test]
    fn a_circle_is_one_unit_and_nobody_else() {
        let county = |role, region| circle(role, Some(region));
        assert_eq!(circle(Role::BureauHead, None), circle(Role::BureauOfficer, None));
        assert_eq!(county(Role::CountyLeader, "450721"), county(Role::CountyOfficer, "450721"));
        assert_ne!(county(Role::CountyOfficer, "450721"), county(Role::CountyOfficer, "450722"));
        assert_ne!(circle(Role::Federation, None), circle(Role::LeadingGroup, None));
        for alone in [Role::ChamberLiaison, Role::Auditor] {
            assert!(uses_leads(alone) && circle(alone, Some("450721")).is_none(), "{alone}");
        }
        for role in Role::ALL.iter().filter(|role| !uses_leads(**role)) {
            assert_eq!(circle(*role, Some("450721")), None, "{role} searches no leads");
        }
    }
}
