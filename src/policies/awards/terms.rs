//! What a version fixes for each award: `[award.<rule>]` of its file.

use super::{BaseReading, Basis};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Days, both included.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyAwardWindow)]
pub struct Window {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// 三(四)2(2)
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    pub basis: Basis,
    /// Days of signing that count; those of the version when left out.
    #[serde(default)]
    pub window: Option<Window>,
    pub industries: Vec<String>,
    /// Total investment from which on.
    pub threshold_yuan: i64,
    /// How many contract years make the base.
    pub contract_years: usize,
    /// Which years those are: of the contract where the version says nothing.
    #[serde(default = "contract_years")]
    pub readings: Vec<BaseReading>,
    #[serde(default = "of_contract")]
    pub default_reading: BaseReading,
    pub rate_bp: i64,
    #[serde(default)]
    pub cap_yuan: Option<i64>,
    /// Who reviews is warned when less than this share of what those years agree was really invested.
    #[serde(default)]
    pub warn_below_actual_bp: Option<i64>,
}

fn of_contract() -> BaseReading {
    BaseReading::ContractYears
}

fn contract_years() -> Vec<BaseReading> {
    vec![of_contract()]
}

/// 三(四)2(4)
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnterpriseReferral {
    pub basis: Basis,
    /// Contract investment less land from which on, by industry of the chain.
    pub threshold_yuan_of: BTreeMap<String, i64>,
    pub readings: Vec<BaseReading>,
    pub default_reading: BaseReading,
    /// Whether the land counts in the base, as it never does in the threshold (domain/rules.md, R2).
    #[serde(default)]
    pub land_in_base: bool,
    pub rate_bp: i64,
    #[serde(default)]
    pub cap_yuan: Option<i64>,
}

/// 三(四)2(3)
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enclave {
    pub basis: Basis,
    pub rate_bp: i64,
    #[serde(default)]
    pub cap_yuan: Option<i64>,
}

/// 三(二)2
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardFactory {
    pub basis: Basis,
    /// Occupied floor area of the whole, from which on.
    pub occupancy_bp: i64,
    /// Calendar months from being in use within which it is to be reached.
    pub within_months: u32,
    pub rate_bp: i64,
    #[serde(default)]
    pub cap_yuan: Option<i64>,
}

/// 三(二)3
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParkInfrastructure {
    pub basis: Basis,
    pub rate_bp: i64,
    /// A county a year.
    #[serde(default)]
    pub cap_yuan: Option<i64>,
}

/// 三(六)1
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstAboveScale {
    pub basis: Basis,
    pub amount_yuan: i64,
}

/// 三(六)1
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevenueMilestone {
    pub basis: Basis,
    /// Main revenue in 亿元, ascending.
    pub milestones_yi: Vec<i64>,
    /// Whether 入驻园区, said of the sentence before, is asked for here, too (domain/rules.md, R7).
    #[serde(default)]
    pub in_park: bool,
    /// Of the municipal awards.
    pub rate_bp: i64,
    #[serde(default)]
    pub cap_yuan: Option<i64>,
}

/// 三(四)1(1)
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SciencePlatform {
    pub basis: Basis,
    pub amount_yuan: i64,
}

/// 三(四)3(1)
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobAgency {
    pub basis: Basis,
    /// A worker, both included.
    pub lowest_rate_yuan: i64,
    pub highest_rate_yuan: i64,
}

/// 三(四)3(2)
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PovertyReliefWorkshop {
    pub basis: Basis,
    /// The shortest contract that counts.
    pub contract_months: i64,
    /// A worker a year, beside the social insurance paid.
    pub per_year_yuan: i64,
}
