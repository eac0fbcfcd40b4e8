//! One version of a plan, as its file says it.

use crate::text_enum;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A plan in one of its versions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Such as `qinzhou-2023-2025`; names it in requests.
    pub code: String,
    pub zh: String,
    pub en: String,
    pub issuer: String,
    /// 文号; empty when the document has none.
    #[serde(default)]
    pub number: String,
    /// The days on which it is in force, both included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Codes of the versions that this one takes the place of.
    #[serde(default)]
    pub supersedes: Vec<String>,
    /// Made up for a demonstration: marked wherever it is used, and nobody's default.
    #[serde(default)]
    pub demonstration: bool,
    pub pool: Criteria,
    /// Which enterprises are supported first; nobody where the plan says nothing.
    #[serde(default)]
    pub support: Option<Support>,
    #[serde(default)]
    pub quota: Vec<Quota>,
    #[serde(default)]
    pub award: super::awards::Awards,
    /// Ceilings of what others may grant; no awards of the plan.
    #[serde(default)]
    pub estimate: Vec<super::awards::Estimate>,
    /// The documents that moved its last day, the earliest first; no part of its own text.
    #[serde(skip)]
    pub extensions: Vec<Extension>,
}

/// A document that keeps a version in force longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = PolicyExtension)]
pub struct Extension {
    pub until: NaiveDate,
    /// 文号
    pub number: String,
    pub name: String,
}

/// What a version is called where it is used, and whether it is made up.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PolicyName {
    pub code: String,
    pub title: String,
    pub demonstration: bool,
}

impl PolicyName {
    pub fn of(policy: &Policy, lang: &str) -> Self {
        PolicyName {
            code: policy.code.clone(),
            title: policy.title(lang).to_owned(),
            demonstration: policy.demonstration,
        }
    }
}

/// What the pool of key projects asks for (domain/rules.md, Q1).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criteria {
    /// The industries of the plan; a project of another needs a finding that it supports one of them.
    pub industries: Vec<String>,
    /// A planned start lies at most so many months after the entry.
    pub start_within_months: u32,
    /// Total investment from which a project is a key one, in yuan.
    pub key_amount_yuan: i64,
    /// The same for single industries.
    #[serde(default)]
    pub key_amount_yuan_of: BTreeMap<String, i64>,
}

/// Who is supported first (优先支持, plan clause 三(五)1): an above-scale enterprise by its new jobs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// New jobs in a calendar year, this number included.
    pub new_jobs: i64,
    /// The clause it stands in.
    pub clause: String,
}

text_enum! {
    /// Whose quota it is.
    pub enum ScopeKind {
        City = "city",
        County = "county",
        Zone = "zone",
    }
}

text_enum! {
    /// What a quota counts.
    pub enum Metric {
        /// 新增重点开工项目: plan clause 三(四)2(1)
        ConstructionStarts = "construction_starts",
        /// 产业链关联企业进驻: plan clause 三(四)2(6)
        ChainEnterprises = "chain_enterprises",
    }
}

/// How many of a metric a scope is to reach in each of some years.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    pub scope: ScopeKind,
    /// The county's or zone's code; none for the city.
    #[serde(default)]
    pub region: Option<String>,
    pub metric: Metric,
    pub years: Vec<i32>,
    pub target: i64,
    /// The clause it stands in.
    pub clause: String,
    /// Given to a county by the bureau's own decomposition of the city's quota, and no part of the plan's text.
    #[serde(skip)]
    pub decomposed: bool,
}

/// What each county is to reach of the city's quota of a year (分解, domain/rules.md, Q1). Its targets need not add up
/// to the city's: that one stays the formal figure.
///
/// It changes a version by a document, as an extension does, and not by a table of its own: so two persons stand
/// behind it, the trail and the page name them, and an earlier decomposition can be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decomposition {
    pub year: i32,
    pub metric: Metric,
    /// By the county's code; a county that is not named has no row.
    pub targets: BTreeMap<String, i64>,
}

impl Quota {
    /// Whether both are asked of one scope in one year.
    pub fn is_of_same_year(&self, other: &Quota) -> bool {
        (self.scope, &self.region, self.metric) == (other.scope, &other.region, other.metric)
            && self.years.iter().any(|year| other.years.contains(year))
    }
}

impl Policy {
    /// Whether the version covers any day of a calendar year.
    pub fn covers_year(&self, year: i32) -> bool {
        (self.from.year()..=self.to.year()).contains(&year)
    }

    /// Whether it is in force on a day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// The city's quota of a year, which is decomposed.
    pub fn of_city(&self, metric: Metric, year: i32) -> Option<&Quota> {
        let mut of_city = self.quota.iter().filter(|quota| quota.scope == ScopeKind::City);
        of_city.find(|quota| quota.metric == metric && quota.years.contains(&year))
    }

    /// The version with these targets of counties in place of those that the year had; as it is where the city has
    /// no such quota.
    pub fn decomposed(&self, parts: &Decomposition) -> Policy {
        let mut policy = self.clone();
        let Some(of_city) = self.of_city(parts.metric, parts.year) else { return policy };
        for quota in policy.quota.iter_mut().filter(|quota| quota.scope == ScopeKind::County) {
            if quota.metric == parts.metric {
                quota.years.retain(|year| *year != parts.year);
            }
        }
        policy.quota.retain(|quota| !quota.years.is_empty());
        policy.quota.extend(parts.targets.iter().map(|(county, target)| Quota {
            scope: ScopeKind::County,
            region: Some(county.clone()),
            metric: parts.metric,
            years: vec![parts.year],
            target: *target,
            clause: of_city.clause.clone(),
            decomposed: true,
        }));
        policy
    }

    /// The version in force longer: its quotas go on as in its last year, but for a year's decomposition.
    pub fn extended(&self, extension: Extension) -> Policy {
        let mut policy = self.clone();
        let (last, until) = (self.to.year(), extension.until.year());
        let goes_on = |quota: &&mut Quota| quota.years.contains(&last) && !quota.decomposed;
        for quota in policy.quota.iter_mut().filter(goes_on) {
            quota.years.extend(last + 1..=until);
        }
        policy.to = extension.until;
        policy.extensions.push(extension);
        policy
    }

    /// The title in a language (`zh-CN`, `en`).
    pub fn title(&self, lang: &str) -> &str {
        if lang == "en" { &self.en } else { &self.zh }
    }
}

impl Criteria {
    /// Total investment from which a project of this industry is a key one, in fen.
    pub fn key_amount_fen(&self, industry: &str) -> i64 {
        let yuan = self.key_amount_yuan_of.get(industry).copied().unwrap_or(self.key_amount_yuan);
        yuan.saturating_mul(crate::money::YUAN)
    }

    pub fn covers_industry(&self, industry: &str) -> bool {
        self.industries.iter().any(|covered| covered == industry)
    }
}
