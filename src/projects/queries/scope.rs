//! The rows that exist for an actor (design.md section 5).

use crate::accounts::{Actor, Role};
use crate::db::MultiBackend;
use crate::schema::projects;
use diesel::prelude::*;

/// What every read of projects begins with.
pub type Visible<'a> = projects::BoxedQuery<'a, MultiBackend>;

/// The projects that exist for the actor, without deleted ones.
pub fn visible_to<'a>(actor: &Actor) -> Visible<'a> {
    let rows = projects::table.into_boxed::<MultiBackend>().filter(projects::deleted_at.is_null());
    let nothing = "";
    match (actor.role, &actor.region, &actor.chamber_id) {
        (
            Role::BureauHead
            | Role::BureauOfficer
            | Role::LeadingGroup
            | Role::Auditor
            | Role::ApprovalsOfficer,
            ..,
        ) => rows,
        // An enclave project is the zone's by its register and the county's by its origin.
        (Role::CountyOfficer, Some(county), _) => rows.filter(
            projects::county.eq(county.clone()).or(projects::enclave_county.eq(Some(county.clone()))),
        ),
        (Role::CountyLeader, ..) => rows.filter(projects::leader_id.eq(Some(actor.user_id.clone()))),
        (Role::ChamberLiaison, _, Some(chamber)) => {
            rows.filter(projects::source_chamber_id.eq(Some(chamber.clone())))
        }
        (Role::Federation, ..) => rows.filter(projects::source_chamber_id.is_not_null()),
        // Finance sees those with applications for awards: there are none yet.
        _ => rows.filter(projects::id.eq(nothing)),
    }
}
