//! All SQL of the comparison.

use super::rules::Facts;
use crate::db::AnyConn;
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::projects::model::{KeyBasis, LandUse, statistics_county};
use crate::schema::{milestones, projects};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashSet;

type Row = (
    crate::db::Id,
    String,
    Option<String>,
    Option<LandUse>,
    Option<KeyBasis>,
    Option<i64>,
    Option<NaiveDate>,
    Option<NaiveDate>,
);

/// Every project that has ever entered the pool, or started or produced within these days.
pub fn facts(conn: &mut AnyConn, days: (NaiveDate, NaiveDate)) -> QueryResult<Vec<Facts>> {
    let started = reached(conn, MilestoneKind::ConstructionStart, days)?;
    let producing = reached(conn, MilestoneKind::Production, days)?;
    let rows = projects::table
        .filter(projects::deleted_at.is_null())
        .select((
            projects::id,
            projects::county,
            projects::enclave_county,
            projects::land_use,
            projects::key_basis,
            projects::total_investment_fen,
            projects::entered_on,
            projects::withdrawn_on,
        ))
        .load::<Row>(conn)?;
    let fact = |(id, county, enclave, land_use, key, total, entered_on, withdrawn_on): Row| Facts {
        county: statistics_county(&county, enclave.as_deref(), land_use).to_owned(),
        is_key: key.is_some(),
        total_investment_fen: total.unwrap_or_default(),
        entered_on,
        withdrawn_on,
        started: started.contains(&id),
        producing: producing.contains(&id),
    };
    Ok(rows.into_iter().map(fact).collect())
}

/// Projects with this milestone, verified, within these days: what is not verified never counts.
fn reached(
    conn: &mut AnyConn,
    kind: MilestoneKind,
    (from, to): (NaiveDate, NaiveDate),
) -> QueryResult<HashSet<crate::db::Id>> {
    let rows = milestones::table
        .filter(milestones::kind.eq(kind))
        .filter(milestones::state.eq(MilestoneState::Verified))
        .filter(milestones::actual_on.between(from, to))
        .select(milestones::project_id);
    Ok(rows.load(conn)?.into_iter().collect())
}
