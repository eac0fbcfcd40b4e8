//! What is known of projects' landing (落地), for `rules::landed`.

use crate::db::dialect::Both;
use crate::db::{AnyConn, Id};
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::projects::queries::{ContractKind, contracts_of};
use crate::projects::rules::{LandingFacts, landed};
use crate::schema::{frozen_shares, milestones};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

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
    let reached: Vec<(Id, MilestoneKind, Option<NaiveDate>)> = milestones::table
        .filter(milestones::project_id.eq_any(projects.to_vec()))
        .filter(milestones::kind.eq_any(kinds))
        .filter(milestones::state.eq(MilestoneState::Verified))
        .filter(milestones::actual_on.is_not_null())
        .select((milestones::project_id, milestones::kind, milestones::actual_on))
        .load(conn)?;
    for (project, kind, actual_on) in reached {
        let facts = found.entry(project).or_default();
        match kind {
            MilestoneKind::CompanyRegistered => facts.registered_on = actual_on,
            _ => facts.started_on = actual_on,
        }
    }
    Ok(found)
}

/// The landing of one project.
pub fn landing_of(conn: &mut AnyConn, project: &Id) -> QueryResult<LandingFacts> {
    Ok(landings_of(conn, std::slice::from_ref(project))?.remove(project).unwrap_or_default())
}

/// Notes that a project has landed, if it has: a day that is changed or refused later takes the note away no more.
pub fn note_landing(conn: &mut AnyConn, project: &Id, today: NaiveDate) -> QueryResult<()> {
    if has_landed_once(conn, project)? || !landed(&landing_of(conn, project)?) {
        return Ok(());
    }
    let note = (frozen_shares::project_id.eq(project), frozen_shares::frozen_on.eq(today));
    Both(diesel::insert_into(frozen_shares::table).values(note).on_conflict_do_nothing())
        .execute(conn)
        .map(drop)
}

/// Of these projects, those that have landed at any time.
pub fn landed_once(conn: &mut AnyConn, projects: &[Id]) -> QueryResult<HashSet<Id>> {
    let noted = frozen_shares::table.filter(frozen_shares::project_id.eq_any(projects.to_vec()));
    Ok(noted.select(frozen_shares::project_id).load::<Id>(conn)?.into_iter().collect())
}

/// Whether a project has landed at any time.
pub fn has_landed_once(conn: &mut AnyConn, project: &Id) -> QueryResult<bool> {
    let noted = frozen_shares::table.find(project).select(frozen_shares::frozen_on);
    diesel::select(diesel::dsl::exists(noted)).get_result(conn)
}
