//! How the rules of all versions stand on a day, by themselves and by those that took their place, for questions about many applications at once.

use crate::policies::Policies;
use crate::policies::awards::{AwardRule, Compliance, CompliancePeriod, Payer};
use chrono::NaiveDate;

/// A rule of a version on a day.
struct Rule {
    policy: String,
    rule: AwardRule,
    payer: Payer,
    period: Option<CompliancePeriod>,
}

/// All of them.
pub struct Standing(Vec<Rule>);

impl Standing {
    pub fn on(policies: &Policies, day: NaiveDate) -> Self {
        let rules = policies.all().iter().flat_map(|version| {
            let of = move |rule: AwardRule| {
                let basis = version.award.basis(rule)?;
                let (_, period) = policies.rule_on(version, rule, day).unzip();
                Some(Rule { policy: version.code.clone(), rule, payer: basis.payer, period: period.cloned() })
            };
            version.award.rules().filter_map(of)
        });
        Standing(rules.collect())
    }

    /// What stands for a rule of a version in a query: `<version> <rule>`.
    fn keys(&self, fits: impl Fn(&Rule) -> bool) -> Vec<String> {
        let fitting = self.0.iter().filter(|one| fits(one));
        fitting.map(|one| format!("{} {}", one.policy, one.rule)).collect()
    }

    fn of_status(&self, status: Compliance) -> Vec<String> {
        self.keys(|one| one.period.as_ref().is_some_and(|period| period.status == status))
    }

    /// What `super::rules::is_payable` asks, for a query.
    pub fn payable(&self, is: bool) -> Payable {
        Payable {
            is,
            in_force: self.of_status(Compliance::InForce),
            under_review: self.of_status(Compliance::UnderReview),
        }
    }

    /// The rules that this treasury pays.
    pub fn paid_by(&self, payer: Payer) -> Vec<String> {
        self.keys(|one| one.payer == payer)
    }

    /// Who pays a rule of a version.
    pub fn payer(&self, policy: &str, rule: AwardRule) -> Payer {
        self.find(policy, rule).map_or(Payer::Unstated, |one| one.payer)
    }

    /// How a rule of a version stands.
    pub fn period(&self, policy: &str, rule: AwardRule) -> Option<&CompliancePeriod> {
        self.find(policy, rule)?.period.as_ref()
    }

    fn find(&self, policy: &str, rule: AwardRule) -> Option<&Rule> {
        self.0.iter().find(|one| one.policy == policy && one.rule == rule)
    }
}

/// Whether what a filter finds may be paid: which rules of which versions are in force, and which are under review, so
/// that they need an accepted review of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Payable {
    pub is: bool,
    pub in_force: Vec<String>,
    pub under_review: Vec<String>,
}
