//! 园区基础设施补助, plan clause 三(二)3: a tenth of what a county invested in its parks last year.

use super::Facts;
use crate::awards::facts::Count;
use crate::awards::model::AwardStatus::{CategoryNotCovered, NeedsRulingNotACounty, NotPreviousYear};
use crate::awards::trace::{Judgement, Trace};
use crate::policies::Policy;
use crate::policies::awards::{Awards, Basis, ParkInfrastructure as Terms};
use serde::{Deserialize, Serialize};

const INVESTMENT: &str = "facts.actual_investment_fen";

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ParkInfrastructure {
    applicant_is_county: bool,
    /// Roads, water and drainage, standard factories and the like: a person's finding.
    covered_category: bool,
    previous_year: bool,
    /// One a project.
    actual_investment_fen: Vec<Count>,
}

impl Facts for ParkInfrastructure {
    type Terms = Terms;

    fn terms(awards: &Awards) -> Option<(&Terms, &Basis)> {
        awards.park_infrastructure.as_ref().map(|terms| (terms, &terms.basis))
    }

    fn judge(&self, terms: &Terms, _: &Policy, trace: &mut Trace<'_>) -> Judgement {
        trace.is(NeedsRulingNotACounty, "facts.applicant_is_county", self.applicant_is_county, true)?;
        trace.is(CategoryNotCovered, "facts.covered_category", self.covered_category, true)?;
        trace.is(NotPreviousYear, "facts.previous_year", self.previous_year, true)?;
        let investments: Vec<i64> = self.actual_investment_fen.iter().map(|project| project.0).collect();
        let base = investments.iter().copied().map(i128::from).sum();
        let amount = trace.rated(INVESTMENT, base, terms.rate_bp, terms.cap_yuan)?;
        trace.paid(INVESTMENT, amount, &investments, largest(&investments))
    }
}

/// Where the largest stands, the first of equals.
fn largest(investments: &[i64]) -> usize {
    let most = investments.iter().max();
    investments.iter().position(|one| Some(one) == most).unwrap_or_default()
}
