//! Refusing award rules that contradict themselves or the reference data, with the place named.

use super::{AwardRule, Awards, Basis};
use crate::policies::load::PolicyError;
use crate::policies::model::Policy;
use crate::reference::Reference;
use std::collections::BTreeSet;

/// The largest amount of a file: what in fen still fits.
const MAX_YUAN: i64 = i64::MAX / crate::money::YUAN;
/// The whole, in basis points.
const WHOLE: i64 = 10_000;

/// What is wrong: the place in the file, and what is wanted there.
type Wrong = (String, String);

/// Whether the rules of a version go together with themselves.
pub(in crate::policies) fn check(file: &str, policy: &Policy) -> Result<(), PolicyError> {
    of_all(&policy.award).and_then(|()| of_each(&policy.award)).map_err(|(place, wanted)| PolicyError {
        file: file.to_owned(),
        place,
        wanted,
    })
}

/// Whether the industries and units that a version's rules name are known.
pub fn check_known(file: &str, policy: &Policy, reference: &Reference) -> Result<(), PolicyError> {
    known(&policy.award, reference).map_err(|(place, wanted)| PolicyError {
        file: file.to_owned(),
        place,
        wanted,
    })
}

fn wrong(rule: AwardRule, field: &str, wanted: impl Into<String>) -> Wrong {
    (format!("award.{rule}.{field}"), wanted.into())
}

/// What all rules have: what they rest on, amounts, rates.
fn of_all(awards: &Awards) -> Result<(), Wrong> {
    for rule in awards.rules() {
        if let Some(basis) = awards.basis(rule) {
            of_basis(rule, basis)?;
        }
    }
    for (rule, field, yuan) in amounts(awards) {
        if !(0..=MAX_YUAN).contains(&yuan) {
            return Err(wrong(rule, &field, format!("an amount from 0 to {MAX_YUAN} yuan is wanted")));
        }
    }
    for (rule, field, bp) in rates(awards) {
        if !(0..=WHOLE).contains(&bp) {
            return Err(wrong(rule, field, "basis points from 0 to 10,000 are wanted"));
        }
    }
    Ok(())
}

fn of_basis(rule: AwardRule, basis: &Basis) -> Result<(), Wrong> {
    let at = |field: &str, wanted: &str| Err(wrong(rule, &format!("basis.{field}"), wanted));
    if basis.clause.trim().is_empty() {
        return at("clause", "the clause is wanted, such as 三(四)2(2)");
    }
    if basis.responsible.is_empty() {
        return at("responsible", "at least one unit is wanted");
    }
    if basis.compliance.is_empty() {
        return at("compliance", "at least one period is wanted");
    }
    for (at_index, period) in basis.compliance.iter().enumerate() {
        let place = |field: &str| format!("compliance {}, {field}", at_index + 1);
        if period.until.is_some_and(|until| until < period.from) {
            return at(&place("until"), "a day on or after `from` is wanted");
        }
        let Some(before) = at_index.checked_sub(1).and_then(|index| basis.compliance.get(index)) else {
            continue;
        };
        match before.until {
            Some(until) if period.from <= until => {
                return at(&place("from"), "it overlaps the period before it");
            }
            Some(until) if until.succ_opt() == Some(period.from) => {}
            Some(_) => return at(&place("from"), "the day after the period before it is wanted"),
            None => return at(&place("from"), "it overlaps the period before it, which has no `until`"),
        }
    }
    Ok(())
}

/// What single rules have.
fn of_each(awards: &Awards) -> Result<(), Wrong> {
    if let Some(referral) = &awards.referral {
        let rule = AwardRule::Referral;
        if referral.window.as_ref().is_some_and(|window| window.to < window.from) {
            return Err(wrong(rule, "window.to", "a day on or after `from` is wanted"));
        }
        if has_twice(&referral.industries) || referral.industries.is_empty() {
            return Err(wrong(rule, "industries", "industries are wanted, each once"));
        }
        if referral.contract_years == 0 {
            return Err(wrong(rule, "contract_years", "at least one year is wanted"));
        }
    }
    if let Some(enterprise) = &awards.enterprise_referral {
        let rule = AwardRule::EnterpriseReferral;
        if enterprise.threshold_yuan_of.is_empty() {
            return Err(wrong(rule, "threshold_yuan_of", "the threshold of an industry is wanted"));
        }
        if has_twice(&enterprise.readings) {
            return Err(wrong(rule, "readings", "each reading once is wanted"));
        }
        if !enterprise.readings.contains(&enterprise.default_reading) {
            return Err(wrong(rule, "default_reading", "one of `readings` is wanted"));
        }
    }
    if awards.standard_factory.as_ref().is_some_and(|factory| factory.within_months > 1_200) {
        return Err(wrong(AwardRule::StandardFactory, "within_months", "at most 1,200 months are wanted"));
    }
    if let Some(milestone) = &awards.revenue_milestone {
        let ascending = milestone.milestones_yi.windows(2).all(|pair| pair[0] < pair[1]);
        let sound = milestone.milestones_yi.iter().all(|yi| (1..=1_000_000).contains(yi));
        if milestone.milestones_yi.is_empty() || !ascending || !sound {
            return Err(wrong(
                AwardRule::RevenueMilestone,
                "milestones_yi",
                "milestones from 1 to 1,000,000 亿元 are wanted, ascending",
            ));
        }
    }
    if awards.job_agency.as_ref().is_some_and(|agency| agency.highest_rate_yuan < agency.lowest_rate_yuan) {
        return Err(wrong(AwardRule::JobAgency, "highest_rate_yuan", "at least the lowest rate is wanted"));
    }
    if awards.poverty_relief_workshop.as_ref().is_some_and(|workshop| workshop.contract_months < 0) {
        return Err(wrong(
            AwardRule::PovertyReliefWorkshop,
            "contract_months",
            "a number of 0 or more is wanted",
        ));
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
                return Err(wrong(rule, &format!("basis.{field}"), format!("there is no unit {unit}")));
            }
        }
    }
    let unknown = |code: &&String| reference.industry(code).is_none();
    let of_referral = awards.referral.iter().flat_map(|rule| &rule.industries);
    if let Some(code) = of_referral.into_iter().find(unknown) {
        return Err(wrong(AwardRule::Referral, "industries", format!("there is no industry {code}")));
    }
    let of_enterprise = awards.enterprise_referral.iter().flat_map(|rule| rule.threshold_yuan_of.keys());
    if let Some(code) = of_enterprise.into_iter().find(unknown) {
        let wanted = format!("there is no industry {code}");
        return Err(wrong(AwardRule::EnterpriseReferral, "threshold_yuan_of", wanted));
    }
    Ok(())
}

fn has_twice<T: Ord>(items: &[T]) -> bool {
    items.iter().collect::<BTreeSet<_>>().len() < items.len()
}
