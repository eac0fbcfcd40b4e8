//! 飞地招商, plan clause 三(四)2(3): the tax that the zone retains of an enterprise without land, to the counties that
//! brought it.

use super::Facts;
use crate::awards::facts::{Count, shares_are_whole};
use crate::awards::model::AwardStatus::{
    IndustryNotCovered, NotCountyReferred, NotRegisteredInZone, StatisticsOnly, UsesZoneLand,
};
use crate::awards::trace::{Judgement, Trace};
use crate::error::FieldError;
use crate::policies::Policy;
use crate::policies::awards::{Awards, Basis, Enclave as Terms};
use crate::reference::Reference;
use serde::{Deserialize, Serialize};

const SHARES: &str = "facts.county_shares_bp";

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Enclave {
    county_referred: bool,
    registered_in_zone: bool,
    uses_zone_land: bool,
    uses_county_land: bool,
    covered_industry: bool,
    /// 片区实际留存部分
    retained_tax_fen: Count,
    /// 企业享受的税收相关奖励资金
    tax_incentives_fen: Count,
    county_shares_bp: Vec<Count>,
}

impl Facts for Enclave {
    type Terms = Terms;

    fn terms(awards: &Awards) -> Option<(&Terms, &Basis)> {
        awards.enclave.as_ref().map(|terms| (terms, &terms.basis))
    }

    fn sound(&self, _: &Terms, _: &Reference) -> Result<(), FieldError> {
        shares_are_whole(SHARES, self.county_shares_bp.iter().copied())
    }

    fn judge(&self, terms: &Terms, _: &Policy, trace: &mut Trace<'_>) -> Judgement {
        trace.is(NotRegisteredInZone, "facts.registered_in_zone", self.registered_in_zone, true)?;
        trace.is(IndustryNotCovered, "facts.covered_industry", self.covered_industry, true)?;
        // On a county's land quota the statistics are the county's, and no money goes with them.
        trace.is(StatisticsOnly, "facts.uses_county_land", self.uses_county_land, false)?;
        trace.is(UsesZoneLand, "facts.uses_zone_land", self.uses_zone_land, false)?;
        trace.is(NotCountyReferred, "facts.county_referred", self.county_referred, true)?;
        let incentives = i128::from(self.tax_incentives_fen);
        let base = (i128::from(self.retained_tax_fen) - incentives).max(0);
        trace.less("facts.tax_incentives_fen", incentives, base);
        let amount = trace.rated("facts.retained_tax_fen", base, terms.rate_bp, terms.cap_yuan)?;
        let shares: Vec<i64> = self.county_shares_bp.iter().map(|share| share.0).collect();
        trace.paid(SHARES, amount, &shares, 0)
    }
}
