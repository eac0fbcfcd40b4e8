//! Loading what the facts of an application are made of, and having the engine compute them.

use super::facts::{Gathered, Missing, PayeeRecord, Records, gather, needs_ruling};
use super::identities::{self, Named};
use super::model::Payee;
use super::payees::{self, Unshared};
use super::queries::{self, filed};
use crate::app::Tools;
use crate::awards::model::AwardStatus;
use crate::awards::question::Question;
use crate::awards::{Award, Engine};
use crate::companies;
use crate::companies::identity::Identity;
use crate::companies::queries::Company;
use crate::db::{AnyConn, Id};
use crate::employment;
use crate::error::{AppError, FieldError};
use crate::milestones;
use crate::milestones::model::Milestone;
use crate::policies::awards::{AwardRule, CompliancePeriod};
use crate::policies::{Policies, Policy};
use crate::projects;
use crate::projects::model::Project;
use crate::projects::queries::{Contract, ContractYear};
use crate::reference::{Reference, RegionKind};
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// Parties that confirm a leading role (domain/rules.md R1).
const PARTIES: &[&str] = &["investor", "county", "bureau"];

/// What was loaded for one application, or for one that might be.
pub struct Loaded {
    pub rule: AwardRule,
    pub records: Records,
    /// Why its payees cannot share it.
    pub unshared: Option<Unshared>,
    policies: Arc<Policies>,
    /// The version that it is computed by.
    pub policy: String,
    /// Who confirmed the leading role of a payee, or of a filing that was withdrawn, for county or bureau.
    pub confirmers: Vec<Id>,
    /// Users who are payees themselves.
    pub own: Vec<Id>,
}

/// A computation, with what is missing for it.
pub struct Computed {
    pub policy: String,
    pub facts: Map<String, Value>,
    /// Facts that are not there, and what has yet to be done.
    pub missing: Vec<Missing>,
    /// None while a fact is not there.
    pub award: Option<Award>,
    pub unshared: Option<Unshared>,
}

impl Computed {
    /// Whether it may be submitted: it earns something, or the plan leaves it to a ruling, whatever has yet to be done.
    pub fn is_submittable(&self) -> bool {
        let is_open = |award: &Award| award.status == AwardStatus::Eligible || needs_ruling(award.status);
        self.award.as_ref().is_some_and(is_open) && self.unshared.is_none()
    }
}

/// What is loaded once for a project, whatever rules it is then held against.
pub struct Common {
    policies: Arc<Policies>,
    project: Project,
    contract: Option<(Contract, Vec<ContractYear>)>,
    /// The investor by every name that the project's papers have for him or his company.
    investors: Vec<Identity>,
    milestones: Vec<Milestone>,
    above_scale_year: bool,
    in_zone: bool,
    from_outside: Option<bool>,
    /// The leading filings, the first one first.
    pub filings: Vec<filed::Filing>,
    /// Those that were withdrawn.
    withdrawn: Vec<filed::Filing>,
    /// The referrers that applications and filings of the project name.
    referrers: Arc<HashMap<Id, Named>>,
    /// (application, rule) of what was paid.
    paid: Vec<(Id, AwardRule)>,
    /// What the referrers agreed on, in the order of filing.
    agreed: Vec<(Id, i64)>,
    has_landed: bool,
}

impl Common {
    /// Loads it. `referrers`: those that are looked up beside the ones who filed.
    pub fn of(
        conn: &mut AnyConn,
        tools: Tools<'_>,
        project: &Project,
        referrers: impl IntoIterator<Item = Id>,
    ) -> Result<Self, AppError> {
        let found = Self::of_all(conn, tools, std::slice::from_ref(project), referrers)?;
        found.into_values().next().ok_or(AppError::NotFound)
    }

    /// The same of several projects, with as many statements; by their ids.
    pub fn of_all(
        conn: &mut AnyConn,
        tools: Tools<'_>,
        projects: &[Project],
        referrers: impl IntoIterator<Item = Id>,
    ) -> Result<HashMap<Id, Self>, AppError> {
        let ids: Vec<Id> = projects.iter().map(|project| project.id.clone()).collect();
        let companies: Vec<Id> = projects.iter().map(|project| project.company_id.clone()).collect();
        let companies = companies::queries::find_all(conn, &companies)?;
        let mut contracts = projects::queries::contract_parts_of(conn, &ids)?;
        let mut filings = filed::of_projects(conn, projects)?;
        let filed = filings.values().flatten().map(|one| one.referrer_id.clone());
        let referrers: Vec<Id> = filed.chain(referrers).collect();
        let referrers = filed::referrers_of(conn, &referrers)?;
        let named = |(id, known): (Id, filed::Known)| (id, Named::of(known, tools.reference));
        let referrers: Arc<HashMap<Id, Named>> = Arc::new(referrers.into_iter().map(named).collect());
        let names = companies::names::of(conn, &companies.keys().cloned().collect::<Vec<_>>())?;
        let employment = employment::queries::of_projects(conn, &ids)?;
        let mut milestones = milestones::queries::of_projects(conn, &ids)?;
        let mut paid = queries::paid_of_projects(conn, &ids)?;
        let mut agreed = filed::shares_of_projects(conn, &ids)?;
        let landed = projects::queries::landed_once(conn, &ids)?;
        let policies = tools.policies.now(conn)?;
        let common = |project: &Project| {
            let company = companies.get(&project.company_id).cloned();
            let milestones = milestones.remove(&project.id).unwrap_or_default();
            let (withdrawn, filings) =
                filings.remove(&project.id).unwrap_or_default().into_iter().partition(|one| one.is_withdrawn);
            let common = Common {
                policies: policies.clone(),
                contract: contracts.remove(&project.id).map(|(contract, years, _)| (contract, years)),
                from_outside: company.as_ref().and_then(|company| from_outside(company, tools.reference)),
                in_zone: tools.reference.is_zone(&project.county),
                milestones: milestones.into_iter().map(|(milestone, _)| milestone).collect(),
                above_scale_year: employment
                    .get(&project.id)
                    .is_some_and(|years| years.iter().any(|year| year.above_scale)),
                referrers: referrers.clone(),
                paid: paid.remove(&project.id).unwrap_or_default(),
                agreed: agreed.remove(&project.id).unwrap_or_default(),
                has_landed: landed.contains(&project.id),
                filings,
                withdrawn,
                investors: identities::investors(project, company.as_ref(), &names, tools.reference),
                project: project.clone(),
            };
            (project.id.clone(), common)
        };
        Ok(projects.iter().map(common).collect())
    }

    /// The rules of the version that the project's awards are computed by.
    pub fn rules(&self) -> Vec<AwardRule> {
        AwardRule::ALL.iter().copied().filter(|rule| self.version(*rule).is_some()).collect()
    }

    fn version(&self, rule: AwardRule) -> Option<&Policy> {
        let signed = self.contract.as_ref().map(|(contract, _)| contract.signed_on);
        self.policies.with_rule(rule, signed)
    }

    /// What a rule's facts are made of, for these payees.
    ///
    /// # Errors
    /// 422 at `rule` when no version of the plan has it.
    pub fn load(&self, rule: AwardRule, payees: &[Payee], own: Option<&Id>) -> Result<Loaded, AppError> {
        let version = self.version(rule).ok_or_else(|| AppError::invalid("rule", "award-rule-of-no-plan"))?;
        let ids: Vec<&Id> = payees.iter().filter_map(|payee| payee.referrer_id.as_ref()).collect();
        let payee = |payee: &Payee| {
            let referrer = payee.referrer_id.as_ref().and_then(|id| self.referrers.get(id));
            let filing = self.filings.iter().find(|one| Some(&one.referrer_id) == payee.referrer_id.as_ref());
            PayeeRecord {
                referrer: referrer.map(|named| named.record(&self.investors)),
                organisation: payee.organisation.clone(),
                share_bp: payee.share_bp,
                filed_on: filing.map(|one| one.filed_on),
                confirmed: filing.is_some_and(|one| {
                    PARTIES.iter().all(|party| one.confirmed.iter().any(|(by, _)| by == party))
                }),
            }
        };
        let of_payees = self.filings.iter().filter(|one| ids.contains(&&one.referrer_id));
        // A filing that is dropped frees nobody who confirmed it.
        let confirmed = of_payees
            .chain(&self.withdrawn)
            .flat_map(|one| &one.confirmed)
            .filter(|(party, _)| party != "investor");
        let chains = version.award.enterprise_referral.as_ref();
        let records = Records {
            project: self.project.clone(),
            contract: self.contract.clone(),
            milestones: self.milestones.clone(),
            payees: payees.iter().map(payee).collect(),
            from_outside: self.from_outside,
            in_zone: self.in_zone,
            other_filers: self.other_filers(rule, &ids),
            already_awarded: self.paid.iter().any(|(id, paid)| *paid == rule && Some(id) != own),
            industries: version.pool.industries.clone(),
            chains: chains.map(|rule| rule.threshold_yuan_of.keys().cloned().collect()).unwrap_or_default(),
            above_scale_year: self.above_scale_year,
        };
        Ok(Loaded {
            rule,
            records,
            unshared: match rule {
                AwardRule::Referral => payees::unshared(payees, &self.agreed, self.has_landed),
                _ => None,
            },
            policies: self.policies.clone(),
            policy: version.code.clone(),
            confirmers: confirmed.map(|(_, by)| by.clone()).collect(),
            own: ids
                .iter()
                .filter_map(|id| self.referrers.get(id))
                .filter_map(|named| named.known.user_id.clone())
                .collect(),
        })
    }
}

impl Common {
    /// Who filed in a leading role, too, and is not paid, where the referrers agreed on nothing.
    fn other_filers(&self, rule: AwardRule, payees: &[&Id]) -> Vec<String> {
        if rule != AwardRule::Referral || !self.agreed.is_empty() {
            return Vec::new();
        }
        let mut others: Vec<&Id> = Vec::new();
        for filing in &self.filings {
            if !payees.contains(&&filing.referrer_id) && !others.contains(&&filing.referrer_id) {
                others.push(&filing.referrer_id);
            }
        }
        others.into_iter().filter_map(|id| Some(self.referrers.get(id)?.known.name.clone())).collect()
    }
}

impl Loaded {
    /// What one application's facts are made of.
    ///
    /// # Errors
    /// 422 at `rule` when no version of the plan has it.
    pub fn of(
        conn: &mut AnyConn,
        tools: Tools<'_>,
        project: &Project,
        rule: AwardRule,
        payees: &[Payee],
        own: Option<&Id>,
    ) -> Result<Self, AppError> {
        let referrers = payees.iter().filter_map(|payee| payee.referrer_id.clone());
        Common::of(conn, tools, project, referrers)?.load(rule, payees, own)
    }

    pub fn gathered(&self) -> Gathered {
        gather(self.rule, &self.records)
    }

    /// The version that it is computed by now.
    pub fn version(&self) -> Option<&Policy> {
        self.version_of(&self.policy)
    }

    /// The version of this code, such as one that was frozen.
    pub fn version_of(&self, code: &str) -> Option<&Policy> {
        self.policies.find(code)
    }

    /// How the rule of a version stands on a day, and the version that says so.
    pub fn rule_on<'a>(
        &'a self,
        version: &'a Policy,
        day: NaiveDate,
    ) -> Option<(&'a Policy, &'a CompliancePeriod)> {
        self.policies.rule_on(version, self.rule, day)
    }

    /// Whether investor, county and bureau confirmed the leading role of each payee: asked of a referral only.
    pub fn is_confirmed(&self) -> bool {
        self.rule != AwardRule::Referral || self.records.payees.iter().all(|payee| payee.confirmed)
    }

    /// The award of the facts as they are now. `own`: the page on which the application's own facts are entered.
    pub fn compute(&self, reference: &Reference, entered: &Map<String, Value>, own: &str) -> Computed {
        let gathered = self.gathered();
        let (facts, mut missing) = gathered.with(self.rule, entered, own);
        if self.records.payees.is_empty() {
            missing.insert(0, Missing { fact: "payees".to_owned(), href: own.to_owned() });
        }
        let mut award = None;
        if missing.is_empty() {
            match self.award(reference, facts.clone(), &self.policy) {
                Ok(computed) => award = Some(computed),
                // What does not go together, such as a production year outside the plan.
                Err(fault) => {
                    let fact = fault.field.trim_start_matches("facts.").to_owned();
                    missing.push(Missing { fact, href: own.to_owned() });
                }
            }
        }
        missing.extend(gathered.unfulfilled);
        missing.extend(self.teams_without_members());
        missing.extend(self.unshared.map(|why| why.missing(&self.records.project.id, own)));
        Computed { policy: self.policy.clone(), facts, missing, award, unshared: self.unshared }
    }

    /// Teams that are to be paid and have no member: who they are stands with the referrer.
    fn teams_without_members(&self) -> impl Iterator<Item = Missing> {
        let referrers = self.records.payees.iter().filter_map(|payee| payee.referrer.as_ref());
        referrers.filter(|referrer| referrer.lacks_members).map(|referrer| Missing {
            fact: "team_members".to_owned(),
            href: format!("/referrers/{}", referrer.id),
        })
    }

    /// The award of these facts by a version.
    ///
    /// # Errors
    /// The fault of a fact.
    pub fn award(
        &self,
        reference: &Reference,
        facts: Map<String, Value>,
        policy: &str,
    ) -> Result<Award, FieldError> {
        award_of(&self.policies, reference, self.rule, facts, policy)
    }
}

/// The award of facts by a version of the plan.
///
/// # Errors
/// The fault of a fact.
pub fn award_of(
    policies: &Policies,
    reference: &Reference,
    rule: AwardRule,
    facts: Map<String, Value>,
    policy: &str,
) -> Result<Award, FieldError> {
    let question = Question {
        id: Value::Null,
        rule,
        policy: Some(policy.to_owned()),
        facts,
        scenario: Value::Null,
        expected: Value::Null,
    };
    Engine::new(policies, reference).answer(question)
}

/// Whether the company's origin lies outside the city; none where it is no place, or one that the city lies in.
fn from_outside(company: &Company, reference: &Reference) -> Option<bool> {
    let region = reference.region(company.origin.as_deref()?)?;
    let (regions, city) = (reference.regions(), reference.city());
    if regions.is_within(&region.code, city) {
        return Some(false);
    }
    let holds_city = region.kind != RegionKind::Country && regions.is_within(city, &region.code);
    (!holds_city && region.code != "CN").then_some(true)
}
