//! The facts of an application: what the records of its project know, what was entered, what is missing and where it
//! is put right. Pure, over records that were loaded.
//!
//! A fact that records keep is never entered with an application: it is put right where it belongs.

use super::wanted::{self, Wanted};
use crate::awards::model::AwardStatus;
use crate::db::Id;
use crate::error::{FieldError, FieldErrors};
use crate::milestones::model::{Milestone, MilestoneKind, MilestoneState};
use crate::policies::awards::AwardRule;
use crate::projects::model::{LandUse, Project};
use crate::projects::queries::{Contract, ContractKind, ContractYear};
use crate::projects::rules::{LandingFacts, landed};
use chrono::{Datelike, Months, NaiveDate};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What an application's facts are made of.
#[derive(Debug, Clone)]
pub struct Records {
    pub project: Project,
    pub contract: Option<(Contract, Vec<ContractYear>)>,
    pub milestones: Vec<Milestone>,
    /// In the order in which they filed; who did not, last.
    pub payees: Vec<PayeeRecord>,
    /// Whether the investor comes from outside the city; none where his origin does not say.
    pub from_outside: Option<bool>,
    /// Whether the project's county is the zone.
    pub in_zone: bool,
    /// Another application of the same project and rule was paid.
    pub already_awarded: bool,
    /// The plan's own industries, and those whose chains 以企招商 covers.
    pub industries: Vec<String>,
    pub chains: Vec<String>,
    /// Who filed a leading referral, too, and is not paid, although the referrers agreed on nothing; by name.
    pub other_filers: Vec<String>,
    /// Whether its enterprise was above scale in any year.
    pub above_scale_year: bool,
}

/// What is known of a payee.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PayeeRecord {
    pub referrer: Option<ReferrerRecord>,
    pub organisation: Option<String>,
    pub share_bp: i64,
    /// The first filing of this project in a leading role that was not withdrawn.
    pub filed_on: Option<NaiveDate>,
    /// Investor, county and bureau confirmed it.
    pub confirmed: bool,
}

/// A referrer as awards see him.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferrerRecord {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub region: Option<String>,
    pub uscc: Option<String>,
    /// Whether any payee of it is a public employee; none while nobody declared it.
    pub public_employee: Option<bool>,
    pub is_investor: bool,
    /// A team without a member.
    pub lacks_members: bool,
}

/// A fact that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its name, such as `signed_on` or `referrers[0].public_employee`.
    pub fact: String,
    /// The page on which it is entered.
    pub href: String,
}

/// The facts with what is missing among them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gathered {
    /// What records know.
    pub known: BTreeMap<String, Value>,
    /// What only a record may say, and none does.
    pub missing: Vec<Missing>,
    /// What records say is not so yet, such as a landing: it is computed all the same, and earns nothing.
    pub unfulfilled: Vec<Missing>,
    /// Facts that are entered with the application.
    pub open: Vec<&'static str>,
}

/// What the records know of a rule's facts; the rest is open to be entered.
pub fn gather(rule: AwardRule, records: &Records) -> Gathered {
    let mut found = Gathered::default();
    let home = Home { records, project: format!("/projects/{}", records.project.id) };
    for one in wanted::of(rule) {
        match home.fact(one.name) {
            Found::Known(value) => {
                found.known.insert(one.name.to_owned(), value);
            }
            Found::Missing(lacks) => found.missing.extend(lacks),
            Found::Open => found.open.push(one.name),
        }
        found.unfulfilled.extend(home.unfulfilled(one.name));
    }
    found
}

impl Gathered {
    /// The facts with what was entered, and what is missing of it: entered on the application's own page.
    pub fn with(
        &self,
        rule: AwardRule,
        entered: &Map<String, Value>,
        own: &str,
    ) -> (Map<String, Value>, Vec<Missing>) {
        let mut facts: Map<String, Value> =
            self.known.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let mut missing = self.missing.clone();
        for one in self.wanted(rule) {
            match entered.get(one.name) {
                Some(value) => {
                    facts.insert(one.name.to_owned(), value.clone());
                }
                None if one.nullable => {
                    facts.insert(one.name.to_owned(), Value::Null);
                }
                None if one.optional => {}
                None => missing.push(Missing { fact: one.name.to_owned(), href: own.to_owned() }),
            }
        }
        (facts, missing)
    }

    /// The facts that are entered.
    pub fn wanted(&self, rule: AwardRule) -> impl Iterator<Item = &'static Wanted> + use<'_> {
        wanted::of(rule).iter().filter(|one| self.open.contains(&one.name))
    }

    /// The facts that are entered, with a sound value in the place of each that is not known.
    pub fn sampled(&self, rule: AwardRule, entered: &Map<String, Value>) -> Map<String, Value> {
        let value = |one: &Wanted| {
            let known = self.known.get(one.name).or_else(|| entered.get(one.name));
            known.cloned().unwrap_or_else(|| wanted::sample(one))
        };
        wanted::of(rule).iter().map(|one| (one.name.to_owned(), value(one))).collect()
    }

    /// What is entered although it may not be: a fact of the records, or one that the rule does not know. What was
    /// there before may stay, as a record may have come to know it since.
    ///
    /// # Errors
    /// By fact.
    pub fn refuse(
        &self,
        rule: AwardRule,
        before: &Map<String, Value>,
        entered: &Map<String, Value>,
    ) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for (name, value) in entered {
            if before.get(name) == Some(value) || self.open.contains(&name.as_str()) {
                continue;
            }
            let is_wanted = wanted::of(rule).iter().any(|one| one.name == name);
            let code = if is_wanted { "award-fact-of-records" } else { "unknown-field" };
            errors.0.push(FieldError { field: format!("facts.{name}").into(), code, args: Vec::new() });
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// The facts as they would be if the head's ruling were a fact: what a `needs_ruling_…` status asks about is taken as
/// fulfilled, nothing else.
pub fn ruled(status: AwardStatus, mut facts: Map<String, Value>) -> Map<String, Value> {
    match status {
        AwardStatus::NeedsRulingLateFiling => {
            let signed = facts.get("signed_on").cloned().unwrap_or_default();
            facts.insert("filed_on".to_owned(), signed);
        }
        AwardStatus::NeedsRulingSelfReferral => {
            let referrers = facts.get_mut("referrers").and_then(Value::as_array_mut);
            for referrer in referrers.into_iter().flatten() {
                referrer["is_investor"] = json!(false);
            }
        }
        AwardStatus::NeedsRulingOtherCounty => {
            facts.insert("introducer_same_county".to_owned(), json!(true));
        }
        AwardStatus::NeedsRulingNotACounty => {
            facts.insert("applicant_is_county".to_owned(), json!(true));
        }
        _ => {}
    }
    facts
}

/// Whether the plan leaves it to a ruling.
pub fn needs_ruling(status: AwardStatus) -> bool {
    use AwardStatus::*;
    matches!(
        status,
        NeedsRulingLateFiling | NeedsRulingSelfReferral | NeedsRulingOtherCounty | NeedsRulingNotACounty
    )
}

enum Found {
    Known(Value),
    /// Only a record may say it.
    Missing(Vec<Missing>),
    Open,
}

impl Found {
    fn or_open(value: Option<bool>) -> Found {
        value.map_or(Found::Open, |is| Found::Known(is.into()))
    }
}

/// Where facts are at home.
struct Home<'a> {
    records: &'a Records,
    project: String,
}

impl Home<'_> {
    fn fact(&self, name: &'static str) -> Found {
        let (records, project) = (self.records, &self.records.project);
        match name {
            "industry" => Found::Known(json!(project.industry)),
            "supporting_project" => Found::Known(json!(project.supporting_project)),
            "covered_industry" => Found::Known(json!(records.industries.contains(&project.industry))),
            "landed" => Found::Known(json!(self.landed())),
            "in_park" => Found::Known(json!(project.park.is_some())),
            "already_awarded" => Found::Known(json!(records.already_awarded)),
            "accepted" => Found::Known(json!(self.verified(MilestoneKind::Completion).is_some())),
            "above_scale" => Found::Known(json!(
                records.above_scale_year || self.verified(MilestoneKind::AboveScale).is_some()
            )),
            "in_production" => Found::Known(json!(self.verified(MilestoneKind::Production).is_some())),
            "production_contract_year" => Found::Known(json!(self.production_year())),
            "construction_contract_year" => Found::Known(json!(self.construction_year())),
            "entered_year" => match self.verified(MilestoneKind::AboveScale) {
                Some(on) => Found::Known(json!(on.year())),
                None => self.lacks(name, "/milestones/above_scale"),
            },
            "total_investment_fen"
            | "signed_on"
            | "annual_fixed_investment_fen"
            | "annual_land_premium_fen"
            | "contract_fixed_investment_fen"
            | "land_premium_fen" => self.of_contract(name),
            "referrers" => self.referrers(),
            "filed_on" => Found::Known(json!(self.filed_on())),
            "county_shares_bp" => {
                Found::Known(records.payees.iter().map(|payee| json!(payee.share_bp)).collect())
            }
            "county_referred" => Found::Known(json!(project.enclave_county.is_some())),
            "registered_in_zone" => Found::Known(json!(
                records.in_zone && self.verified(MilestoneKind::CompanyRegistered).is_some()
            )),
            "uses_zone_land" => self.land(name, LandUse::Zone),
            "uses_county_land" => self.land(name, LandUse::County),
            "chain_industry" if records.chains.contains(&project.industry) => {
                Found::Known(json!(project.industry))
            }
            // 片区 is no 县区 (domain/rules.md, R5).
            "applicant_is_county" if records.in_zone => Found::Known(json!(false)),
            "investor_from_outside_city" => Found::or_open(records.from_outside),
            "introducer_same_county" => {
                let region = records.payees.iter().find_map(|payee| payee.referrer.as_ref()?.region.as_ref());
                Found::or_open(region.map(|region| *region == project.county))
            }
            "chain_project" if project.supporting_project => Found::Known(json!(true)),
            _ => Found::Open,
        }
    }

    fn lacks(&self, fact: &str, rest: &str) -> Found {
        Found::Missing(vec![Missing { fact: fact.to_owned(), href: format!("{}{rest}", self.project) }])
    }

    /// The day of a milestone that was verified.
    fn verified(&self, kind: MilestoneKind) -> Option<NaiveDate> {
        let of_kind = self.records.milestones.iter().find(|one| one.kind == kind)?;
        of_kind.actual_on.filter(|_| of_kind.state == MilestoneState::Verified)
    }

    fn landed(&self) -> bool {
        let formal = self.records.contract.as_ref().filter(|(one, _)| one.kind == ContractKind::Formal);
        landed(&LandingFacts {
            signed_on: formal.map(|(contract, _)| contract.signed_on),
            registered_on: self.verified(MilestoneKind::CompanyRegistered),
            started_on: self.verified(MilestoneKind::ConstructionStart),
        })
    }

    /// What has yet to be done for a fact, each with where it is entered. That a contract lacks is told by its own facts.
    fn unfulfilled(&self, name: &str) -> Vec<Missing> {
        let milestone = |kind: MilestoneKind| {
            let lacks = self.verified(kind).is_none();
            lacks.then(|| Missing {
                fact: kind.to_string(),
                href: format!("{}/milestones/{kind}", self.project),
            })
        };
        match name {
            "landed" => [MilestoneKind::CompanyRegistered, MilestoneKind::ConstructionStart]
                .into_iter()
                .filter_map(milestone)
                .collect(),
            "in_production" => milestone(MilestoneKind::Production).into_iter().collect(),
            "filed_on" => {
                let unfiled = self.records.payees.iter().filter(|payee| payee.filed_on.is_none());
                let code = &self.records.project.code;
                unfiled
                    .filter_map(|payee| payee.referrer.as_ref())
                    .map(|referrer| Missing {
                        fact: name.to_owned(),
                        href: format!("/filings/new?referrer={}&of={code}", referrer.code),
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Only a formal contract makes awards.
    fn of_contract(&self, name: &'static str) -> Found {
        let formal = self.records.contract.as_ref().filter(|(one, _)| one.kind == ContractKind::Formal);
        let Some((contract, years)) = formal else { return self.lacks(name, "/contract") };
        let plan = |of: fn(&ContractYear) -> i64| {
            // A year that is not in the plan is 0.
            let last = years.iter().map(|year| year.year).max().unwrap_or_default();
            (1..=last)
                .map(|number| years.iter().find(|year| year.year == number).map_or(0, of))
                .collect::<Vec<_>>()
        };
        let value = match name {
            "total_investment_fen" => Some(json!(contract.total_investment_fen)),
            "signed_on" => Some(json!(contract.signed_on)),
            "contract_fixed_investment_fen" => contract.fixed_investment_fen.map(Value::from),
            "land_premium_fen" => contract.land_premium_fen.map(Value::from),
            _ if years.is_empty() => None,
            "annual_fixed_investment_fen" => Some(json!(plan(|year| year.fixed_investment_fen))),
            _ => Some(json!(plan(|year| year.land_premium_fen))),
        };
        value.map_or_else(|| self.lacks(name, "/contract"), Found::Known)
    }

    /// The contract year in which construction started, whether or not the plan goes on so long; what began before the
    /// signing began in the first.
    fn construction_year(&self) -> Option<i64> {
        let (contract, _) = self.records.contract.as_ref()?;
        let on = self.verified(MilestoneKind::ConstructionStart)?;
        Some(on.years_since(contract.signed_on).map_or(1, |whole| i64::from(whole) + 1))
    }

    /// The year of the contract's plan in which production started; year 1 begins with the signing.
    fn production_year(&self) -> Option<i64> {
        let (contract, years) = self.records.contract.as_ref()?;
        let on = self.verified(MilestoneKind::Production)?;
        let begins = |year: i64| {
            let months = u32::try_from((year - 1) * 12).ok()?;
            contract.signed_on.checked_add_months(Months::new(months))
        };
        years.iter().map(|year| year.year).filter(|year| begins(*year).is_some_and(|first| first <= on)).max()
    }

    fn land(&self, name: &'static str, wanted: LandUse) -> Found {
        match self.records.project.land_use {
            Some(land_use) => Found::Known(json!(land_use == wanted)),
            None => self.lacks(name, "/edit"),
        }
    }

    /// The latest among the payees; none while one of them has not filed.
    fn filed_on(&self) -> Option<NaiveDate> {
        let days: Option<Vec<NaiveDate>> = self.records.payees.iter().map(|payee| payee.filed_on).collect();
        days?.into_iter().max()
    }

    fn referrers(&self) -> Found {
        let (mut known, mut missing) = (Vec::new(), Vec::new());
        for (at, payee) in self.records.payees.iter().enumerate() {
            let Some(referrer) = &payee.referrer else { continue };
            match referrer.public_employee {
                Some(public_employee) => known.push(json!({
                    "share_bp": payee.share_bp,
                    "public_employee": public_employee,
                    "is_investor": referrer.is_investor,
                })),
                None => missing.push(Missing {
                    fact: format!("referrers[{at}].public_employee"),
                    href: format!("/referrers/{}", referrer.id),
                }),
            }
        }
        if missing.is_empty() { Found::Known(Value::Array(known)) } else { Found::Missing(missing) }
    }
}
