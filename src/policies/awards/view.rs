//! The award rules of a version, as the API and the pages show them. Amounts are fen here, as everywhere outside files.

use super::{AwardRule, Awards, BaseReading, Basis, Compliance, CompliancePeriod, Payer, Window, fen};
use crate::attachments::AttachmentKind;
use crate::clock;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A rule of a version: what it rests on, whether it may be paid since when, who answers and pays, and what it fixes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PolicyAwardRule)]
pub struct RuleView {
    pub rule: AwardRule,
    pub clause: String,
    /// The document, as a decision quotes it.
    pub document: String,
    pub payer: Payer,
    /// Codes of units (责任单位, 配合单位).
    pub responsible: Vec<String>,
    pub supporting: Vec<String>,
    /// Papers that an application is to have.
    pub papers: Vec<AttachmentKind>,
    /// The status of today; null where the version says none.
    pub status: Option<Compliance>,
    /// All of them, the earliest first: defaults that the bureau must confirm.
    pub compliance: Vec<CompliancePeriod>,
    pub terms: RuleTerms,
}

/// What a rule fixes; null and empty where it has no such term.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = PolicyAwardTerms)]
pub struct RuleTerms {
    /// Days of signing that count, where they are others than the version's.
    pub window: Option<Window>,
    pub industries: Vec<String>,
    /// Investment from which on, this amount included.
    pub threshold_fen: Option<i64>,
    /// The same by industry of the chain.
    pub threshold_fen_of: BTreeMap<String, i64>,
    /// How many contract years make the base.
    pub contract_years: Option<usize>,
    /// Ways to read what the base is, and the one that is taken when nobody says otherwise.
    pub readings: Vec<BaseReading>,
    pub default_reading: Option<BaseReading>,
    /// Whether the land counts in the base; in the threshold it never does.
    pub land_in_base: Option<bool>,
    /// Whether the enterprise is to be in a park.
    pub in_park: Option<bool>,
    pub rate_bp: Option<i64>,
    pub cap_fen: Option<i64>,
    /// Who reviews is warned below this share of the agreed investment.
    pub warn_below_actual_bp: Option<i64>,
    /// Floor area let of the whole from which on, and months from being in use within which it is to be reached.
    pub occupancy_bp: Option<i64>,
    pub within_months: Option<u32>,
    pub amount_fen: Option<i64>,
    /// Main revenue in 亿元.
    pub milestones_yi: Vec<i64>,
    /// A worker, both included.
    pub lowest_rate_fen: Option<i64>,
    pub highest_rate_fen: Option<i64>,
    /// The shortest contract that counts.
    pub contract_months: Option<i64>,
    /// A worker a year.
    pub per_year_fen: Option<i64>,
}

/// The rules that a version has, in their order.
pub fn rules(awards: &Awards) -> Vec<RuleView> {
    awards.rules().filter_map(|rule| Some(view(rule, awards.basis(rule)?, terms(awards, rule)?))).collect()
}

fn view(rule: AwardRule, basis: &Basis, terms: RuleTerms) -> RuleView {
    RuleView {
        rule,
        clause: basis.clause.clone(),
        document: basis.document.clone(),
        payer: basis.payer,
        responsible: basis.responsible.clone(),
        supporting: basis.supporting.clone(),
        papers: basis.papers.clone(),
        status: basis.compliance_on(clock::today()).map(|period| period.status),
        compliance: basis.compliance.clone(),
        terms,
    }
}

fn terms(awards: &Awards, rule: AwardRule) -> Option<RuleTerms> {
    let none = RuleTerms::default();
    Some(match rule {
        AwardRule::Referral => {
            let rule = awards.referral.as_ref()?;
            RuleTerms {
                window: rule.window.clone(),
                industries: rule.industries.clone(),
                threshold_fen: Some(fen(rule.threshold_yuan)),
                contract_years: Some(rule.contract_years),
                readings: rule.readings.clone(),
                default_reading: Some(rule.default_reading),
                rate_bp: Some(rule.rate_bp),
                cap_fen: rule.cap_yuan.map(fen),
                warn_below_actual_bp: rule.warn_below_actual_bp,
                ..none
            }
        }
        AwardRule::EnterpriseReferral => {
            let rule = awards.enterprise_referral.as_ref()?;
            let thresholds = rule.threshold_yuan_of.iter();
            RuleTerms {
                industries: rule.threshold_yuan_of.keys().cloned().collect(),
                threshold_fen_of: thresholds.map(|(industry, yuan)| (industry.clone(), fen(*yuan))).collect(),
                readings: rule.readings.clone(),
                default_reading: Some(rule.default_reading),
                land_in_base: Some(rule.land_in_base),
                rate_bp: Some(rule.rate_bp),
                cap_fen: rule.cap_yuan.map(fen),
                ..none
            }
        }
        AwardRule::Enclave => {
            let rule = awards.enclave.as_ref()?;
            RuleTerms { rate_bp: Some(rule.rate_bp), cap_fen: rule.cap_yuan.map(fen), ..none }
        }
        AwardRule::StandardFactory => {
            let rule = awards.standard_factory.as_ref()?;
            RuleTerms {
                occupancy_bp: Some(rule.occupancy_bp),
                within_months: Some(rule.within_months),
                rate_bp: Some(rule.rate_bp),
                cap_fen: rule.cap_yuan.map(fen),
                ..none
            }
        }
        AwardRule::ParkInfrastructure => {
            let rule = awards.park_infrastructure.as_ref()?;
            RuleTerms { rate_bp: Some(rule.rate_bp), cap_fen: rule.cap_yuan.map(fen), ..none }
        }
        AwardRule::FirstAboveScale => {
            RuleTerms { amount_fen: Some(fen(awards.first_above_scale.as_ref()?.amount_yuan)), ..none }
        }
        AwardRule::RevenueMilestone => {
            let rule = awards.revenue_milestone.as_ref()?;
            RuleTerms {
                milestones_yi: rule.milestones_yi.clone(),
                in_park: Some(rule.in_park),
                rate_bp: Some(rule.rate_bp),
                cap_fen: rule.cap_yuan.map(fen),
                ..none
            }
        }
        AwardRule::SciencePlatform => {
            RuleTerms { amount_fen: Some(fen(awards.science_platform.as_ref()?.amount_yuan)), ..none }
        }
        AwardRule::JobAgency => {
            let rule = awards.job_agency.as_ref()?;
            RuleTerms {
                lowest_rate_fen: Some(fen(rule.lowest_rate_yuan)),
                highest_rate_fen: Some(fen(rule.highest_rate_yuan)),
                ..none
            }
        }
        AwardRule::PovertyReliefWorkshop => {
            let rule = awards.poverty_relief_workshop.as_ref()?;
            RuleTerms {
                contract_months: Some(rule.contract_months),
                per_year_fen: Some(fen(rule.per_year_yuan)),
                ..none
            }
        }
    })
}
