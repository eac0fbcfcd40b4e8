//! 引荐奖励, plan clause 三(四)2(2): 1‰ of the first contract years' fixed-asset investment to who brought the project.

use super::Facts;
use crate::awards::facts::{Count, Day, Object, or_null, present, shares_are_whole};
use crate::awards::model::AwardStatus;
use crate::awards::model::AwardStatus::{
    BelowThreshold, IndustryNotCovered, MissingAnnualPlan, NeedsRulingLateFiling, NeedsRulingSelfReferral,
    NotFiled, NotLanded, OutsidePolicyWindow, PublicEmployeeExcluded,
};
use crate::awards::trace::{Judgement, Stop, Trace, fault, unknown_word};
use crate::error::FieldError;
use crate::policies::Policy;
use crate::policies::awards::{Awards, BaseReading, Basis, Referral as Terms, fen};
use crate::reference::Reference;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const PLAN: &str = "facts.annual_fixed_investment_fen";
const REFERRERS: &str = "facts.referrers";
const READING: &str = "facts.base_reading";

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Referral {
    /// Code of an industry of the reference data.
    industry: String,
    /// 配套项目, a person's finding.
    supporting_project: bool,
    total_investment_fen: Count,
    /// As the contract agrees, by its own years.
    #[serde(deserialize_with = "or_null")]
    annual_fixed_investment_fen: Option<Vec<Count>>,
    signed_on: Day,
    /// The latest filing among the payees.
    #[serde(deserialize_with = "or_null")]
    filed_on: Option<Day>,
    landed: bool,
    /// In the order of filing.
    referrers: Vec<Object<Referrer>>,
    /// Left out: the version's default.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    base_reading: Option<BaseReading>,
    /// In which construction started, from 1; only read where the base begins with it.
    #[serde(default)]
    construction_contract_year: Option<i64>,
}

/// A payee.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Referrer {
    share_bp: Count,
    public_employee: bool,
    is_investor: bool,
}

impl Facts for Referral {
    type Terms = Terms;

    fn terms(awards: &Awards) -> Option<(&Terms, &Basis)> {
        awards.referral.as_ref().map(|terms| (terms, &terms.basis))
    }

    fn sound(&self, terms: &Terms, reference: &Reference) -> Result<(), FieldError> {
        if reference.industry(&self.industry).is_none() {
            let codes = reference.industries().iter().map(|industry| &industry.code);
            return Err(unknown_word("facts.industry", codes));
        }
        if !terms.readings.contains(&self.reading(terms)) {
            return Err(unknown_word(READING, terms.readings.iter().map(|it| it.as_str())));
        }
        shares_are_whole(REFERRERS, self.referrers.iter().map(|referrer| referrer.share_bp))
    }

    fn judge(&self, terms: &Terms, policy: &Policy, trace: &mut Trace<'_>) -> Judgement {
        self.project(terms, policy, trace)?;
        self.payees(trace)?;
        trace.is(NotLanded, "facts.landed", self.landed, true)?;
        // An empty plan is none.
        let plan = self.annual_fixed_investment_fen.as_deref().filter(|plan| !plan.is_empty());
        let years = plan.map(|plan| plan.iter().map(|year| year.0).collect::<Vec<_>>());
        trace.check(MissingAnnualPlan, PLAN, years, Value::Null, plan.is_some())?;
        trace.reading(READING, self.reading(terms), &terms.readings);
        let counted =
            plan.unwrap_or_default().iter().skip(self.first_year(terms)?).take(terms.contract_years);
        let base = counted.map(|year| i128::from(*year)).sum();
        let amount = trace.rated(PLAN, base, terms.rate_bp, terms.cap_yuan)?;
        let shares: Vec<i64> = self.referrers.iter().map(|referrer| referrer.share_bp.0).collect();
        // What is left over goes to the first who filed.
        trace.paid(REFERRERS, amount, &shares, 0)
    }
}

impl Referral {
    fn reading(&self, terms: &Terms) -> BaseReading {
        self.base_reading.unwrap_or(terms.default_reading)
    }

    /// Where the first year that counts stands in the plan. A year after its last one has nothing agreed.
    fn first_year(&self, terms: &Terms) -> Result<usize, Stop> {
        if self.reading(terms) != BaseReading::ConstructionYears {
            return Ok(0);
        }
        let year = self.construction_contract_year.and_then(|year| usize::try_from(year).ok());
        let before = year.and_then(|year| year.checked_sub(1));
        before.ok_or_else(|| Stop::Fault(fault("facts.construction_contract_year", "no-such-contract-year")))
    }

    fn project(&self, terms: &Terms, policy: &Policy, trace: &mut Trace<'_>) -> Result<(), Stop> {
        let window = terms.window.as_ref();
        let (from, to) = window.map_or((policy.from, policy.to), |window| (window.from, window.to));
        let signed = self.signed_on.0;
        let covered = (from..=to).contains(&signed);
        trace.check(OutsidePolicyWindow, "facts.signed_on", json!(signed), json!([from, to]), covered)?;
        if self.supporting_project && !terms.industries.contains(&self.industry) {
            trace.is(IndustryNotCovered, "facts.supporting_project", true, true)?;
        } else {
            let covered = terms.industries.contains(&self.industry);
            let against = terms.industries.as_slice();
            trace.check(IndustryNotCovered, "facts.industry", self.industry.as_str(), against, covered)?;
        }
        let (total, threshold) = (self.total_investment_fen.0, fen(terms.threshold_yuan));
        let fact = "facts.total_investment_fen";
        trace.check(BelowThreshold, fact, total, threshold, total >= threshold)
    }

    fn payees(&self, trace: &mut Trace<'_>) -> Result<(), Stop> {
        let mut none = |status: AwardStatus, name: &str, is: fn(&Referrer) -> bool| match self
            .referrers
            .iter()
            .position(|referrer| is(referrer))
        {
            Some(at) => trace.check(status, format!("{REFERRERS}[{at}].{name}"), true, false, false),
            None => trace.check(status, REFERRERS, false, false, true),
        };
        none(PublicEmployeeExcluded, "public_employee", |referrer| referrer.public_employee)?;
        none(NeedsRulingSelfReferral, "is_investor", |referrer| referrer.is_investor)?;
        let fact = "facts.filed_on";
        trace.check(NotFiled, fact, json!(self.filed_on), Value::Null, self.filed_on.is_some())?;
        let late = self.filed_on.is_some_and(|filed| filed > self.signed_on);
        trace.check(NeedsRulingLateFiling, fact, json!(self.filed_on), json!(self.signed_on), !late)
    }
}
