//! The filings that exist for an actor (design.md section 5, "Referrers and awards").

use crate::accounts::{Actor, Role};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::leads::queries::{Families, families};
use crate::schema::{filings, leads, projects, referrers};
use diesel::prelude::*;
use std::collections::HashSet;

/// What every read of filings begins with.
pub type Visible = filings::BoxedQuery<'static, MultiBackend>;

/// That a filing is of the leads and projects that fit. What was filed for a lead that was merged is also read with the
/// one that stayed (`$families`).
macro_rules! is_of {
    ($conn:expr, $families:expr, $lead:expr, $project:expr) => {{
        let own_leads = || leads::table.filter($lead).filter(leads::deleted_at.is_null());
        let own_projects = || projects::table.filter($project).filter(projects::deleted_at.is_null());
        let families: Families = $families;
        let (all, staying): (Vec<Id>, Vec<Id>) =
            (families.leads().cloned().collect(), families.staying().into_iter().cloned().collect());
        let mut own: HashSet<Id> = HashSet::new();
        if !all.is_empty() {
            let stayed: Vec<Id> =
                own_leads().filter(leads::id.eq_any(staying)).select(leads::id).load($conn)?;
            let became: Vec<Option<Id>> = own_projects()
                .filter(projects::lead_id.eq_any(all.iter().cloned().map(Some)))
                .select(projects::lead_id)
                .load($conn)?;
            own.extend(stayed);
            own.extend(became.iter().flatten().map(|lead| families.stayed(lead).clone()));
        }
        let merged = all.into_iter().filter(|lead| own.contains(families.stayed(lead)));
        let merged: Vec<Option<Id>> = merged.map(Some).collect();
        filings::lead_id
            .eq_any(own_leads().select(leads::id.nullable()))
            .or(filings::lead_id.eq_any(own_projects().select(projects::lead_id)))
            .or(filings::lead_id.eq_any(merged))
            .or(filings::project_id.eq_any(own_projects().select(projects::id.nullable())))
    }};
}

/// All for the bureau and the auditor; for a county those of its leads and projects, and those of its referrers; for a
/// county leader those of what he leads; for a liaison those of what his chamber brought, and those of his chamber itself.
pub fn visible_to(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Visible> {
    let rows = filings::table.into_boxed::<MultiBackend>();
    Ok(match (actor.role, &actor.region, &actor.chamber_id) {
        (Role::BureauHead | Role::BureauOfficer | Role::Auditor, ..) => rows,
        (Role::CountyOfficer, Some(county), _) => {
            let own_referrers = referrers::table
                .filter(
                    referrers::region.eq(county.clone()).or(referrers::created_by.eq(actor.user_id.clone())),
                )
                .select(referrers::id);
            let of_county = is_of!(
                conn,
                merged(conn)?,
                leads::county.eq(county.clone()),
                projects::county.eq(county.clone()).or(projects::enclave_county.eq(Some(county.clone())))
            );
            rows.filter(of_county.or(filings::referrer_id.eq_any(own_referrers)))
        }
        (Role::CountyLeader, ..) => rows.filter(is_of!(
            conn,
            merged(conn)?,
            leads::leader_id.eq(Some(actor.user_id.clone())),
            projects::leader_id.eq(Some(actor.user_id.clone()))
        )),
        (Role::ChamberLiaison, _, Some(chamber)) => {
            let the_chamber = referrers::table
                .filter(referrers::chamber_id.eq(Some(chamber.clone())))
                .select(referrers::id);
            // A liaison is told of no lead that is not his own, merged with one of his or not.
            let of_chamber = is_of!(
                conn,
                Families::default(),
                leads::source_chamber_id.eq(Some(chamber.clone())),
                projects::source_chamber_id.eq(Some(chamber.clone()))
            );
            rows.filter(of_chamber.or(filings::referrer_id.eq_any(the_chamber)))
        }
        _ => rows.filter(filings::id.eq("")),
    })
}

/// The families of merged leads that were filed, or became projects: few, as mergers of such leads are.
fn merged(conn: &mut AnyConn) -> QueryResult<Families> {
    let filed = filings::table.select(filings::lead_id);
    let became = projects::table.select(projects::lead_id);
    let rows: Vec<Id> = leads::table
        .filter(leads::merged_into.is_not_null())
        .filter(leads::deleted_at.is_null())
        .filter(leads::id.nullable().eq_any(filed).or(leads::id.nullable().eq_any(became)))
        .select(leads::id)
        .load(conn)?;
    families(conn, &rows)
}
