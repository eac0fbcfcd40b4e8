//! What the region may grant at the most (自治区, plan clauses 三(六)1 and 三(六)2): `[[estimate]]` of a version's file.
//! Ceilings of estimates, never payable: `crate::awards::estimates`.

use super::check::MAX_YUAN;
use crate::policies::fault::Fault;
use crate::text_enum;
use serde::Deserialize;

text_enum! {
    /// What is striven for (争取).
    pub enum EstimateKind {
        /// 技术改造, “千企技改”
        TechnicalUpgrade = "technical_upgrade",
        /// 工业机器人购置
        IndustrialRobots = "industrial_robots",
        /// 自治区企业技术中心
        EnterpriseTechnologyCentre = "enterprise_technology_centre",
        /// 自治区技术创新示范企业
        InnovationDemonstration = "innovation_demonstration",
        /// 自治区级绿色工厂
        GreenFactory = "green_factory",
        /// 广西工业企业质量管理标杆
        QualityBenchmark = "quality_benchmark",
        /// 自治区级单项冠军企业
        SingleChampion = "single_champion",
        /// 自治区级工业龙头企业
        LeadingEnterprise = "leading_enterprise",
    }
}

text_enum! {
    /// Whose grant it is.
    pub enum Grantor {
        /// 自治区
        Region = "region",
    }
}

/// A ceiling: a rate of what was invested, or an amount.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    pub kind: EstimateKind,
    /// The clause it stands in.
    pub clause: String,
    pub granted_by: Grantor,
    #[serde(default)]
    pub rate_bp: Option<i64>,
    #[serde(default)]
    pub amount_yuan: Option<i64>,
    /// So many sets at least, this number included.
    #[serde(default)]
    pub least_sets: Option<i64>,
    /// Only for enterprises above scale.
    #[serde(default)]
    pub above_scale: bool,
}

/// The first key of an estimate that contradicts itself or another one, by which of them it is.
pub(in crate::policies) fn wrong(estimates: &[Estimate]) -> Option<(usize, &'static str, Fault)> {
    estimates.iter().enumerate().find_map(|(nth, one)| {
        let fault = if one.clause.trim().is_empty() {
            ("clause", Fault::Missing)
        } else if estimates[..nth].iter().any(|other| other.kind == one.kind) {
            ("kind", Fault::Twice)
        } else if one.rate_bp.is_some() == one.amount_yuan.is_some() {
            ("amount_yuan", if one.rate_bp.is_some() { Fault::Twice } else { Fault::Missing })
        } else if one.rate_bp.is_some_and(|bp| !(1..=10_000).contains(&bp)) {
            ("rate_bp", Fault::Rate)
        } else if one.amount_yuan == Some(0) {
            ("amount_yuan", Fault::NoAmount)
        } else if one.amount_yuan.is_some_and(|yuan| !(1..=MAX_YUAN).contains(&yuan)) {
            ("amount_yuan", Fault::Amount(MAX_YUAN))
        } else if one.least_sets.is_some_and(|sets| sets < 0) {
            ("least_sets", Fault::Negative)
        } else if one.least_sets == Some(0) {
            ("least_sets", Fault::Empty)
        } else {
            return None;
        };
        Some((nth, fault.0, fault.1))
    })
}
