//! `GET /api/v1/pool/quota?year=`: the rows of a year as the API shows them.

use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::milestones::model::MilestoneKind;
use crate::policies::{Metric, Policy, Quota, ScopeKind};
use crate::quota::queries::{self, Claim};
use crate::quota::rules::{self, NotCounted};
use chrono::NaiveDate;
use diesel::QueryResult;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Projects that do not count which a row names at most; there may be thousands.
const NAMED: i64 = 200;

/// A year's quotas; `policy` null and no rows when no version covers the year.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = QuotaYear)]
pub struct QuotaView {
    pub year: i32,
    pub policy: Option<PolicyView>,
    pub rows: Vec<RowView>,
}

/// The version of the plan that covers the year.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Policy)]
pub struct PolicyView {
    pub code: String,
    pub title: String,
    /// 文号; empty when the document has none.
    pub number: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Made up for a demonstration.
    pub demonstration: bool,
}

/// One quota: what is asked, what there is, and the projects behind it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = QuotaRow)]
pub struct RowView {
    pub scope: ScopeView,
    pub metric: Metric,
    pub clause: String,
    pub target: i64,
    pub counted: i64,
    /// How many are missing; 0 when the target is met.
    pub gap: i64,
    pub met: bool,
    /// Planned for the year, not yet reached, not withdrawn.
    pub forecast: i64,
    /// The same by county, those that have none left out.
    pub by_county: Vec<CountyView>,
    pub projects: Vec<CountedView>,
    pub not_counted: Vec<NotCountedView>,
}

/// Whose quota it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = QuotaScope)]
pub struct ScopeView {
    pub kind: ScopeKind,
    pub region: Option<String>,
}

/// A county's part of a row.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = QuotaCounty)]
pub struct CountyView {
    pub county: String,
    pub counted: i64,
    pub forecast: i64,
}

/// A project that counts.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CountedProject)]
pub struct CountedView {
    pub id: Id,
    pub code: String,
    pub title: String,
    pub county: String,
    /// The day that counts: the construction start, or the company's registration.
    pub started_on: NaiveDate,
    /// Reported after the year of the fact.
    pub reported_late: bool,
    /// Withdrawn after the year: it counts, and is marked.
    pub withdrawn_on: Option<NaiveDate>,
}

/// A project that does not, and why.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NotCountedProject)]
pub struct NotCountedView {
    pub id: Id,
    pub code: String,
    pub title: String,
    pub reason: NotCounted,
}

/// The quotas of a year. Figures are of all projects; those named are what the reader sees.
pub fn of_year(
    conn: &mut AnyConn,
    actor: &Actor,
    policy: Option<&Policy>,
    year: i32,
) -> QueryResult<QuotaView> {
    let mut rows = Vec::new();
    for quota in policy.iter().flat_map(|policy| &policy.quota).filter(|quota| quota.years.contains(&year)) {
        if let Some(policy) = policy {
            rows.push(row(conn, actor, policy, quota, year)?);
        }
    }
    Ok(QuotaView { year, policy: policy.map(|policy| policy_view(policy, actor.locale.as_str())), rows })
}

pub fn policy_view(policy: &Policy, lang: &str) -> PolicyView {
    PolicyView {
        code: policy.code.clone(),
        title: policy.title(lang).to_owned(),
        number: policy.number.clone(),
        from: policy.from,
        to: policy.to,
        demonstration: policy.demonstration,
    }
}

fn row(conn: &mut AnyConn, actor: &Actor, policy: &Policy, quota: &Quota, year: i32) -> QueryResult<RowView> {
    let kind = match quota.metric {
        Metric::ConstructionStarts => MilestoneKind::ConstructionStart,
        Metric::ChainEnterprises => MilestoneKind::CompanyRegistered,
    };
    let days = days_of(year);
    let county = quota.region.as_deref();
    let within = queries::reached_within(conn, kind, days, county)?;
    let judge = |claim: &Claim| judged(quota.metric, claim, policy, year);
    let mut ids: Vec<Id> = within.iter().map(|claim| claim.project.id.clone()).collect();
    ids.sort();
    let visible = queries::visible(conn, actor, &ids)?;
    let mut by_county: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    let (mut counted, mut projects, mut not_counted) = (0, Vec::new(), Vec::new());
    for claim in &within {
        match judge(claim) {
            Ok(()) => {
                counted += 1;
                by_county.entry(claim.county().to_owned()).or_default().0 += 1;
                projects.extend(counted_view(claim).filter(|one| visible.contains(&one.id)));
            }
            Err(reason) if visible.contains(&claim.project.id) => not_counted.push(missed(claim, reason)),
            Err(_) => {}
        }
    }
    for claim in queries::others(conn, actor, kind, days, county, NAMED)? {
        if let Err(reason) = judge(&claim) {
            not_counted.push(missed(&claim, reason));
        }
    }
    let planned = queries::planned_within(conn, kind, days, county)?;
    for county in &planned {
        by_county.entry(county.clone()).or_default().1 += 1;
    }
    let of_county = |(county, (counted, forecast))| CountyView { county, counted, forecast };
    Ok(RowView {
        scope: ScopeView { kind: quota.scope, region: quota.region.clone() },
        metric: quota.metric,
        clause: quota.clause.clone(),
        target: quota.target,
        counted,
        gap: (quota.target - counted).max(0),
        met: counted >= quota.target,
        forecast: i64::try_from(planned.len()).unwrap_or(i64::MAX),
        by_county: by_county.into_iter().map(of_county).collect(),
        projects,
        not_counted,
    })
}

fn judged(metric: Metric, claim: &Claim, policy: &Policy, year: i32) -> Result<(), NotCounted> {
    let facts = claim.facts(&policy.pool.industries);
    match metric {
        Metric::ConstructionStarts => rules::construction_start(&facts, year),
        Metric::ChainEnterprises => rules::chain_enterprise(&facts, year),
    }
}

fn counted_view(claim: &Claim) -> Option<CountedView> {
    let started_on = claim.actual_on()?;
    let reported = claim.reached.as_ref()?.reported_at.map(crate::clock::china_date);
    Some(CountedView {
        id: claim.project.id.clone(),
        code: claim.project.code.clone(),
        title: claim.project.title.clone(),
        county: claim.project.county.clone(),
        started_on,
        reported_late: reported.is_some_and(|day| rules::is_late_report(started_on, day)),
        withdrawn_on: claim.project.withdrawn_on,
    })
}

fn missed(claim: &Claim, reason: NotCounted) -> NotCountedView {
    NotCountedView {
        id: claim.project.id.clone(),
        code: claim.project.code.clone(),
        title: claim.project.title.clone(),
        reason,
    }
}

/// The first and the last day of a calendar year.
pub fn days_of(year: i32) -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN);
    (day(1, 1), day(12, 31))
}
