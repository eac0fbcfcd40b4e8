//! What the award rules of a version must say of its industries and of its days (`policies::sense`).

use super::check::{Wrong, wrong};
use super::{AwardRule, Basis};
use crate::policies::fault::Fault;
use crate::policies::model::Policy;

/// The first rule that does not go together with its version, with its place.
pub(in crate::policies) fn check_sense(policy: &Policy) -> Result<(), Wrong> {
    if let Some(referral) = &policy.award.referral {
        // As the chains of an enterprise referral: what is awarded is of the plan's industries.
        if let Some(code) = referral.industries.iter().find(|code| !policy.pool.industries.contains(code)) {
            return Err(wrong(AwardRule::Referral, "industries", Fault::NotAmongIndustries(code.clone())));
        }
        if let Some(window) = &referral.window {
            for (field, day) in [("window.from", window.from), ("window.to", window.to)] {
                if !policy.covers(day) {
                    return Err(wrong(AwardRule::Referral, field, Fault::WindowOutside));
                }
            }
        }
    }
    for rule in policy.award.rules() {
        if let Some(basis) = policy.award.basis(rule) {
            of_basis(policy, rule, basis)?;
        }
    }
    Ok(())
}

/// A rule has a status on each day of its version, and each status says what it follows from.
fn of_basis(policy: &Policy, rule: AwardRule, basis: &Basis) -> Result<(), Wrong> {
    let at = |nth: usize, field: &str, fault: Fault| {
        Err(wrong(rule, &format!("basis.compliance {}, {field}", nth + 1), fault))
    };
    if let Some(nth) = basis.compliance.iter().position(|period| period.basis.trim().is_empty()) {
        return at(nth, "basis", Fault::Missing);
    }
    if basis.compliance.first().is_some_and(|first| policy.from < first.from) {
        return at(0, "from", Fault::Uncovered);
    }
    match basis.compliance.last().and_then(|last| last.until) {
        Some(until) if until < policy.to => at(basis.compliance.len() - 1, "until", Fault::Uncovered),
        _ => Ok(()),
    }
}
