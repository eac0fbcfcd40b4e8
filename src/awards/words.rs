//! Saying the steps of an award in a reader's language. The sentences are taken out of the messages once, as a
//! ledger of many lines says the same ones all the time.

use super::model::{Award, AwardStatus, AwardStep, StepKind, StepOutcome};
use super::rules::{Approval, Level, PlatformKind};
use crate::money::yuan_text;
use crate::policies::awards::BaseReading;
use crate::reference::Reference;
use crate::web::i18n::{I18n, Lang, Message, Sentence};
use serde_json::Value;
use std::collections::HashMap;

/// The sentences of one language.
pub struct Words {
    /// By status: what is checked.
    checks: Vec<Sentence>,
    /// By kind of step: what is computed.
    steps: Vec<Sentence>,
    /// A check's sentence and how it came out.
    told: Sentence,
    passed: Sentence,
    failed: Sentence,
    yuan: Sentence,
    yes: String,
    no: String,
    none: String,
    /// Codes of industries, kinds, readings by name.
    names: HashMap<String, String>,
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Money,
    Percent,
    Plain,
}

impl Words {
    pub fn new(i18n: &I18n, reference: &Reference, lang: Lang) -> Self {
        let sentence = |message: Message| i18n.sentence(lang, &message);
        let text = |message: Message| i18n.say(lang, &message);
        let industries = reference.industries().iter();
        let mut names: HashMap<String, String> = industries
            .map(|industry| (industry.code.clone(), industry.name(lang.code()).to_owned()))
            .collect();
        let kinds = PlatformKind::ALL.iter().map(|one| one.as_str());
        let approvals = Approval::ALL.iter().map(|one| one.as_str());
        let levels = Level::ALL.iter().map(|one| one.as_str());
        let readings = BaseReading::ALL.iter().map(|one| one.as_str());
        for code in kinds.chain(approvals).chain(levels).chain(readings) {
            names.insert(code.to_owned(), text(Message::of("award-word", code)));
        }
        let checks = AwardStatus::ALL.iter();
        let kinds = StepKind::ALL.iter();
        Words {
            checks: checks.map(|one| sentence(Message::of("award-check", one.as_str()))).collect(),
            steps: kinds.map(|one| sentence(Message::of("award-step", one.as_str()))).collect(),
            told: sentence(Message::new("award-told")),
            passed: sentence(Message::new("award-outcome-passed")),
            failed: sentence(Message::new("award-outcome-failed")),
            yuan: sentence(Message::new("award-yuan")),
            yes: text(Message::new("award-yes")),
            no: text(Message::new("award-no")),
            none: text(Message::new("award-none")),
            names,
        }
    }

    /// Writes the sentence of each step.
    pub fn tell(&self, award: &mut Award) {
        for step in &mut award.steps {
            let mut text = String::with_capacity(160);
            self.step(&mut text, step);
            step.text = text;
        }
    }

    fn step(&self, out: &mut String, step: &AwardStep) {
        let Some(status) = step.status else {
            if let Some(sentence) = self.steps.get(step.step as usize) {
                sentence.say(out, |out, part| self.part(out, step, part));
            }
            return;
        };
        let outcome = if step.outcome == StepOutcome::Failed { &self.failed } else { &self.passed };
        self.told.say(out, |out, part| match (part, self.checks.get(status as usize)) {
            ("sentence", Some(sentence)) => sentence.say(out, |out, part| self.part(out, step, part)),
            _ => outcome.say(out, |_, _| {}),
        });
    }

    fn part(&self, out: &mut String, step: &AwardStep, part: &str) {
        let (value, against) = units(step);
        match part {
            "value" => self.value(out, &step.value, value),
            _ => self.value(out, &step.against, against),
        }
    }

    fn value(&self, out: &mut String, value: &Value, unit: Unit) {
        match value {
            Value::Null => out.push_str(&self.none),
            Value::Bool(true) => out.push_str(&self.yes),
            Value::Bool(false) => out.push_str(&self.no),
            Value::Number(number) => match (number.as_i64(), unit) {
                (Some(fen), Unit::Money) => self.yuan.say(out, |out, _| yuan_text(out, fen)),
                (Some(bp), Unit::Percent) => out.push_str(&percent(bp)),
                _ => out.push_str(&number.to_string()),
            },
            Value::String(text) => out.push_str(self.names.get(text.as_str()).unwrap_or(text)),
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push_str(" / ");
                    }
                    self.value(out, item, unit);
                }
            }
            Value::Object(_) => {}
        }
    }
}

/// How a step's value and what it is held against are written.
fn units(step: &AwardStep) -> (Unit, Unit) {
    let of_fact = match step.fact.as_deref() {
        Some(fact) if fact.ends_with("_fen") => Unit::Money,
        _ => Unit::Plain,
    };
    match (step.step, step.status) {
        (_, Some(AwardStatus::OccupancyBelowThreshold)) => (Unit::Plain, Unit::Percent),
        (_, Some(AwardStatus::NoMunicipalAward)) => (Unit::Money, Unit::Money),
        (StepKind::Check | StepKind::Reading | StepKind::OtherReading | StepKind::ExitedLater, _) => {
            (of_fact, of_fact)
        }
        (StepKind::Rate, _) => (Unit::Money, Unit::Percent),
        // By shares, or in proportion to amounts.
        (StepKind::Share, _) if of_fact == Unit::Plain => (Unit::Money, Unit::Percent),
        _ => (Unit::Money, Unit::Money),
    }
}

/// Basis points as per cent: `0.1%`.
pub fn percent(bp: i64) -> String {
    match (bp / 100, bp % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}%", part / 10),
        (whole, part) => format!("{whole}.{part:02}%"),
    }
}
