//! 营收里程碑, plan clause 三(六)1: half of the municipal awards already paid for the milestones that the revenue
//! crossed for the first time. 突破 is more than the milestone, not as much.

use super::Facts;
use crate::awards::facts::{Count, Object, present};
use crate::awards::model::AwardStatus::{MilestoneNotCrossed, NoMunicipalAward, NotAboveScale, NotInPark};
use crate::awards::model::StepKind;
use crate::awards::trace::{Judgement, Payable, Trace, fault, figure};
use crate::error::FieldError;
use crate::money::YI;
use crate::policies::Policy;
use crate::policies::awards::{Awards, Basis, RevenueMilestone as Terms};
use crate::reference::Reference;
use serde::{Deserialize, Serialize};

const PAID: &str = "facts.municipal_awards_paid";
const PARK: &str = "facts.in_park";
const REVENUE: &str = "facts.revenue_fen";

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RevenueMilestone {
    above_scale: bool,
    highest_revenue_before_fen: Count,
    revenue_fen: Count,
    municipal_awards_paid: Vec<Object<MunicipalAward>>,
    /// Only read where the version asks for it, and needed there.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    in_park: Option<bool>,
}

/// What the city paid for a milestone.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct MunicipalAward {
    milestone_yi: Count,
    amount_fen: Count,
}

impl Facts for RevenueMilestone {
    type Terms = Terms;

    fn terms(awards: &Awards) -> Option<(&Terms, &Basis)> {
        awards.revenue_milestone.as_ref().map(|terms| (terms, &terms.basis))
    }

    fn sound(&self, terms: &Terms, _: &Reference) -> Result<(), FieldError> {
        if terms.in_park && self.in_park.is_none() { Err(fault(PARK, "required")) } else { Ok(()) }
    }

    fn judge(&self, terms: &Terms, _: &Policy, trace: &mut Trace<'_>) -> Judgement {
        trace.is(NotAboveScale, "facts.above_scale", self.above_scale, true)?;
        if terms.in_park {
            trace.is(NotInPark, PARK, self.in_park.unwrap_or_default(), true)?;
        }
        let of = |yi: i64| yi.saturating_mul(YI);
        if let Some(equal) = terms.milestones_yi.iter().find(|yi| of(**yi) == self.revenue_fen.0) {
            trace.note(StepKind::EqualsMilestone, REVENUE, of(*equal).into());
        }
        let before = self.highest_revenue_before_fen.0;
        let crossed: Vec<i64> = terms
            .milestones_yi
            .iter()
            .copied()
            .filter(|yi| before <= of(*yi) && of(*yi) < self.revenue_fen.0)
            .collect();
        let milestones: Vec<i64> = terms.milestones_yi.iter().copied().map(of).collect();
        let figures = vec![before, self.revenue_fen.0];
        trace.check(MilestoneNotCrossed, REVENUE, figures, milestones, !crossed.is_empty())?;
        let of_crossed =
            self.municipal_awards_paid.iter().filter(|paid| crossed.contains(&paid.milestone_yi.0));
        let paid: i128 = of_crossed.map(|paid| i128::from(paid.amount_fen)).sum();
        let crossed: Vec<i64> = crossed.into_iter().map(of).collect();
        trace.check(NoMunicipalAward, PAID, figure(paid), crossed, paid > 0)?;
        let amount = trace.rated(PAID, paid, terms.rate_bp, terms.cap_yuan)?;
        Ok(Payable { amount, payouts: None })
    }
}
