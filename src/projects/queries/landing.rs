//! What is known of projects' landing (落地), for `rules::landed`.

use crate::db::{AnyConn, Id};
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::projects::queries::{ContractKind, contracts_of};
use crate::projects::rules::LandingFacts;
use crate::schema::milestones;
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// The landing of several projects; one of which nothing is known is not among them.
pub fn landings_of(conn: &mut AnyConn, projects: &[Id]) -> QueryResult<HashMap<Id, LandingFacts>> {
    let mut found: HashMap<Id, LandingFacts> = HashMap::new();
    if projects.is_empty() {
        return Ok(found);
    }
    for contract in contracts_of(conn, projects)? {
        if contract.kind == ContractKind::Formal {
            found.entry(contract.project_id).or_default().signed_on = Some(contract.signed_on);
        }
    }
    let kinds = vec![MilestoneKind::CompanyRegistered, MilestoneKind::ConstructionStart];
    let reached: Vec<(Id, MilestoneKind, MilestoneState, Option<NaiveDate>)> = milestones::table
        .filter(milestones::project_id.eq_any(projects.to_vec()))
        .filter(milestones::kind.eq_any(kinds))
        .filter(milestones::actual_on.is_not_null())
        .select((milestones::project_id, milestones::kind, milestones::state, milestones::actual_on))
        .load(conn)?;
    for (project, kind, state, actual_on) in reached {
        let facts = found.entry(project).or_default();
        match kind {
            MilestoneKind::CompanyRegistered if state != MilestoneState::Refused => {
                facts.registered_on = actual_on;
            }
            MilestoneKind::ConstructionStart if state == MilestoneState::Verified => {
                facts.started_on = actual_on;
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The landing of one project.
pub fn landing_of(conn: &mut AnyConn, project: &Id) -> QueryResult<LandingFacts> {
    Ok(landings_of(conn, std::slice::from_ref(project))?.remove(project).unwrap_or_default())
}
