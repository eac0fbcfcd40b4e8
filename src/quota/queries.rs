//! The facts that quotas are counted from. Figures are of all projects, as the plan counts them; which projects are
//! named to a reader is decided by what he sees (`visible`).

use crate::accounts::Actor;
use crate::db::{AnyConn, Id, MultiBackend};
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::milestones::rules::has_evidence;
use crate::policies::{Quota, ScopeKind};
use crate::projects::model::{KeyBasis, LandUse};
use crate::projects::queries::{in_statistics_of, sees_all, visible_milestones, visible_to};
use crate::projects::rules::{is_bare_phase, statistics_county};
use crate::quota::rules::{Facts, Proof, Stay, stay_of};
use crate::schema::{attachments, milestone_evidence, milestones, pool_stays, projects};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable};
use std::collections::{HashMap, HashSet};

/// The part of a project that a quota asks for.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = projects)]
pub struct Candidate {
    pub id: Id,
    pub code: String,
    pub title: String,
    pub county: String,
    pub industry: String,
    supporting_project: bool,
    key_basis: Option<KeyBasis>,
    entered_on: Option<NaiveDate>,
    withdrawn_on: Option<NaiveDate>,
    enclave_county: Option<String>,
    land_use: Option<LandUse>,
    filing_code: Option<String>,
    phase_of: Option<Id>,
}

/// The part of its milestone.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = milestones)]
pub struct Reached {
    id: Id,
    pub actual_on: Option<NaiveDate>,
    state: MilestoneState,
    pub reported_at: Option<NaiveDateTime>,
}

/// A project, its milestone if there is one, and whether a paper proves it.
#[derive(Debug, Clone)]
pub struct Claim {
    pub project: Candidate,
    pub reached: Option<Reached>,
    has_evidence: bool,
    /// Stays in the pool before the one of its own row, the earliest first.
    stays: Vec<Stay>,
}

impl Claim {
    /// What the rules ask of a year, against the plan's industries.
    pub fn facts(&self, industries: &[String], year: i32) -> Facts {
        let (project, reached) = (&self.project, self.reached.as_ref());
        let (entered_on, withdrawn_on) = self.stay_of(year);
        Facts {
            is_key: project.key_basis.is_some(),
            is_covered: project.supporting_project || industries.contains(&project.industry),
            is_bare_phase: is_bare_phase(project.phase_of.as_ref(), project.filing_code.as_deref()),
            entered_on,
            withdrawn_on,
            proof: Proof {
                actual_on: reached.and_then(|one| one.actual_on),
                state: reached.map_or(MilestoneState::Planned, |one| one.state),
                has_evidence: self.has_evidence,
            },
        }
    }

    /// The stay in the pool that decides on a year.
    pub fn stay_of(&self, year: i32) -> Stay {
        let now = (self.project.entered_on, self.project.withdrawn_on);
        stay_of(&self.stays.iter().copied().chain([now]).collect::<Vec<_>>(), year)
    }

    pub fn place(&self) -> Place {
        let project = &self.project;
        let statistics =
            statistics_county(&project.county, project.enclave_county.as_deref(), project.land_use);
        Place { registered: project.county.clone(), statistics: statistics.to_owned() }
    }

    pub fn actual_on(&self) -> Option<NaiveDate> {
        self.reached.as_ref()?.actual_on
    }
}

/// What the quotas of one metric are counted from in some days, whoever asks.
#[derive(Debug, Default)]
pub struct YearFacts {
    /// Projects whose milestone lies in the days, the earliest first.
    pub within: Vec<Claim>,
    /// Those not withdrawn whose milestone is planned in the days and not yet reached.
    pub planned: Vec<Place>,
}

/// Where a project is registered, and where its statistics belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub registered: String,
    pub statistics: String,
}

impl Place {
    /// Whether a quota is of this place: the zone's counts what is registered there, enclave projects included (plan
    /// clause 三(四)2(6)), a county's what belongs to its statistics.
    pub fn is_of(&self, quota: &Quota) -> bool {
        let region = quota.region.as_deref();
        match quota.scope {
            ScopeKind::City => true,
            ScopeKind::Zone => region == Some(&self.registered),
            ScopeKind::County => region == Some(&self.statistics),
        }
    }
}

/// The facts of a milestone in these days; of what is registered in one zone when nothing else is asked for.
pub fn of_days(
    conn: &mut AnyConn,
    kind: MilestoneKind,
    days: (NaiveDate, NaiveDate),
    zone: Option<&str>,
) -> QueryResult<YearFacts> {
    let (from, to) = days;
    let mut rows = projects::table
        .inner_join(milestones::table)
        .filter(projects::deleted_at.is_null())
        .filter(milestones::kind.eq(kind))
        .filter(milestones::actual_on.between(from, to))
        .into_boxed::<MultiBackend>();
    if let Some(zone) = zone {
        rows = rows.filter(projects::county.eq(zone.to_owned()));
    }
    let rows = rows
        .order((milestones::actual_on.asc(), projects::id.asc()))
        .select((Candidate::as_select(), Reached::as_select()))
        .load::<(Candidate, Reached)>(conn)?;
    let rows = rows.into_iter().map(|(project, reached)| (project, Some(reached))).collect();
    let stays = stays(conn, kind, days)?;
    let within = claims(conn, kind, rows, stays)?;
    Ok(YearFacts { within, planned: planned_within(conn, kind, days, zone)? })
}

/// Ended stays of the projects whose milestone lies in the days: of those only that came back, so a few.
fn stays(
    conn: &mut AnyConn,
    kind: MilestoneKind,
    (from, to): (NaiveDate, NaiveDate),
) -> QueryResult<HashMap<Id, Vec<Stay>>> {
    let reached = milestones::table
        .filter(milestones::kind.eq(kind))
        .filter(milestones::actual_on.between(from, to))
        .select(milestones::project_id);
    let found = pool_stays::table
        .filter(pool_stays::project_id.eq_any(reached))
        .order((pool_stays::entered_on.asc(), pool_stays::id.asc()))
        .select((pool_stays::project_id, pool_stays::entered_on, pool_stays::withdrawn_on))
        .load::<(Id, NaiveDate, NaiveDate)>(conn)?;
    let mut stays: HashMap<Id, Vec<Stay>> = HashMap::new();
    for (project, entered_on, withdrawn_on) in found {
        stays.entry(project).or_default().push((Some(entered_on), Some(withdrawn_on)));
    }
    Ok(stays)
}

/// Other projects of a quota's place that a reader may ask about, the latest changed first.
pub fn others(
    conn: &mut AnyConn,
    actor: &Actor,
    kind: MilestoneKind,
    (from, to): (NaiveDate, NaiveDate),
    quota: &Quota,
    limit: i64,
) -> QueryResult<Vec<Claim>> {
    // Asked of each project on the way: a list of all within the days would be made for the few that are wanted.
    let within = milestones::table
        .filter(milestones::project_id.eq(projects::id))
        .filter(milestones::kind.eq(kind))
        // What a function gives is in no index: of a project's one milestone the day is looked at, not all of those days.
        .filter(
            sql::<Nullable<Date>>("COALESCE(milestones.actual_on, milestones.actual_on)").between(from, to),
        );
    let query = visible_to(actor).filter(not(exists(within.select(milestones::id))));
    let query = match (quota.scope, &quota.region) {
        (ScopeKind::Zone, Some(zone)) => query.filter(projects::county.eq(zone.clone())),
        (ScopeKind::County, Some(county)) => in_statistics_of(query, county),
        _ => query,
    };
    let found = query
        .order((projects::updated_at.desc(), projects::id.desc()))
        .limit(limit)
        .select(Candidate::as_select())
        .load::<Candidate>(conn)?;
    let ids: Vec<Id> = found.iter().map(|project| project.id.clone()).collect();
    let reached = milestones::table
        .filter(milestones::kind.eq(kind))
        .filter(milestones::project_id.eq_any(ids))
        .select((milestones::project_id, Reached::as_select()))
        .load::<(Id, Reached)>(conn)?;
    let mut reached: HashMap<Id, Reached> = reached.into_iter().collect();
    let rows = found.into_iter().map(|project| {
        let of_row = reached.remove(&project.id);
        (project, of_row)
    });
    // None of them counts in the year, whatever its stays: its milestone lies elsewhere.
    claims(conn, kind, rows.collect(), HashMap::new())
}

/// Looks the papers up of those that are not verified yet: the others were looked at by whoever verified them.
fn claims(
    conn: &mut AnyConn,
    kind: MilestoneKind,
    rows: Vec<(Candidate, Option<Reached>)>,
    mut stays: HashMap<Id, Vec<Stay>>,
) -> QueryResult<Vec<Claim>> {
    let open = |reached: &Reached| reached.actual_on.is_some() && reached.state != MilestoneState::Verified;
    let ids: Vec<Id> = rows
        .iter()
        .filter_map(|(_, reached)| reached.as_ref().filter(|reached| open(reached)))
        .map(|reached| reached.id.clone())
        .collect();
    let mut papers: HashMap<Id, Vec<String>> = HashMap::new();
    for chunk in ids.chunks(500) {
        let found = milestone_evidence::table
            .inner_join(attachments::table.on(attachments::id.eq(milestone_evidence::attachment_id)))
            .filter(milestone_evidence::milestone_id.eq_any(chunk.to_vec()))
            .filter(attachments::deleted_at.is_null())
            .select((milestone_evidence::milestone_id, attachments::kind))
            .load::<(Id, String)>(conn)?;
        for (milestone, kind) in found {
            papers.entry(milestone).or_default().push(kind);
        }
    }
    Ok(rows
        .into_iter()
        .map(|(project, reached)| {
            let of_row = reached.as_ref().and_then(|one| papers.remove(&one.id)).unwrap_or_default();
            let stays = stays.remove(&project.id).unwrap_or_default();
            Claim { has_evidence: has_evidence(kind, &of_row), stays, project, reached }
        })
        .collect())
}

/// Where the projects lie whose milestone is planned in these days and not yet made.
fn planned_within(
    conn: &mut AnyConn,
    kind: MilestoneKind,
    (from, to): (NaiveDate, NaiveDate),
    zone: Option<&str>,
) -> QueryResult<Vec<Place>> {
    let mut rows = projects::table
        .inner_join(milestones::table)
        .filter(projects::deleted_at.is_null())
        .filter(projects::withdrawn_on.is_null())
        .filter(milestones::kind.eq(kind))
        .filter(milestones::actual_on.is_null())
        .filter(milestones::planned_on.between(from, to))
        .into_boxed::<MultiBackend>();
    if let Some(zone) = zone {
        rows = rows.filter(projects::county.eq(zone.to_owned()));
    }
    let rows = rows.select((projects::county, projects::enclave_county, projects::land_use)).load::<(
        String,
        Option<String>,
        Option<LandUse>,
    )>(conn)?;
    let place = |(registered, enclave, land_use): (String, Option<String>, _)| Place {
        statistics: statistics_county(&registered, enclave.as_deref(), land_use).to_owned(),
        registered,
    };
    Ok(rows.into_iter().map(place).collect())
}

/// The projects with this milestone in these days that exist for the reader; `None` when all do.
pub fn visible(
    conn: &mut AnyConn,
    actor: &Actor,
    kind: MilestoneKind,
    (from, to): (NaiveDate, NaiveDate),
) -> QueryResult<Option<HashSet<Id>>> {
    if sees_all(actor.role) {
        return Ok(None);
    }
    let ids = visible_milestones(actor)
        .filter(milestones::kind.eq(kind))
        .filter(milestones::actual_on.between(from, to))
        .select(projects::id)
        .load::<Id>(conn)?;
    Ok(Some(ids.into_iter().collect()))
}
