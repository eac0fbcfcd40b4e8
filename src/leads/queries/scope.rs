//! The rows that exist for an actor (design.md section 5), for SQL and for the search engine alike.

use crate::accounts::{Actor, Role};
use crate::db::MultiBackend;
use crate::schema::{handovers, leads};
use crate::search::LeadScope;
use diesel::prelude::*;

/// What every read of leads begins with.
pub type Visible<'a> = leads::BoxedQuery<'a, MultiBackend>;

/// The leads that exist for the actor, without deleted ones.
pub fn visible_to<'a>(actor: &Actor) -> Visible<'a> {
    let rows = leads::table.into_boxed::<MultiBackend>().filter(leads::deleted_at.is_null());
    match search_scope(actor) {
        LeadScope::All => rows,
        LeadScope::County(county) => rows.filter(
            leads::county.eq(county.clone()).or(leads::id
                .eq_any(handovers::table.filter(handovers::county.eq(county)).select(handovers::lead_id))),
        ),
        LeadScope::Leader { user_id, county } => rows.filter(
            leads::leader_id.eq(Some(user_id)).or(leads::leader_id.is_null().and(leads::county.eq(county))),
        ),
        LeadScope::Chamber(chamber) => rows.filter(leads::source_chamber_id.eq(Some(chamber))),
        LeadScope::WithChamber => rows.filter(leads::source_chamber_id.is_not_null()),
        LeadScope::Nothing => rows.filter(leads::id.eq("")),
    }
}

/// The same rows in parts of which no two have a row in common, each found by one index: a list is read part by part,
/// as a database goes through all leads for an OR.
pub fn parts_visible_to<'a>(actor: &Actor) -> Vec<Visible<'a>> {
    let rows = || leads::table.into_boxed::<MultiBackend>().filter(leads::deleted_at.is_null());
    match search_scope(actor) {
        LeadScope::County(county) => {
            let handed_on = handovers::table.filter(handovers::county.eq(county.clone()));
            vec![
                rows().filter(leads::county.eq(county.clone())),
                rows()
                    .filter(leads::id.eq_any(handed_on.select(handovers::lead_id)))
                    .filter(leads::county.ne(county)),
            ]
        }
        LeadScope::Leader { user_id, county } => vec![
            rows().filter(leads::leader_id.eq(Some(user_id))),
            rows().filter(leads::leader_id.is_null()).filter(leads::county.eq(county)),
        ],
        _ => vec![visible_to(actor)],
    }
}

/// The same scope for the search engine's own query.
pub fn search_scope(actor: &Actor) -> LeadScope {
    let region = || actor.region.clone();
    match actor.role {
        Role::BureauHead | Role::BureauOfficer | Role::LeadingGroup | Role::Auditor => LeadScope::All,
        Role::CountyOfficer => region().map_or(LeadScope::Nothing, LeadScope::County),
        Role::CountyLeader => region().map_or(LeadScope::Nothing, |county| LeadScope::Leader {
            user_id: actor.user_id.to_string(),
            county,
        }),
        Role::ChamberLiaison => {
            actor.chamber_id.as_ref().map_or(LeadScope::Nothing, |id| LeadScope::Chamber(id.to_string()))
        }
        Role::Federation => LeadScope::WithChamber,
        Role::Admin | Role::FinanceReviewer | Role::ApprovalsOfficer => LeadScope::Nothing,
    }
}
