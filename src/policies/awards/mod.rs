//! The award rules of a version as data (domain/award-facts.md, domain/rules.md 1.3): thresholds, rates, caps,
//! windows, industries, readings, and who answers and pays for each. How a rule computes stands in `crate::awards`;
//! a new plan is a new file. In the file a rule is `[award.<rule>]`; a rule that the plan does not have is left out.
//!
//! Amounts are whole yuan in fields that end in `_yuan`; rates and shares are basis points (1‰ is 10).

mod check;
mod estimates;
mod sense;
mod terms;
pub mod view;

pub(super) use check::check;
pub use check::{Wrong, check_known};
pub(super) use estimates::wrong as wrong_estimate;
pub use estimates::{Estimate, EstimateKind, Grantor};
pub(super) use sense::check_sense;
pub use terms::{
    Enclave, EnterpriseReferral, FirstAboveScale, JobAgency, ParkInfrastructure, PovertyReliefWorkshop,
    Referral, RevenueMilestone, SciencePlatform, StandardFactory, Window,
};

use super::load::Policies;
use super::model::Policy;
use crate::attachments::AttachmentKind;
use crate::money::YUAN;
use crate::text_enum;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

text_enum! {
    /// An award of the plan.
    pub enum AwardRule {
        /// 引荐奖励, 三(四)2(2)
        Referral = "referral",
        /// 以企招商, 三(四)2(4)
        EnterpriseReferral = "enterprise_referral",
        /// 飞地招商, 三(四)2(3)
        Enclave = "enclave",
        /// 社会资本标准厂房, 三(二)2
        StandardFactory = "standard_factory",
        /// 园区基础设施补助, 三(二)3
        ParkInfrastructure = "park_infrastructure",
        /// 首次上规入库, 三(六)1
        FirstAboveScale = "first_above_scale",
        /// 营收里程碑, 三(六)1
        RevenueMilestone = "revenue_milestone",
        /// 科创平台和成果转化, 三(四)1(1)
        SciencePlatform = "science_platform",
        /// 就业创业服务补助, 三(四)3(1)
        JobAgency = "job_agency",
        /// 就业帮扶车间, 三(四)3(2)
        PovertyReliefWorkshop = "poverty_relief_workshop",
    }
}

text_enum! {
    /// Whether an award may be paid on a day (公平竞争审查条例, in force from 2024-08-01).
    pub enum Compliance {
        InForce = "in_force",
        /// Computed, and payable only after the review's document and result are recorded.
        UnderReview = "under_review",
        Suspended = "suspended",
        Repealed = "repealed",
    }
}

text_enum! {
    /// Whose money it is.
    pub enum Payer {
        /// 企业税收入库同级财政
        SameLevelTreasury = "same_level_treasury",
        /// 市本级财政, 市财政
        CityTreasury = "city_treasury",
        /// 自贸区片区
        Zone = "zone",
        /// The plan does not say.
        Unstated = "unstated",
    }
}

text_enum! {
    /// Which years' agreed investment makes the base of an award, where the clause can be read in several ways
    /// (domain/rules.md, R1 and R2). Each belongs to one rule (`BaseReading::of`).
    pub enum BaseReading {
        /// 前两年 (三(四)2(2)) as the contract's first years.
        ContractYears = "contract_years",
        /// The same as as many years from the contract year in which construction starts.
        ConstructionYears = "construction_years",
        /// 项目当年 (三(四)2(4)) as the contract's first year.
        ContractYearOne = "contract_year_one",
        AllYears = "all_years",
        /// The contract year in which production starts.
        ProductionYear = "production_year",
    }
}

impl BaseReading {
    /// Those that a rule knows; none where its base can be read in one way only.
    pub const fn of(rule: AwardRule) -> &'static [BaseReading] {
        use BaseReading::*;
        match rule {
            AwardRule::Referral => &[ContractYears, ConstructionYears],
            AwardRule::EnterpriseReferral => &[ContractYearOne, AllYears, ProductionYear],
            _ => &[],
        }
    }
}

text_enum! {
    /// To what awards and payouts are cut: never up, so that nobody is paid more than the rate (domain/rules.md 1.1).
    pub enum Rounding {
        /// 舍去角分
        Yuan = "yuan",
        Fen = "fen",
    }
}

/// The plan is silent; the bureau pays whole yuan.
impl Default for Rounding {
    fn default() -> Self {
        Rounding::Yuan
    }
}

impl Rounding {
    /// What remains of an amount in fen.
    pub fn cut(self, fen: i128) -> i128 {
        match self {
            Rounding::Yuan => fen - fen.rem_euclid(i128::from(YUAN)),
            Rounding::Fen => fen,
        }
    }
}

/// The rules of a version; none where the plan has no such award.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Awards {
    /// Of all of them.
    pub rounding: Rounding,
    pub referral: Option<Referral>,
    pub enterprise_referral: Option<EnterpriseReferral>,
    pub enclave: Option<Enclave>,
    pub standard_factory: Option<StandardFactory>,
    pub park_infrastructure: Option<ParkInfrastructure>,
    pub first_above_scale: Option<FirstAboveScale>,
    pub revenue_milestone: Option<RevenueMilestone>,
    pub science_platform: Option<SciencePlatform>,
    pub job_agency: Option<JobAgency>,
    pub poverty_relief_workshop: Option<PovertyReliefWorkshop>,
}

/// What a rule rests on, who answers for it, who pays.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Such as `三(四)2(2)`.
    pub clause: String,
    /// The document, as a decision quotes it.
    pub document: String,
    pub payer: Payer,
    /// Ids of units (seeds/reference/units.csv): 责任单位.
    pub responsible: Vec<String>,
    /// 配合单位
    #[serde(default)]
    pub supporting: Vec<String>,
    /// Papers that an application is to have: the checklist, in its order.
    #[serde(default)]
    pub papers: Vec<AttachmentKind>,
    /// The earliest first, without gaps; what the bureau has to confirm.
    pub compliance: Vec<CompliancePeriod>,
}

/// From when on, and why, a rule has a status.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyCompliancePeriod)]
pub struct CompliancePeriod {
    pub status: Compliance,
    pub from: NaiveDate,
    /// The last day; none for the last period.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// The law or document that it follows from.
    pub basis: String,
}

impl Compliance {
    /// Nothing of the rule is paid, whatever is on record.
    pub fn is_stopped(self) -> bool {
        matches!(self, Compliance::Suspended | Compliance::Repealed)
    }
}

impl Basis {
    /// The status on a day; none before the first period.
    pub fn compliance_on(&self, day: NaiveDate) -> Option<&CompliancePeriod> {
        self.compliance
            .iter()
            .find(|period| period.from <= day && period.until.is_none_or(|until| day <= until))
    }
}

impl Awards {
    /// What a rule rests on; none where the version has no such rule.
    pub fn basis(&self, rule: AwardRule) -> Option<&Basis> {
        match rule {
            AwardRule::Referral => self.referral.as_ref().map(|rule| &rule.basis),
            AwardRule::EnterpriseReferral => self.enterprise_referral.as_ref().map(|rule| &rule.basis),
            AwardRule::Enclave => self.enclave.as_ref().map(|rule| &rule.basis),
            AwardRule::StandardFactory => self.standard_factory.as_ref().map(|rule| &rule.basis),
            AwardRule::ParkInfrastructure => self.park_infrastructure.as_ref().map(|rule| &rule.basis),
            AwardRule::FirstAboveScale => self.first_above_scale.as_ref().map(|rule| &rule.basis),
            AwardRule::RevenueMilestone => self.revenue_milestone.as_ref().map(|rule| &rule.basis),
            AwardRule::SciencePlatform => self.science_platform.as_ref().map(|rule| &rule.basis),
            AwardRule::JobAgency => self.job_agency.as_ref().map(|rule| &rule.basis),
            AwardRule::PovertyReliefWorkshop => self.poverty_relief_workshop.as_ref().map(|rule| &rule.basis),
        }
    }

    /// In which ways a rule can be read; none where there is only one.
    pub fn readings(&self, rule: AwardRule) -> Option<&[BaseReading]> {
        match rule {
            AwardRule::Referral => Some(&self.referral.as_ref()?.readings),
            AwardRule::EnterpriseReferral => Some(&self.enterprise_referral.as_ref()?.readings),
            _ => None,
        }
    }

    /// What the applications of a county and a year come to together at most, in fen; none where a rule has no such cap.
    pub fn county_cap_fen(&self, rule: AwardRule) -> Option<i64> {
        match rule {
            AwardRule::ParkInfrastructure => self.park_infrastructure.as_ref()?.cap_yuan.map(fen),
            _ => None,
        }
    }

    /// The rules that the version has.
    pub fn rules(&self) -> impl Iterator<Item = AwardRule> {
        AwardRule::ALL.iter().copied().filter(|rule| self.basis(*rule).is_some())
    }
}

impl Policies {
    /// The version that a computation takes when none is named: the latest that is not made up.
    pub fn latest(&self) -> Option<&Policy> {
        latest_of(self.all().iter().filter(|version| !version.demonstration))
    }

    /// The version whose rule an award follows that was signed for on a day: the latest of those that cover it, or of all
    /// where none does, or nothing is signed. Made-up ones are nobody's.
    pub fn with_rule(&self, rule: AwardRule, signed: Option<NaiveDate>) -> Option<&Policy> {
        let real =
            self.all().iter().filter(|version| !version.demonstration && version.award.basis(rule).is_some());
        let covering = real.clone().filter(|version| signed.is_some_and(|day| version.covers(day)));
        latest_of(covering).or_else(|| latest_of(real))
    }
}

impl Policies {
    /// How a rule of a version stands on a day, and the version that says so: its own, unless one that takes its place,
    /// directly or in a chain, suspends or repeals the rule by that day. What was submitted under the older one is not
    /// paid any more then.
    pub fn rule_on<'a>(
        &'a self,
        version: &'a Policy,
        rule: AwardRule,
        day: NaiveDate,
    ) -> Option<(&'a Policy, &'a CompliancePeriod)> {
        let own = version.award.basis(rule).and_then(|basis| basis.compliance_on(day));
        if own.is_some_and(|period| period.status.is_stopped()) {
            return own.map(|period| (version, period));
        }
        let stops = |said: &(&Policy, &CompliancePeriod)| said.1.status.is_stopped();
        let later = self.later_word(version, rule, day, &mut vec![&version.code]);
        later.filter(stops).or_else(|| own.map(|period| (version, period)))
    }

    /// What the versions that take a version's place say of a rule on a day, the last of a chain first; of several one that
    /// stops it. None where they say nothing. A made-up version takes the place of none that is real.
    fn later_word<'a>(
        &'a self,
        version: &'a Policy,
        rule: AwardRule,
        day: NaiveDate,
        passed: &mut Vec<&'a String>,
    ) -> Option<(&'a Policy, &'a CompliancePeriod)> {
        let mut word: Option<(&Policy, &CompliancePeriod)> = None;
        for later in self.all() {
            let takes_its_place =
                later.supersedes.contains(&version.code) && (version.demonstration || !later.demonstration);
            if !takes_its_place || passed.contains(&&later.code) {
                continue;
            }
            passed.push(&later.code);
            let own = || Some((later, later.award.basis(rule)?.compliance_on(day)?));
            let said = self.later_word(later, rule, day, passed).or_else(own);
            if word.is_none_or(|(_, period)| !period.status.is_stopped()) {
                word = said.or(word);
            }
        }
        word
    }
}

/// The latest of some versions: none that another of them takes the place of, though that one may end earlier.
fn latest_of<'a>(versions: impl Iterator<Item = &'a Policy> + Clone) -> Option<&'a Policy> {
    let gave_way = |one: &Policy| versions.clone().any(|other| other.supersedes.contains(&one.code));
    versions.clone().filter(|one| !gave_way(one)).max_by_key(|version| (version.from, version.to))
}

/// An amount of a file in fen.
pub fn fen(yuan: i64) -> i64 {
    yuan.saturating_mul(YUAN)
}
