//! Keeping the steps of a judgement, and the arithmetic that all rules share.
//!
//! Figures are `i128` on the way: no product or sum of facts overflows it.

use super::model::{AwardStatus, AwardStep, StepKind, StepOutcome};
use crate::error::{FieldError, FieldErrors};
use crate::policies::awards::{BaseReading, Rounding, fen};
use serde_json::Value;
use std::borrow::Cow;

/// The whole, in basis points.
pub const WHOLE_BP: i64 = 10_000;

/// Why a judgement ends before an amount.
#[derive(Debug, PartialEq)]
pub enum Stop {
    /// A check failed.
    Status(AwardStatus),
    /// The facts cannot be computed with.
    Fault(FieldError),
}

/// What is to be paid, in fen.
#[derive(Debug, PartialEq)]
pub struct Payable {
    pub amount: i64,
    /// Where there are several payees.
    pub payouts: Option<Vec<i64>>,
}

pub type Judgement = Result<Payable, Stop>;

/// The steps so far.
pub struct Trace<'a> {
    clause: &'a str,
    /// To what the version has amounts cut.
    pub rounding: Rounding,
    steps: Vec<AwardStep>,
}

impl<'a> Trace<'a> {
    pub fn new(clause: &'a str, rounding: Rounding) -> Self {
        Trace { clause, rounding, steps: Vec::with_capacity(14) }
    }

    pub fn into_steps(self) -> Vec<AwardStep> {
        self.steps
    }

    /// A check of a fact. One that does not hold ends the judgement with its status.
    pub fn check(
        &mut self,
        status: AwardStatus,
        fact: impl Into<Cow<'static, str>>,
        value: impl Into<Value>,
        against: impl Into<Value>,
        holds: bool,
    ) -> Result<(), Stop> {
        let outcome = if holds { StepOutcome::Passed } else { StepOutcome::Failed };
        self.add(StepKind::Check, Some(status), Some(fact.into()), value.into(), against.into(), outcome);
        if holds { Ok(()) } else { Err(Stop::Status(status)) }
    }

    /// A check that a fact is as it should be.
    pub fn is(
        &mut self,
        status: AwardStatus,
        fact: &'static str,
        value: bool,
        wanted: bool,
    ) -> Result<(), Stop> {
        self.check(status, fact, value, wanted, value == wanted)
    }

    /// Something that a reviewer should know.
    pub fn note(&mut self, step: StepKind, fact: &'static str, value: Value) {
        self.add(step, None, Some(fact.into()), value, Value::Null, StepOutcome::Noted);
    }

    /// What remains of a figure, and the fact that is deducted from it.
    pub fn less(&mut self, fact: &'static str, deducted: i128, remains: i128) {
        let fact = Some(fact.into());
        self.add(StepKind::Less, None, fact, figure(remains), figure(deducted), StepOutcome::Computed);
    }

    /// Which of the readings is taken.
    pub fn reading(&mut self, fact: &'static str, reading: BaseReading, readings: &[BaseReading]) {
        let (value, all) = (reading.as_str().into(), readings.iter().map(|one| one.as_str()).collect());
        self.add(StepKind::Reading, None, Some(fact.into()), value, all, StepOutcome::Computed);
    }

    /// What the award is computed from.
    pub fn base(&mut self, fact: &'static str, fen: i128) {
        self.add(StepKind::Base, None, Some(fact.into()), figure(fen), Value::Null, StepOutcome::Computed);
    }

    /// An amount fixed by the plan for one, and what so many come to.
    pub fn fixed(&mut self, fact: Option<&'static str>, one_fen: i64, all_fen: i128) {
        let fact = fact.map(Cow::Borrowed);
        self.add(StepKind::Fixed, None, fact, figure(all_fen), one_fen.into(), StepOutcome::Computed);
    }

    /// The base at a rate, at most the cap, cut: the one place where an award is rounded.
    ///
    /// # Errors
    /// `too-large` at the fact of the base when it does not fit an amount.
    pub fn rated(
        &mut self,
        fact: &'static str,
        base: i128,
        rate_bp: i64,
        cap_yuan: Option<i64>,
    ) -> Result<i64, Stop> {
        self.base(fact, base);
        let mut award = base.max(0) * i128::from(rate_bp) / i128::from(WHOLE_BP);
        self.figure(StepKind::Rate, award, rate_bp.into());
        if let Some(cap) = cap_yuan.map(fen) {
            award = award.min(i128::from(cap));
            self.figure(StepKind::Cap, award, cap.into());
        }
        self.cut(fact, award)
    }

    /// An amount cut as the version says.
    ///
    /// # Errors
    /// `too-large` at the fact it comes from.
    pub fn cut(&mut self, fact: &'static str, award: i128) -> Result<i64, Stop> {
        let cut = self.rounding.cut(award);
        // There is nothing below a fen to be told of.
        if self.rounding == Rounding::Yuan {
            self.figure(StepKind::Cut, cut, figure(award));
        }
        i64::try_from(cut).map_err(|_| Stop::Fault(fault(fact, "too-large")))
    }

    /// The amount to one payee, or shared out among several by their weights.
    pub fn paid(&mut self, fact: &'static str, amount: i64, weights: &[i64], favoured: usize) -> Judgement {
        if weights.len() < 2 {
            return Ok(Payable { amount, payouts: None });
        }
        let payouts = shared(amount, weights, favoured, self.rounding);
        let (value, against) = (Value::from(payouts.clone()), Value::from(weights));
        self.add(StepKind::Share, None, Some(fact.into()), value, against, StepOutcome::Computed);
        Ok(Payable { amount, payouts: Some(payouts) })
    }

    fn figure(&mut self, step: StepKind, value: i128, against: Value) {
        self.add(step, None, None, figure(value), against, StepOutcome::Computed);
    }

    fn add(
        &mut self,
        step: StepKind,
        status: Option<AwardStatus>,
        fact: Option<Cow<'static, str>>,
        value: Value,
        against: Value,
        outcome: StepOutcome,
    ) {
        let clause = self.clause.to_owned();
        self.steps.push(AwardStep {
            clause,
            step,
            status,
            fact,
            value,
            against,
            outcome,
            text: String::new(),
        });
    }
}

/// A fault of a fact.
pub fn fault(field: impl Into<Cow<'static, str>>, code: &'static str) -> FieldError {
    FieldError { field: field.into(), code, args: Vec::new() }
}

/// A text that is none of the words that are known here.
pub fn unknown_word(field: &'static str, words: impl Iterator<Item = impl AsRef<str>>) -> FieldError {
    let words: Vec<String> = words.map(|word| word.as_ref().to_owned()).collect();
    let args = vec![("wanted", "word".to_owned()), ("words", words.join(", "))];
    FieldError { field: field.into(), code: "wrong-form", args }
}

/// The first of some faults; there is one in every `FieldErrors` that is an error.
pub fn first(errors: FieldErrors) -> FieldError {
    errors.0.into_iter().next().unwrap_or_else(|| fault("facts", "wrong-form"))
}

/// A figure as JSON: a number, or a text when it is larger than one may be.
pub fn figure(number: i128) -> Value {
    i64::try_from(number).map_or_else(|_| Value::from(number.to_string()), Value::from)
}

/// An amount in parts of these weights, which are 0 or more: each part is cut, and what is left over goes to the
/// favoured one.
pub fn shared(amount: i64, weights: &[i64], favoured: usize, rounding: Rounding) -> Vec<i64> {
    let whole: i128 = weights.iter().copied().map(i128::from).sum();
    let part = |weight: i64| {
        let part = i128::from(amount) * i128::from(weight) / whole.max(1);
        // It is at most the amount, which fits.
        i64::try_from(rounding.cut(part)).unwrap_or_default()
    };
    let mut parts: Vec<i64> = weights.iter().copied().map(part).collect();
    let left = amount - parts.iter().sum::<i64>();
    if let Some(favoured) = parts.get_mut(favoured) {
        *favoured += left;
    }
    parts
}
