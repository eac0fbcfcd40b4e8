//! `GET /api/v1/pool/quota?year=`: the rows of a year as the API shows them.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::{AnyConn, Id};
use crate::milestones::model::MilestoneKind;
use crate::policies::{Metric, Policy, Quota, ScopeKind};
use crate::projects::queries::state;
use crate::quota::queries::{self, Claim, YearFacts};
use crate::quota::rules::{self, NotCounted};
use crate::web::i18n::Lang;
use chrono::NaiveDate;
use diesel::QueryResult;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use utoipa::ToSchema;

/// Projects that do not count which a row names at most; there may be thousands.
const NAMED: i64 = 50;

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

/// The quotas of a year, the version's title in the reader's language. Figures are of all projects; those named are what the reader sees.
pub fn of_year(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    policy: Option<&Policy>,
    year: i32,
    lang: Lang,
) -> QueryResult<QuotaView> {
    let days = days_of(year);
    let state = state(conn)?;
    let mut rows = Vec::new();
    let Some(policy) = policy else { return Ok(QuotaView { year, policy: None, rows }) };
    let quotas: Vec<&Quota> = policy.quota.iter().filter(|quota| quota.years.contains(&year)).collect();
    for metric in Metric::ALL {
        let of_metric: Vec<&Quota> = quotas.iter().filter(|quota| quota.metric == *metric).copied().collect();
        if of_metric.is_empty() {
            continue;
        }
        let kind = milestone(*metric);
        // Of all scopes and readers the same, and asked by everybody who looks at the pool.
        let zone = only_zone(&of_metric);
        let facts = app.pool_years.of(state, format!("{kind} {year} {zone:?}"), || {
            queries::of_days(conn, kind, days, zone).map(Arc::new)
        })?;
        let visible = queries::visible(conn, actor, kind, days)?;
        for quota in of_metric {
            let others = queries::others(conn, actor, kind, days, quota, NAMED)?;
            rows.push(row(policy, quota, year, &facts, visible.as_ref(), &others));
        }
    }
    // As the version has them.
    rows.sort_by_key(|row| quotas.iter().position(|quota| row.is_of(quota)));
    Ok(QuotaView { year, policy: Some(policy_view(policy, lang.code())), rows })
}

/// The zone whose quotas all of these are.
fn only_zone<'a>(quotas: &[&'a Quota]) -> Option<&'a str> {
    let zone = quotas.first().filter(|quota| quota.scope == ScopeKind::Zone)?.region.as_deref()?;
    let is_its = |quota: &&Quota| quota.scope == ScopeKind::Zone && quota.region.as_deref() == Some(zone);
    quotas.iter().all(is_its).then_some(zone)
}

fn milestone(metric: Metric) -> MilestoneKind {
    match metric {
        Metric::ConstructionStarts => MilestoneKind::ConstructionStart,
        Metric::ChainEnterprises => MilestoneKind::CompanyRegistered,
    }
}

impl RowView {
    fn is_of(&self, quota: &Quota) -> bool {
        (self.metric, self.scope.kind, &self.scope.region) == (quota.metric, quota.scope, &quota.region)
    }
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

fn row(
    policy: &Policy,
    quota: &Quota,
    year: i32,
    facts: &YearFacts,
    visible: Option<&HashSet<Id>>,
    others: &[Claim],
) -> RowView {
    let judge = |claim: &Claim| judged(quota.metric, claim, policy, year);
    let is_seen = |claim: &Claim| visible.is_none_or(|ids| ids.contains(&claim.project.id));
    let mut by_county: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    let (mut counted, mut projects, mut not_counted) = (0, Vec::new(), Vec::new());
    for claim in &facts.within {
        let place = claim.place();
        if !place.is_of(quota) {
            continue;
        }
        match judge(claim) {
            Ok(()) => {
                counted += 1;
                by_county.entry(place.statistics).or_default().0 += 1;
                projects.extend(counted_view(claim, year).filter(|_| is_seen(claim)));
            }
            Err(reason) if is_seen(claim) => not_counted.push(missed(claim, reason)),
            Err(_) => {}
        }
    }
    for claim in others {
        if let Err(reason) = judge(claim) {
            not_counted.push(missed(claim, reason));
        }
    }
    let mut forecast = 0;
    for place in facts.planned.iter().filter(|place| place.is_of(quota)) {
        forecast += 1;
        by_county.entry(place.statistics.clone()).or_default().1 += 1;
    }
    let of_county = |(county, (counted, forecast))| CountyView { county, counted, forecast };
    RowView {
        scope: ScopeView { kind: quota.scope, region: quota.region.clone() },
        metric: quota.metric,
        clause: quota.clause.clone(),
        target: quota.target,
        counted,
        gap: (quota.target - counted).max(0),
        met: counted >= quota.target,
        forecast,
        by_county: by_county.into_iter().map(of_county).collect(),
        projects,
        not_counted,
    }
}

fn judged(metric: Metric, claim: &Claim, policy: &Policy, year: i32) -> Result<(), NotCounted> {
    let facts = claim.facts(&policy.pool.industries, year);
    match metric {
        Metric::ConstructionStarts => rules::construction_start(&facts, year),
        Metric::ChainEnterprises => rules::chain_enterprise(&facts, year),
    }
}

fn counted_view(claim: &Claim, year: i32) -> Option<CountedView> {
    let started_on = claim.actual_on()?;
    let reported = claim.reached.as_ref()?.reported_at.map(crate::clock::china_date);
    Some(CountedView {
        id: claim.project.id.clone(),
        code: claim.project.code.clone(),
        title: claim.project.title.clone(),
        county: claim.project.county.clone(),
        started_on,
        reported_late: reported.is_some_and(|day| rules::is_late_report(started_on, day)),
        withdrawn_on: claim.stay_of(year).1,
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
