//! The rules, one a file: the facts, what makes them an error, and the checks in their order.

mod enclave;
mod enterprise_referral;
mod first_above_scale;
mod job_agency;
mod park_infrastructure;
mod poverty_relief_workshop;
mod referral;
mod revenue_milestone;
mod science_platform;
mod standard_factory;

pub use science_platform::{Approval, Level, PlatformKind};

use super::model::{AwardStatus, AwardStep};
use super::reading::FactSource;
use super::trace::{Judgement, Payable, Stop, Trace};
use crate::error::FieldError;
use crate::policies::Policy;
use crate::policies::awards::{AwardRule, Awards, Basis};
use crate::reference::Reference;
use serde::de::DeserializeOwned;

/// What a rule is: the facts that it reads, and how they are judged.
trait Facts: DeserializeOwned {
    /// The rule's data in a version.
    type Terms;

    /// None where the version has no such award.
    fn terms(awards: &Awards) -> Option<(&Self::Terms, &Basis)>;

    /// What is wrong with the facts beyond the form of each.
    ///
    /// # Errors
    /// The first fault, at its fact.
    fn sound(&self, _: &Self::Terms, _: &Reference) -> Result<(), FieldError> {
        Ok(())
    }

    /// The checks in their order, and the amount.
    fn judge(&self, terms: &Self::Terms, policy: &Policy, trace: &mut Trace<'_>) -> Judgement;
}

/// A judgement with its steps.
pub struct Judged {
    pub status: AwardStatus,
    pub payable: Payable,
    pub steps: Vec<AwardStep>,
}

/// Reads the facts of a rule and judges them by a version; `None` where the version has no such rule.
///
/// # Errors
/// The fault of a fact.
pub fn judge(
    rule: AwardRule,
    source: FactSource<'_>,
    policy: &Policy,
    reference: &Reference,
) -> Result<Option<Judged>, FieldError> {
    match rule {
        AwardRule::Referral => one::<referral::Referral>(source, policy, reference),
        AwardRule::EnterpriseReferral => {
            one::<enterprise_referral::EnterpriseReferral>(source, policy, reference)
        }
        AwardRule::Enclave => one::<enclave::Enclave>(source, policy, reference),
        AwardRule::StandardFactory => one::<standard_factory::StandardFactory>(source, policy, reference),
        AwardRule::ParkInfrastructure => {
            one::<park_infrastructure::ParkInfrastructure>(source, policy, reference)
        }
        AwardRule::FirstAboveScale => one::<first_above_scale::FirstAboveScale>(source, policy, reference),
        AwardRule::RevenueMilestone => one::<revenue_milestone::RevenueMilestone>(source, policy, reference),
        AwardRule::SciencePlatform => one::<science_platform::SciencePlatform>(source, policy, reference),
        AwardRule::JobAgency => one::<job_agency::JobAgency>(source, policy, reference),
        AwardRule::PovertyReliefWorkshop => {
            one::<poverty_relief_workshop::PovertyReliefWorkshop>(source, policy, reference)
        }
    }
}

fn one<F: Facts>(
    source: FactSource<'_>,
    policy: &Policy,
    reference: &Reference,
) -> Result<Option<Judged>, FieldError> {
    let Some((terms, basis)) = F::terms(&policy.award) else { return Ok(None) };
    let facts: F = source.facts()?;
    facts.sound(terms, reference)?;
    let mut trace = Trace::new(&basis.clause, policy.award.rounding);
    let nothing = Payable { amount: 0, payouts: None };
    let (status, payable) = match facts.judge(terms, policy, &mut trace) {
        Ok(payable) => (AwardStatus::Eligible, payable),
        Err(Stop::Status(status)) => (status, nothing),
        Err(Stop::Fault(fault)) => return Err(fault),
    };
    Ok(Some(Judged { status, payable, steps: trace.into_steps() }))
}
