//! 以企招商, plan clause 三(四)2(4): 2‰ of a year's contract investment net of land, to the enterprise that brought a
//! project of its chain from outside the city. An enterprise of another industry is supported in the same way.

use super::Facts;
use crate::awards::facts::{Count, or_null, present};
use crate::awards::model::AwardStatus::{
    AlreadyAwarded, BelowThreshold, NeedsRulingOtherCounty, NotChainProject, NotFromOutsideCity,
    NotInProduction,
};
use crate::awards::model::StepKind;
use crate::awards::trace::{Judgement, Payable, Trace, fault, figure, unknown_word};
use crate::error::FieldError;
use crate::policies::Policy;
use crate::policies::awards::{Awards, BaseReading, Basis, EnterpriseReferral as Terms, fen};
use crate::reference::Reference;
use serde::{Deserialize, Serialize};

const CHAIN: &str = "facts.chain_industry";
const PLAN: &str = "facts.annual_fixed_investment_fen";
const READING: &str = "facts.base_reading";

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct EnterpriseReferral {
    /// Code of the industry whose chain the project belongs to.
    chain_industry: String,
    contract_fixed_investment_fen: Count,
    land_premium_fen: Count,
    /// As the contract agrees, by its own years; the land within it stands beside it.
    annual_fixed_investment_fen: Vec<Count>,
    annual_land_premium_fen: Vec<Count>,
    in_production: bool,
    /// From 1.
    #[serde(deserialize_with = "or_null")]
    production_contract_year: Option<i64>,
    investor_from_outside_city: bool,
    introducer_same_county: bool,
    /// 参照上述政策给予同等支持: it changes nothing.
    introducer_other_industry: bool,
    chain_project: bool,
    already_awarded: bool,
    /// Left out: the version's default.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    base_reading: Option<BaseReading>,
}

impl Facts for EnterpriseReferral {
    type Terms = Terms;

    fn terms(awards: &Awards) -> Option<(&Terms, &Basis)> {
        awards.enterprise_referral.as_ref().map(|terms| (terms, &terms.basis))
    }

    fn sound(&self, terms: &Terms, reference: &Reference) -> Result<(), FieldError> {
        if reference.industry(&self.chain_industry).is_none() {
            let codes = reference.industries().iter().map(|industry| &industry.code);
            return Err(unknown_word(CHAIN, codes));
        }
        // An empty plan is null, and this one may not be null.
        if self.annual_fixed_investment_fen.is_empty() {
            return Err(fault(PLAN, "required"));
        }
        if self.annual_fixed_investment_fen.len() != self.annual_land_premium_fen.len() {
            return Err(fault("facts.annual_land_premium_fen", "unequal-plans"));
        }
        if !terms.readings.contains(&self.reading(terms)) {
            return Err(unknown_word(READING, terms.readings.iter().map(|it| it.as_str())));
        }
        if self.reading(terms) == BaseReading::ProductionYear && self.production_index().is_none() {
            return Err(fault("facts.production_contract_year", "no-such-contract-year"));
        }
        Ok(())
    }

    fn judge(&self, terms: &Terms, _: &Policy, trace: &mut Trace<'_>) -> Judgement {
        trace.is(
            NeedsRulingOtherCounty,
            "facts.introducer_same_county",
            self.introducer_same_county,
            true,
        )?;
        trace.is(
            NotFromOutsideCity,
            "facts.investor_from_outside_city",
            self.investor_from_outside_city,
            true,
        )?;
        trace.is(NotChainProject, "facts.chain_project", self.chain_project, true)?;
        // An industry that the plan has no chain of has no threshold either.
        let Some(threshold) = terms.threshold_yuan_of.get(&self.chain_industry).copied().map(fen) else {
            let chains: Vec<&str> = terms.threshold_yuan_of.keys().map(String::as_str).collect();
            trace.check(NotChainProject, CHAIN, self.chain_industry.as_str(), chains, false)?;
            return Ok(Payable { amount: 0, payouts: None });
        };
        let net = i128::from(self.contract_fixed_investment_fen) - i128::from(self.land_premium_fen);
        trace.less("facts.land_premium_fen", self.land_premium_fen.into(), net);
        let fact = "facts.contract_fixed_investment_fen";
        trace.check(BelowThreshold, fact, figure(net), threshold, net >= i128::from(threshold))?;
        trace.is(AlreadyAwarded, "facts.already_awarded", self.already_awarded, false)?;
        trace.is(NotInProduction, "facts.in_production", self.in_production, true)?;
        let reading = self.reading(terms);
        trace.reading(READING, reading, &terms.readings);
        let (investment, land) = self.years(reading);
        let base = if terms.land_in_base { investment } else { (investment - land).max(0) };
        if !terms.land_in_base {
            trace.less("facts.annual_land_premium_fen", land, base);
        }
        let amount = trace.rated(PLAN, base, terms.rate_bp, terms.cap_yuan)?;
        let earns = |other: &BaseReading| {
            let (investment, land) = self.years(*other);
            if terms.land_in_base { investment > 0 } else { investment > land }
        };
        if base == 0 && terms.readings.iter().any(earns) {
            trace.note(StepKind::OtherReading, READING, reading.as_str().into());
        }
        Ok(Payable { amount, payouts: None })
    }
}

impl EnterpriseReferral {
    fn reading(&self, terms: &Terms) -> BaseReading {
        self.base_reading.unwrap_or(terms.default_reading)
    }

    /// Where the year of production stands in the plan.
    fn production_index(&self) -> Option<usize> {
        let year = usize::try_from(self.production_contract_year?).ok()?;
        (1..=self.annual_fixed_investment_fen.len()).contains(&year).then(|| year - 1)
    }

    /// Investment of the years that a reading means, and the land within it, in fen; 0 for a year that is not known.
    fn years(&self, reading: BaseReading) -> (i128, i128) {
        let plan = self.annual_fixed_investment_fen.iter().zip(&self.annual_land_premium_fen);
        let mut years = plan.map(|(investment, land)| (i128::from(*investment), i128::from(*land)));
        let found = match reading {
            BaseReading::ContractYearOne => years.next(),
            BaseReading::AllYears => years.reduce(|all, year| (all.0 + year.0, all.1 + year.1)),
            BaseReading::ProductionYear => self.production_index().and_then(|at| years.nth(at)),
            // Of another rule: no version that is loaded has them here.
            BaseReading::ContractYears | BaseReading::ConstructionYears => None,
        };
        found.unwrap_or_default()
    }
}
