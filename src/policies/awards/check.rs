//! Refusing award rules that contradict themselves or the reference data, with the place named.

use super::{AwardRule, Awards, BaseReading, Basis};
use crate::policies::fault::{Fault, Place, PolicyError};
use crate::policies::model::Policy;
use crate::policies::reading;
use crate::policies::reading::has_twice;
use crate::reference::Reference;

/// The largest amount of a file: what in fen still fits.
pub(super) const MAX_YUAN: i64 = i64::MAX / crate::money::YUAN;
/// The whole, in basis points.
const WHOLE: i64 = 10_000;
/// Contract years that a plan has at most, as those of a contract.
const MOST_YEARS: usize = 50;

/// What is wrong with a rule, and at which of its keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    rule: AwardRule,
    field: String,
    fault: Fault,
}

impl Wrong {
    /// Where it stands in the text of the version.
    pub fn place(&self, text: &str) -> Place {
        reading::place_of(text, &format!("award.{}", self.rule), &self.field)
    }

    pub fn error(self, file: &str, text: &str) -> PolicyError {
        PolicyError { file: file.to_owned(), place: self.place(text), fault: self.fault }
    }
}

/// Whether the rules of a version go together with themselves.
pub(in crate::policies) fn check(policy: &Policy) -> Result<(), Wrong> {
    of_all(&policy.award)?;
    of_each(&policy.award)?;
    with_version(policy)
}

/// Whether the industries and units that a version's rules name are known.
pub fn check_known(policy: &Policy, reference: &Reference) -> Result<(), Wrong> {
    known(&policy.award, reference)
}

pub(super) fn wrong(rule: AwardRule, field: &str, fault: Fault) -> Wrong {
    Wrong { rule, field: field.to_owned(), fault }
}

/// What all rules have: what they rest on, amounts, rates.
fn of_all(awards: &Awards) -> Result<(), Wrong> {
    for rule in awards.rules() {
        if let Some(basis) = awards.basis(rule) {
            of_basis(rule, basis)?;
        }
    }
    for (rule, field, yuan) in amounts(awards) {
        if yuan == 0 && is_promised(&field) {
            return Err(wrong(rule, &field, Fault::NoAmount));
        }
        if !(0..=MAX_YUAN).contains(&yuan) {
            return Err(wrong(rule, &field, Fault::Amount(MAX_YUAN)));
        }
    }
    for (rule, field, bp) in rates(awards) {
        if !(1..=WHOLE).contains(&bp) {
            return Err(wrong(rule, field, Fault::Rate));
        }
    }
    Ok(())
}

/// What a plan gives or gives at the most: of nothing it would say nothing. A threshold of 0 is one.
fn is_promised(field: &str) -> bool {
    matches!(field, "cap_yuan" | "amount_yuan" | "highest_rate_yuan")
}

/// What a rule and its version say of the same thing.
fn with_version(policy: &Policy) -> Result<(), Wrong> {
    if let Some(window) = policy.award.referral.as_ref().and_then(|referral| referral.window.as_ref())
        && (window.to < policy.from || policy.to < window.from)
    {
        let field = if window.to < policy.from { "window.to" } else { "window.from" };
        return Err(wrong(AwardRule::Referral, field, Fault::WindowOutside));
    }
    // A chain of the plan is one of its industries.
    let chains = policy.award.enterprise_referral.iter().flat_map(|rule| rule.threshold_yuan_of.keys());
    if let Some(code) = chains.into_iter().find(|code| !policy.pool.industries.contains(code)) {
        let field = format!("threshold_yuan_of.{code}");
        return Err(wrong(AwardRule::EnterpriseReferral, &field, Fault::NotAmongIndustries(code.clone())));
    }
    Ok(())
}

fn of_basis(rule: AwardRule, basis: &Basis) -> Result<(), Wrong> {
    let at = |field: &str, fault: Fault| Err(wrong(rule, &format!("basis.{field}"), fault));
    if basis.clause.trim().is_empty() {
        return at("clause", Fault::Missing);
    }
    if basis.document.trim().is_empty() {
        return at("document", Fault::Missing);
    }
    if basis.responsible.is_empty() {
        return at("responsible", Fault::Empty);
    }
    if has_twice(&basis.responsible) {
        return at("responsible", Fault::Twice);
    }
    if has_twice(&basis.supporting) || basis.supporting.iter().any(|unit| basis.responsible.contains(unit)) {
        return at("supporting", Fault::Twice);
    }
    if basis.papers.iter().enumerate().any(|(at, paper)| basis.papers[..at].contains(paper)) {
        return at("papers", Fault::Twice);
    }
    if basis.compliance.is_empty() {
        return at("compliance", Fault::Empty);
    }
    for (at_index, period) in basis.compliance.iter().enumerate() {
        let place = |field: &str| format!("compliance {}, {field}", at_index + 1);
        if period.until.is_some_and(|until| until < period.from) {
            return at(&place("until"), Fault::EndsBeforeStart);
        }
        let Some(before) = at_index.checked_sub(1).and_then(|index| basis.compliance.get(index)) else {
            continue;
        };
        match before.until {
            Some(until) if period.from <= until => {
                return at(&place("from"), Fault::Overlaps);
            }
            Some(until) if until.succ_opt() == Some(period.from) => {}
            Some(_) => return at(&place("from"), Fault::Gap),
            None => return at(&place("from"), Fault::Overlaps),
        }
    }
    Ok(())
}

/// What single rules have.
fn of_each(awards: &Awards) -> Result<(), Wrong> {
    if let Some(referral) = &awards.referral {
        let rule = AwardRule::Referral;
        if referral.window.as_ref().is_some_and(|window| window.to < window.from) {
            return Err(wrong(rule, "window.to", Fault::EndsBeforeStart));
        }
        if referral.industries.is_empty() {
            return Err(wrong(rule, "industries", Fault::Empty));
        }
        if has_twice(&referral.industries) {
            return Err(wrong(rule, "industries", Fault::Twice));
        }
        if referral.contract_years == 0 {
            return Err(wrong(rule, "contract_years", Fault::Empty));
        }
        if referral.contract_years > MOST_YEARS {
            return Err(wrong(rule, "contract_years", Fault::TooLarge(50)));
        }
        of_readings(rule, &referral.readings, referral.default_reading)?;
    }
    if let Some(enterprise) = &awards.enterprise_referral {
        let rule = AwardRule::EnterpriseReferral;
        if enterprise.threshold_yuan_of.is_empty() {
            return Err(wrong(rule, "threshold_yuan_of", Fault::Empty));
        }
        of_readings(rule, &enterprise.readings, enterprise.default_reading)?;
    }
    if awards.standard_factory.as_ref().is_some_and(|factory| factory.within_months == 0) {
        return Err(wrong(AwardRule::StandardFactory, "within_months", Fault::Empty));
    }
    if awards.standard_factory.as_ref().is_some_and(|factory| factory.within_months > 1_200) {
        return Err(wrong(AwardRule::StandardFactory, "within_months", Fault::TooLarge(1_200)));
    }
    if let Some(milestone) = &awards.revenue_milestone {
        let ascending = milestone.milestones_yi.windows(2).all(|pair| pair[0] < pair[1]);
        let sound = milestone.milestones_yi.iter().all(|yi| (1..=1_000_000).contains(yi));
        if milestone.milestones_yi.is_empty() || !ascending || !sound {
            return Err(wrong(AwardRule::RevenueMilestone, "milestones_yi", Fault::NotAscending));
        }
    }
    if awards.job_agency.as_ref().is_some_and(|agency| agency.highest_rate_yuan < agency.lowest_rate_yuan) {
        return Err(wrong(AwardRule::JobAgency, "highest_rate_yuan", Fault::BelowLowest));
    }
    if awards.poverty_relief_workshop.as_ref().is_some_and(|workshop| workshop.contract_months < 0) {
        return Err(wrong(AwardRule::PovertyReliefWorkshop, "contract_months", Fault::Negative));
    }
    if awards.poverty_relief_workshop.as_ref().is_some_and(|workshop| workshop.contract_months > 1_200) {
        return Err(wrong(AwardRule::PovertyReliefWorkshop, "contract_months", Fault::TooLarge(1_200)));
    }
    Ok(())
}

fn of_readings(rule: AwardRule, readings: &[BaseReading], default: BaseReading) -> Result<(), Wrong> {
    if readings.iter().any(|reading| !BaseReading::of(rule).contains(reading)) {
        return Err(wrong(rule, "readings", Fault::ReadingOfAnother));
    }
    if has_twice(readings) {
        return Err(wrong(rule, "readings", Fault::Twice));
    }
    if !readings.contains(&default) {
        return Err(wrong(rule, "default_reading", Fault::NotAmongReadings));
    }
    Ok(())
}

/// Every amount of the rules, in yuan, with its field.
fn amounts(awards: &Awards) -> Vec<(AwardRule, String, i64)> {
    let mut found = Vec::new();
    let mut add = |rule, field: &str, yuan: Option<i64>| {
        found.extend(yuan.map(|yuan| (rule, field.to_owned(), yuan)));
    };
    if let Some(rule) = &awards.referral {
        add(AwardRule::Referral, "threshold_yuan", Some(rule.threshold_yuan));
        add(AwardRule::Referral, "cap_yuan", rule.cap_yuan);
    }
    if let Some(rule) = &awards.enterprise_referral {
        for (industry, yuan) in &rule.threshold_yuan_of {
            let field = format!("threshold_yuan_of.{industry}");
            add(AwardRule::EnterpriseReferral, &field, Some(*yuan));
        }
        add(AwardRule::EnterpriseReferral, "cap_yuan", rule.cap_yuan);
    }
    add(AwardRule::Enclave, "cap_yuan", awards.enclave.as_ref().and_then(|rule| rule.cap_yuan));
    add(
        AwardRule::StandardFactory,
        "cap_yuan",
        awards.standard_factory.as_ref().and_then(|rule| rule.cap_yuan),
    );
    add(
        AwardRule::ParkInfrastructure,
        "cap_yuan",
        awards.park_infrastructure.as_ref().and_then(|rule| rule.cap_yuan),
    );
    add(
        AwardRule::FirstAboveScale,
        "amount_yuan",
        awards.first_above_scale.as_ref().map(|rule| rule.amount_yuan),
    );
    add(
        AwardRule::RevenueMilestone,
        "cap_yuan",
        awards.revenue_milestone.as_ref().and_then(|rule| rule.cap_yuan),
    );
    add(
        AwardRule::SciencePlatform,
        "amount_yuan",
        awards.science_platform.as_ref().map(|rule| rule.amount_yuan),
    );
    if let Some(rule) = &awards.job_agency {
        add(AwardRule::JobAgency, "lowest_rate_yuan", Some(rule.lowest_rate_yuan));
        add(AwardRule::JobAgency, "highest_rate_yuan", Some(rule.highest_rate_yuan));
    }
    add(
        AwardRule::PovertyReliefWorkshop,
        "per_year_yuan",
        awards.poverty_relief_workshop.as_ref().map(|rule| rule.per_year_yuan),
    );
    found
}

/// Every rate of the rules, with its field.
fn rates(awards: &Awards) -> Vec<(AwardRule, &'static str, i64)> {
    let factory = awards.standard_factory.as_ref();
    let found = [
        (AwardRule::Referral, "rate_bp", awards.referral.as_ref().map(|rule| rule.rate_bp)),
        (
            AwardRule::Referral,
            "warn_below_actual_bp",
            awards.referral.as_ref().and_then(|rule| rule.warn_below_actual_bp),
        ),
        (
            AwardRule::EnterpriseReferral,
            "rate_bp",
            awards.enterprise_referral.as_ref().map(|rule| rule.rate_bp),
        ),
        (AwardRule::Enclave, "rate_bp", awards.enclave.as_ref().map(|rule| rule.rate_bp)),
        (AwardRule::StandardFactory, "rate_bp", factory.map(|rule| rule.rate_bp)),
        (AwardRule::StandardFactory, "occupancy_bp", factory.map(|rule| rule.occupancy_bp)),
        (
            AwardRule::ParkInfrastructure,
            "rate_bp",
            awards.park_infrastructure.as_ref().map(|rule| rule.rate_bp),
        ),
        (AwardRule::RevenueMilestone, "rate_bp", awards.revenue_milestone.as_ref().map(|rule| rule.rate_bp)),
    ];
    found.into_iter().filter_map(|(rule, field, bp)| bp.map(|bp| (rule, field, bp))).collect()
}

fn known(awards: &Awards, reference: &Reference) -> Result<(), Wrong> {
    for rule in awards.rules() {
        let Some(basis) = awards.basis(rule) else { continue };
        for (field, units) in [("responsible", &basis.responsible), ("supporting", &basis.supporting)] {
            let unknown = units.iter().find(|id| reference.units().iter().all(|unit| unit.id != **id));
            if let Some(unit) = unknown {
                return Err(wrong(rule, &format!("basis.{field}"), Fault::UnknownUnit(unit.clone())));
            }
        }
    }
    let unknown = |code: &&String| reference.industry(code).is_none();
    let of_referral = awards.referral.iter().flat_map(|rule| &rule.industries);
    if let Some(code) = of_referral.into_iter().find(unknown) {
        return Err(wrong(AwardRule::Referral, "industries", Fault::UnknownIndustry(code.clone())));
    }
    let of_enterprise = awards.enterprise_referral.iter().flat_map(|rule| rule.threshold_yuan_of.keys());
    if let Some(code) = of_enterprise.into_iter().find(unknown) {
        let fault = Fault::UnknownIndustry(code.clone());
        return Err(wrong(AwardRule::EnterpriseReferral, "threshold_yuan_of", fault));
    }
    Ok(())
}
