//! All SQL of applications. Reads for an actor begin at `visible_to`: outside it an application does not exist.

pub mod filed;
mod list;
mod overview;
mod record;

pub use list::{Filter, Treasury, by_status, count, list};
pub use overview::{Sum, sums, sums_of_level};
pub use record::{
    creator_left, find, find_in_notice, funding_of, has_duty, insert, insert_ruling, insert_transition,
    next_code, of_project, of_same_cap, paid_of_projects, payees_of, project_of, projects_of, put_funding,
    put_payees, relies_on_filings, rulings_of, titles_of, transitions_of, update, year_of,
};

use super::model::ApplicationStatus;
use crate::accounts::{Actor, Role};
use crate::db::MultiBackend;
use crate::schema::{award_applications, award_payees, projects, referrers};
use diesel::prelude::*;

/// What every read of applications begins with.
pub type Visible = award_applications::BoxedQuery<'static, MultiBackend>;

/// The applications that exist for the actor: all for the bureau and the auditor, a county's own, for finance what was
/// submitted, for a county leader those of his projects, for a liaison what was submitted of projects that his chamber
/// brought and what pays his chamber itself.
pub fn visible_to(actor: &Actor) -> Visible {
    let rows = award_applications::table.into_boxed::<MultiBackend>();
    match (actor.role, &actor.region) {
        (Role::BureauHead | Role::BureauOfficer | Role::Auditor | Role::LeadingGroup, _) => rows,
        (Role::CountyOfficer, Some(county)) => rows.filter(award_applications::county.eq(county.clone())),
        (Role::FinanceReviewer, _) => rows.filter(award_applications::submitted_at.is_not_null()),
        (Role::CountyLeader, _) => {
            let led = projects::table
                .filter(projects::leader_id.eq(Some(actor.user_id.clone())))
                .filter(projects::deleted_at.is_null())
                .select(projects::id);
            rows.filter(award_applications::project_id.eq_any(led))
        }
        (Role::ChamberLiaison, _) => {
            // A liaison of no chamber has none of his own.
            let chamber = actor.chamber_id.clone().map_or_else(String::new, |id| id.to_string());
            let brought = projects::table
                .filter(projects::source_chamber_id.eq(chamber.clone()))
                .filter(projects::deleted_at.is_null())
                .select(projects::id);
            let itself =
                referrers::table.filter(referrers::chamber_id.eq(chamber)).select(referrers::id.nullable());
            let pays = award_payees::table
                .filter(award_payees::referrer_id.eq_any(itself))
                .select(award_payees::application_id);
            rows.filter(award_applications::submitted_at.is_not_null()).filter(
                award_applications::project_id.eq_any(brought).or(award_applications::id.eq_any(pays)),
            )
        }
        _ => rows.filter(award_applications::id.eq("")),
    }
}

/// What neither was refused, withdrawn nor recovered: one for each project and rule, as the unique index says.
fn open_or_paid() -> Vec<ApplicationStatus> {
    ApplicationStatus::ALL.iter().copied().filter(|status| status.is_open_or_paid()).collect()
}
