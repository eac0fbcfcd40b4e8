//! Who may do what with filings (design.md section 5, "Referrers and awards"; domain/roles.md, row "Referrers"). Which of
//! them exist for an actor is decided in `queries::visible_to`.

use crate::accounts::{Actor, Role};
use crate::db::Id;
use crate::filings::model::Party;
use crate::referrers;

/// How much of a filing a role is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    All,
    /// Number, step and days: what became of it, for the liaison whose chamber brought it; of a lead that he sees its
    /// title and the role, too, which he is to confirm.
    Progress,
    /// The referrer's name: what a county leader reads.
    Name,
}

/// Roles that know filings: those that know referrers, but finance, which reads whom it pays.
pub fn reads(role: Role) -> bool {
    referrers::policy::reads(role) && role != Role::FinanceReviewer
}

/// What a role that knows filings is shown of them.
pub fn view_of(role: Role) -> View {
    match role {
        Role::CountyLeader => View::Name,
        Role::ChamberLiaison => View::Progress,
        _ => View::All,
    }
}

/// Roles that read the filings of a project, and how its award is shared, beside it: to a liaison a project tells no more
/// than its own fields. A lead leads him to those that he may confirm.
pub fn reads_beside(role: Role) -> bool {
    reads(role) && view_of(role) != View::Progress
}

/// Roles that file, and enter what is said of filings.
pub fn files(role: Role) -> bool {
    referrers::policy::keeps(role)
}

/// Whether the actor works a case of these counties: the bureau any, a county or the zone its own.
pub fn works(actor: &Actor, counties: &[&str]) -> bool {
    match actor.role {
        Role::CountyOfficer => counties.iter().any(|county| actor.is_of(county)),
        role => files(role),
    }
}

/// Whether the actor may have something to say of the filings that he sees.
pub fn speaks(actor: &Actor, counties: &[&str]) -> bool {
    works(actor, counties) || actor.role == Role::ChamberLiaison
}

/// Who has to do with a filing and its case already.
#[derive(Debug, Clone, Copy)]
pub struct Involved<'a> {
    pub filed_by: &'a Id,
    /// The actor's chamber is the referrer itself.
    pub is_own_chamber: bool,
    /// The actor created or reviewed an application for an award of the case.
    pub has_award_duty: bool,
}

/// Whether the actor may say this party's word; else why not. Neither who filed nor who works on an award of the case
/// confirms for the county or the bureau (不相容岗位分离; domain/award-facts.md, "An application's way").
pub fn may_confirm(
    actor: &Actor,
    party: Party,
    counties: &[&str],
    involved: Involved<'_>,
) -> Result<(), &'static str> {
    if party == Party::Chamber {
        // Of the filings that he sees, those of the chamber itself are not for it to confirm.
        return match (actor.role, involved.is_own_chamber) {
            (Role::ChamberLiaison, false) => Ok(()),
            (Role::ChamberLiaison, true) => Err("own-entry"),
            _ => Err("role"),
        };
    }
    let is_partys = match party {
        Party::Investor => files(actor.role),
        Party::County => actor.role == Role::CountyOfficer,
        Party::Bureau => actor.role.is_bureau(),
        Party::Chamber => false,
    };
    if !is_partys {
        Err("role")
    } else if !works(actor, counties) {
        Err("other-region")
    } else if party != Party::Investor && *involved.filed_by == actor.user_id {
        Err("own-entry")
    } else if party != Party::Investor && involved.has_award_duty {
        Err("filing-award-duty")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::samples::actor;

    #[test]
    fn each_party_speaks_for_itself_and_nobody_for_his_own_filing() {
        let filer = Id::generate();
        let (county, foreign) =
            (actor(Role::CountyOfficer, Some("450721")), actor(Role::CountyOfficer, Some("450722")));
        let bureau = actor(Role::BureauOfficer, None);
        let of = |filed_by, has_award_duty| Involved { filed_by, has_award_duty, is_own_chamber: false };
        let say = |actor: &Actor, party| may_confirm(actor, party, &["450721"], of(&filer, false));
        for (party, by_county, by_bureau) in [
            (Party::Investor, Ok(()), Ok(())),
            (Party::County, Ok(()), Err("role")),
            (Party::Bureau, Err("role"), Ok(())),
        ] {
            assert_eq!(say(&county, party), by_county, "{party}");
            assert_eq!(say(&bureau, party), by_bureau, "{party}");
        }
        assert_eq!(say(&foreign, Party::County), Err("other-region"));
        assert_eq!(say(&actor(Role::Auditor, None), Party::Investor), Err("role"));
        for (actor, party) in [(&county, Party::County), (&bureau, Party::Bureau)] {
            let own = of(&actor.user_id, false);
            assert_eq!(may_confirm(actor, party, &["450721"], own), Err("own-entry"));
            let busy = of(&filer, true);
            assert_eq!(may_confirm(actor, party, &["450721"], busy), Err("filing-award-duty"));
        }
        let liaison = actor(Role::ChamberLiaison, None);
        assert_eq!(say(&liaison, Party::Chamber), Ok(()));
        assert_eq!(say(&liaison, Party::Investor), Err("role"));
        assert_eq!(say(&bureau, Party::Chamber), Err("role"));
        let itself = Involved { is_own_chamber: true, ..of(&filer, false) };
        assert_eq!(may_confirm(&liaison, Party::Chamber, &["450721"], itself), Err("own-entry"));
        // The investor's word is his letter, whoever enters it.
        let entered = of(&county.user_id, true);
        assert_eq!(may_confirm(&county, Party::Investor, &["450721"], entered), Ok(()));
    }
}
