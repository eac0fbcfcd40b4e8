//! The filings that exist for an actor (design.md section 5, "Referrers and awards").

use crate::accounts::{Actor, Role};
use crate::db::MultiBackend;
use crate::schema::{filings, leads, projects, referrers};
use diesel::prelude::*;

/// What every read of filings begins with.
pub type Visible = filings::BoxedQuery<'static, MultiBackend>;

/// All for the bureau and the auditor; for a county those of its leads and projects, and those of its referrers; for a
/// county leader those of what he leads.
pub fn visible_to(actor: &Actor) -> Visible {
    let rows = filings::table.into_boxed::<MultiBackend>();
    match (actor.role, &actor.region) {
        (Role::BureauHead | Role::BureauOfficer | Role::Auditor, _) => rows,
        (Role::CountyOfficer, Some(county)) => {
            let own_leads = leads::table
                .filter(leads::county.eq(county.clone()))
                .filter(leads::deleted_at.is_null())
                .select(leads::id.nullable());
            let own_projects = || {
                projects::table
                    .filter(
                        projects::county
                            .eq(county.clone())
                            .or(projects::enclave_county.eq(Some(county.clone()))),
                    )
                    .filter(projects::deleted_at.is_null())
            };
            let own_referrers = referrers::table
                .filter(
                    referrers::region.eq(county.clone()).or(referrers::created_by.eq(actor.user_id.clone())),
                )
                .select(referrers::id);
            rows.filter(
                filings::lead_id
                    .eq_any(own_leads)
                    .or(filings::lead_id.eq_any(own_projects().select(projects::lead_id)))
                    .or(filings::project_id.eq_any(own_projects().select(projects::id.nullable())))
                    .or(filings::referrer_id.eq_any(own_referrers)),
            )
        }
        (Role::CountyLeader, _) => {
            let led_leads = leads::table
                .filter(leads::leader_id.eq(Some(actor.user_id.clone())))
                .filter(leads::deleted_at.is_null())
                .select(leads::id.nullable());
            let led_projects = || {
                projects::table
                    .filter(projects::leader_id.eq(Some(actor.user_id.clone())))
                    .filter(projects::deleted_at.is_null())
            };
            rows.filter(
                filings::lead_id
                    .eq_any(led_leads)
                    .or(filings::lead_id.eq_any(led_projects().select(projects::lead_id)))
                    .or(filings::project_id.eq_any(led_projects().select(projects::id.nullable()))),
            )
        }
        _ => rows.filter(filings::id.eq("")),
    }
}
