//! The rows that exist for an actor (design.md section 5).

use crate::accounts::{Actor, Role};
use crate::db::MultiBackend;
use crate::projects::model::LandUse;
use crate::schema::{award_applications, milestones, projects};
use diesel::prelude::*;

/// What every read of projects begins with.
pub type Visible<'a> = projects::BoxedQuery<'a, MultiBackend>;

type WithMilestones = diesel::dsl::InnerJoin<projects::table, milestones::table>;

/// The same with the milestones of each.
pub type VisibleMilestones<'a> = diesel::dsl::IntoBoxed<'a, WithMilestones, MultiBackend>;

/// Roles for which every project exists.
pub fn sees_all(role: Role) -> bool {
    matches!(
        role,
        Role::BureauHead | Role::BureauOfficer | Role::LeadingGroup | Role::Auditor | Role::ApprovalsOfficer
    )
}

/// Leaves the rows of the actor's scope. One text for both types of rows.
macro_rules! in_scope {
    ($rows:expr, $actor:expr) => {{
        let rows = $rows.filter(projects::deleted_at.is_null());
        let actor: &Actor = $actor;
        match (actor.role, &actor.region, &actor.chamber_id) {
            (role, ..) if sees_all(role) => rows,
            // An enclave project is the zone's by its register and the county's by its origin.
            (Role::CountyOfficer, Some(county), _) => rows.filter(
                projects::county.eq(county.clone()).or(projects::enclave_county.eq(Some(county.clone()))),
            ),
            (Role::CountyLeader, ..) => rows.filter(projects::leader_id.eq(Some(actor.user_id.clone()))),
            (Role::ChamberLiaison, _, Some(chamber)) => {
                rows.filter(projects::source_chamber_id.eq(Some(chamber.clone())))
            }
            (Role::Federation, ..) => rows.filter(projects::source_chamber_id.is_not_null()),
            // Finance sees those with applications for awards that were submitted.
            (Role::FinanceReviewer, ..) => rows.filter(
                projects::id.eq_any(
                    award_applications::table
                        .filter(award_applications::submitted_at.is_not_null())
                        .select(award_applications::project_id),
                ),
            ),
            _ => rows.filter(projects::id.eq("")),
        }
    }};
}

/// The projects that exist for the actor, without deleted ones.
pub fn visible_to<'a>(actor: &Actor) -> Visible<'a> {
    in_scope!(projects::table.into_boxed::<MultiBackend>(), actor)
}

/// The milestones of the projects that exist for the actor.
pub fn visible_milestones<'a>(actor: &Actor) -> VisibleMilestones<'a> {
    in_scope!(projects::table.inner_join(milestones::table).into_boxed::<MultiBackend>(), actor)
}

/// Leaves those whose statistics belong to a county, as `projects::rules::statistics_county` says.
pub fn in_statistics_of<'a>(rows: Visible<'a>, county: &str) -> Visible<'a> {
    let own = projects::county.eq(county.to_owned()).and(
        projects::enclave_county
            .is_null()
            .or(projects::land_use.is_null())
            .or(projects::land_use.ne(Some(LandUse::County))),
    );
    rows.filter(
        own.or(projects::enclave_county
            .eq(Some(county.to_owned()))
            .and(projects::land_use.eq(Some(LandUse::County)))),
    )
}
