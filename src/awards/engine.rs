//! Finding the version that is asked for, and having it judge.

use super::model::Award;
use super::question::Question;
use super::reading::{FactSource, Line, Refused};
use super::rules;
use super::trace::{fault, unknown_word};
use crate::error::FieldError;
use crate::policies::awards::AwardRule;
use crate::policies::{Policies, Policy};
use crate::reference::Reference;
use serde_json::Value;

/// Computes awards by these versions.
#[derive(Clone, Copy)]
pub struct Engine<'a> {
    policies: &'a Policies,
    /// Which industries there are at all.
    reference: &'a Reference,
}

impl<'a> Engine<'a> {
    pub fn new(policies: &'a Policies, reference: &'a Reference) -> Self {
        Engine { policies, reference }
    }

    /// The award of a line of JSON.
    ///
    /// # Errors
    /// The fault of a field, with the line's id.
    pub fn line(&self, line: &[u8]) -> Result<Award, Refused> {
        let Line { id, rule, policy, source } = Line::read(line)?;
        match self.award(rule, policy.as_deref(), source) {
            Ok(award) => Ok(Award { id, ..award }),
            Err(fault) => Err(Refused { id, fault: Box::new(fault) }),
        }
    }

    /// The award of a body of the API.
    ///
    /// # Errors
    /// The fault of a field.
    pub fn answer(&self, question: Question) -> Result<Award, FieldError> {
        let Question { id, rule, policy, facts, .. } = question;
        let object = Value::Object([("facts".to_owned(), Value::Object(facts))].into_iter().collect());
        let award = self.award(rule, policy.as_deref(), FactSource::Object(&object))?;
        Ok(Award { id, ..award })
    }

    fn award(
        &self,
        rule: AwardRule,
        policy: Option<&str>,
        source: FactSource<'_>,
    ) -> Result<Award, FieldError> {
        let policy = self.version(policy)?;
        let judged = rules::judge(rule, source, policy, self.reference)?;
        let judged =
            judged.ok_or_else(|| unknown_word("rule", policy.award.rules().map(AwardRule::as_str)))?;
        Ok(Award {
            id: Value::Null,
            rule,
            policy: policy.code.clone(),
            status: judged.status,
            amount_fen: judged.payable.amount,
            payouts_fen: judged.payable.payouts,
            steps: judged.steps,
        })
    }

    fn version(&self, code: Option<&str>) -> Result<&'a Policy, FieldError> {
        match code {
            Some(code) => self.policies.find(code).ok_or_else(|| {
                unknown_word("policy", self.policies.all().iter().map(|version| &version.code))
            }),
            None => self.policies.latest().ok_or_else(|| fault("policy", "required")),
        }
    }
}
