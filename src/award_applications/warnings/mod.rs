//! What whoever reviews an application should know (domain/rules.md 1.3): found at each look, never kept, and nothing
//! waits for it. What domain/award-facts.md makes a status is none of these. Pure, with the day passed in.

pub mod view;

use super::county_cap::CountyCap;
use super::facts::Records;
use super::model::ApplicationStatus;
use crate::awards::Award;
use crate::awards::model::{AwardStatus, StepOutcome};
use crate::milestones::model::MilestoneKind;
use crate::money::yuan_text;
use crate::policies::awards::{AwardRule, Awards};
use crate::text_enum;
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value};

text_enum! {
    /// What a warning is about.
    pub enum AwardWarning {
        /// 引进 implies that the investor comes from elsewhere (R1).
        InvestorFromCity = "investor_from_city",
        /// Of the years that the award is computed from less was invested than the plan's share of what was agreed (R1).
        ActualBelowPlan = "actual_below_plan",
        /// What the year decides is not known before its end: who leaves the register again (R6), what the tenants paid (R4).
        YearNotOver = "year_not_over",
        /// A 固定资产投资补助 above the building's own investment (R4).
        AboveFixedInvestment = "above_fixed_investment",
        /// The figure equals a milestone, which it has to exceed (R7).
        EqualsMilestone = "equals_milestone",
        /// Eligible, and nothing to pay: the years that count have no investment (R2).
        NothingToPay = "nothing_to_pay",
        /// An enclave project whose county's recommendation has no day of filing (R3).
        NotRecommended = "not_recommended",
        /// It was filed after the company was registered (R3).
        RecommendedLate = "recommended_late",
        /// Other applications of the county and year hold a part of the cap that they keep together (R5).
        CountyCapShared = "county_cap_shared",
        /// With them it goes over the cap: it is not submitted, approved or paid so.
        CountyCapExceeded = "county_cap_exceeded",
        /// Others filed a leading referral of the project, too, and nothing was agreed on (R1).
        OtherFilers = "other_filers",
        /// The account in the register is another one than at the submission.
        AccountChanged = "account_changed",
        /// A payee goes by the name of somebody who works on awards.
        PossiblyOfficial = "possibly_official",
        /// Who reviews it keeps the lead that it came from (domain/roles.md).
        KeepsLead = "keeps_lead",
        /// Who is not paid stands among the payees.
        Payee = "payee",
        /// Something was found about a payee's filing.
        Filing = "filing",
        /// Of what was found about it, what needs a ruling (待裁定) and is neither the result nor ruled on.
        FilingRuling = "filing_ruling",
    }
}

impl AwardWarning {
    /// Whether the step ahead is refused while it stands; for the others nothing waits.
    pub fn blocks(self) -> bool {
        matches!(self, AwardWarning::CountyCapExceeded | AwardWarning::Payee)
    }
}

/// A warning with the parts of its sentence, and the page on which its matter stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warned {
    pub warning: AwardWarning,
    pub args: Vec<(&'static str, String)>,
    pub href: String,
}

/// An application as its reviewer has it before him.
pub struct Reviewed<'a> {
    pub rule: AwardRule,
    pub records: &'a Records,
    /// Frozen, or of now.
    pub facts: &'a Map<String, Value>,
    pub award: Option<&'a Award>,
    /// The rules of the version that it is computed by.
    pub terms: Option<&'a Awards>,
    pub status: ApplicationStatus,
    pub county_cap: Option<&'a CountyCap>,
    pub today: NaiveDate,
}

/// Everything to be said of it.
pub fn of(reviewed: &Reviewed<'_>) -> Vec<Warned> {
    let found = [
        from_city(reviewed),
        below_plan(reviewed),
        year_not_over(reviewed),
        above_investment(reviewed),
        equals_milestone(reviewed),
        nothing_to_pay(reviewed),
        recommended(reviewed),
        county_cap(reviewed),
        other_filers(reviewed),
    ];
    found.into_iter().flatten().collect()
}

fn warned(
    reviewed: &Reviewed<'_>,
    warning: AwardWarning,
    rest: &str,
    args: Vec<(&'static str, String)>,
) -> Warned {
    Warned { warning, args, href: format!("/projects/{}{rest}", reviewed.records.project.id) }
}

fn yuan(fen: i64) -> String {
    let mut text = String::new();
    yuan_text(&mut text, fen);
    text
}

fn from_city(reviewed: &Reviewed<'_>) -> Option<Warned> {
    let is_from_city = reviewed.records.from_outside == Some(false);
    (reviewed.rule == AwardRule::Referral && is_from_city)
        .then(|| warned(reviewed, AwardWarning::InvestorFromCity, "", Vec::new()))
}

/// Held against each other are those of the years that count of which somebody entered what was invested.
fn below_plan(reviewed: &Reviewed<'_>) -> Option<Warned> {
    let terms = reviewed.terms?.referral.as_ref().filter(|_| reviewed.rule == AwardRule::Referral)?;
    let share_bp = terms.warn_below_actual_bp?;
    let (_, years) = reviewed.records.contract.as_ref()?;
    let counted =
        years.iter().filter(|year| usize::try_from(year.year).is_ok_and(|n| n <= terms.contract_years));
    let (mut planned, mut actual, mut known) = (0_i64, 0_i64, 0_usize);
    for year in counted {
        let Some(invested) = year.actual_fixed_investment_fen else { continue };
        planned = planned.saturating_add(year.fixed_investment_fen);
        actual = actual.saturating_add(invested);
        known += 1;
    }
    let is_below = i128::from(actual) * 10_000 < i128::from(planned) * i128::from(share_bp);
    if known == 0 || !is_below {
        return None;
    }
    let args = vec![
        ("planned", yuan(planned)),
        ("actual", yuan(actual)),
        ("percent", super::forms::percent(share_bp)),
    ];
    Some(warned(reviewed, AwardWarning::ActualBelowPlan, "/contract", args))
}

fn year_not_over(reviewed: &Reviewed<'_>) -> Option<Warned> {
    let year = match reviewed.rule {
        AwardRule::FirstAboveScale => reviewed.facts.get("entered_year")?.as_i64()?,
        AwardRule::StandardFactory => {
            let reached: NaiveDate = reviewed.facts.get("threshold_reached_on")?.as_str()?.parse().ok()?;
            i64::from(reached.year())
        }
        _ => return None,
    };
    let is_over = year < i64::from(reviewed.today.year());
    let rest = if reviewed.rule == AwardRule::FirstAboveScale { "/milestones/above_scale" } else { "" };
    (!is_over).then(|| warned(reviewed, AwardWarning::YearNotOver, rest, vec![("year", year.to_string())]))
}

fn above_investment(reviewed: &Reviewed<'_>) -> Option<Warned> {
    let amount = reviewed.award.filter(|_| reviewed.rule == AwardRule::StandardFactory)?.amount_fen;
    let invested = reviewed.records.contract.as_ref()?.0.fixed_investment_fen?;
    let args = vec![("amount", yuan(amount)), ("invested", yuan(invested))];
    (amount > invested).then(|| warned(reviewed, AwardWarning::AboveFixedInvestment, "/contract", args))
}

fn equals_milestone(reviewed: &Reviewed<'_>) -> Option<Warned> {
    let is_noted = reviewed.award?.steps.iter().any(|step| step.outcome == StepOutcome::Noted);
    (is_noted && reviewed.rule == AwardRule::RevenueMilestone)
        .then(|| warned(reviewed, AwardWarning::EqualsMilestone, "", Vec::new()))
}

fn nothing_to_pay(reviewed: &Reviewed<'_>) -> Option<Warned> {
    let award = reviewed.award?;
    (award.status == AwardStatus::Eligible && award.amount_fen == 0)
        .then(|| warned(reviewed, AwardWarning::NothingToPay, "/contract", Vec::new()))
}

fn other_filers(reviewed: &Reviewed<'_>) -> Option<Warned> {
    let others = &reviewed.records.other_filers;
    let args = vec![("names", others.join("、"))];
    (!others.is_empty()).then(|| warned(reviewed, AwardWarning::OtherFilers, "/referral-shares", args))
}

/// What others hold of the cap, and whether the next step with money in it would go over it.
fn county_cap(reviewed: &Reviewed<'_>) -> Option<Warned> {
    use ApplicationStatus::*;
    let cap = reviewed.county_cap?;
    let (all, amount) = (cap.room(Submitted), reviewed.award?.amount_fen);
    let ahead = match reviewed.status {
        Draft | Returned => Submitted,
        Approved => Paid,
        Submitted | CountyReviewed | BureauReviewed | FinanceReviewed | InNotice | Objected => Approved,
        Paid | Archived | Refused | Withdrawn | Recovered => return None,
    };
    if all.codes.is_empty() {
        return None;
    }
    let (warning, room) = match cap.check(ahead, amount) {
        Ok(()) => (AwardWarning::CountyCapShared, all),
        Err(_) => (AwardWarning::CountyCapExceeded, cap.room(ahead)),
    };
    Some(Warned { warning, args: cap.told(&room), href: cap.list() })
}

/// A recommendation is to be filed before the company is registered in the zone.
fn recommended(reviewed: &Reviewed<'_>) -> Option<Warned> {
    let project = &reviewed.records.project;
    if reviewed.rule != AwardRule::Enclave || project.enclave_county.is_none() {
        return None;
    }
    let warn = |warning, args| Some(warned(reviewed, warning, "/edit", args));
    let Some(recommended) = project.recommended_on else {
        return warn(AwardWarning::NotRecommended, Vec::new());
    };
    let milestones = &reviewed.records.milestones;
    let registered = milestones.iter().find(|one| one.kind == MilestoneKind::CompanyRegistered)?.actual_on?;
    if recommended <= registered {
        return None;
    }
    let days = [("recommended", recommended), ("registered", registered)];
    warn(AwardWarning::RecommendedLate, days.map(|(name, day)| (name, day.to_string())).into())
}
