//! 首次上规入库, plan clause 三(六)1: a fixed amount for an enterprise that enters the register of above-scale industry
//! for the first time.

use super::Facts;
use crate::awards::facts::{Count, or_null};
use crate::awards::model::AwardStatus::{
    ExitedSameYear, IndustryNotCovered, NotFirstTime, NotInPark, NotIndustrial, SectorTransferExcluded,
};
use crate::awards::model::StepKind;
use crate::awards::trace::{Judgement, Payable, Trace};
use crate::policies::Policy;
use crate::policies::awards::{Awards, Basis, FirstAboveScale as Terms, fen};
use serde::{Deserialize, Serialize};

const EXITED: &str = "facts.exited_year";

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct FirstAboveScale {
    in_park: bool,
    covered_industry: bool,
    industrial: bool,
    first_time: bool,
    /// 转专业
    sector_transfer: bool,
    entered_year: Count,
    #[serde(deserialize_with = "or_null")]
    exited_year: Option<Count>,
}

impl Facts for FirstAboveScale {
    type Terms = Terms;

    fn terms(awards: &Awards) -> Option<(&Terms, &Basis)> {
        awards.first_above_scale.as_ref().map(|terms| (terms, &terms.basis))
    }

    fn judge(&self, terms: &Terms, _: &Policy, trace: &mut Trace<'_>) -> Judgement {
        trace.is(IndustryNotCovered, "facts.covered_industry", self.covered_industry, true)?;
        trace.is(NotIndustrial, "facts.industrial", self.industrial, true)?;
        trace.is(NotInPark, "facts.in_park", self.in_park, true)?;
        trace.is(SectorTransferExcluded, "facts.sector_transfer", self.sector_transfer, false)?;
        trace.is(NotFirstTime, "facts.first_time", self.first_time, true)?;
        let (entered, exited) = (self.entered_year.0, self.exited_year.map(|year| year.0));
        trace.check(ExitedSameYear, EXITED, exited, entered, exited != Some(entered))?;
        if let Some(year) = exited.filter(|year| *year > entered) {
            trace.note(StepKind::ExitedLater, EXITED, year.into());
        }
        let amount = fen(terms.amount_yuan);
        trace.fixed(None, amount, amount.into());
        Ok(Payable { amount, payouts: None })
    }
}
