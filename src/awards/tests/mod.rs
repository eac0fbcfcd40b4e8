//! The engine against the worked cases, each check on both of its sides, what is an error, and what holds for any facts.

mod errors;
mod plans;
mod properties;
mod rules;

use super::{Award, Engine, Refused, Words};
use crate::policies::Policies;
use crate::reference::Reference;
use crate::web::i18n::{I18n, Lang};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::LazyLock;

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::load(None).unwrap());
static POLICIES: LazyLock<Policies> = LazyLock::new(|| Policies::load(None).unwrap());

fn engine() -> Engine<'static> {
    Engine::new(&POLICIES, &REFERENCE)
}

fn compute(rule: &str, facts: &Value) -> Result<Award, Refused> {
    engine().line(json!({ "id": "x", "rule": rule, "facts": facts }).to_string().as_bytes())
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/awards").join(name);
    std::fs::read_to_string(path).unwrap()
}

fn cases() -> Vec<Value> {
    fixture("award-cases.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The facts of a worked case, with some of them changed.
fn facts(id: &str, changes: Value) -> Value {
    let case = cases().into_iter().find(|case| case["id"] == id).unwrap();
    let mut facts = case["facts"].clone();
    facts.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    facts
}

#[test]
fn every_worked_case_comes_out_as_it_says() {
    let mut otherwise = Vec::new();
    let cases = fixture("award-cases.jsonl");
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let award = engine().line(line.as_bytes()).unwrap();
        let mut found = json!({ "status": award.status, "amount_fen": award.amount_fen });
        if let Some(payouts) = &award.payouts_fen {
            found["payouts_fen"] = json!(payouts);
        }
        if found != case["expected"] || award.id != case["id"] {
            otherwise.push(format!("{} expected {} found {found}", case["id"], case["expected"]));
        }
    }
    assert!(cases.lines().count() > 80);
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n"));
}

#[test]
fn the_steps_say_clause_fact_and_outcome_in_both_languages() {
    let award = compute("referral", &facts("R1-15", json!({}))).unwrap();
    let kinds: Vec<&str> = award.steps.iter().map(|step| step.step.as_str()).collect();
    assert_eq!(kinds[..9], ["check"; 9], "{kinds:?}");
    assert_eq!(kinds[9..], ["reading", "base", "rate", "cap", "cut", "share"]);
    assert!(award.steps.iter().all(|step| step.clause == "三(四)2(2)"));
    let threshold = &award.steps[2];
    assert_eq!(threshold.fact.as_deref(), Some("facts.total_investment_fen"));
    assert_eq!(
        (&threshold.value, &threshold.against),
        (&json!(80_000_000_000_i64), &json!(10_000_000_000_i64))
    );
    let i18n = I18n::load().unwrap();
    for (lang, sentences) in [
        (
            Lang::En,
            [
                "Investment 800,000,000 yuan; the threshold is 100,000,000 yuan, itself included. Passed.",
                "At 0.1%: 700,000 yuan.",
                "At most 500,000 yuan: 500,000 yuan.",
                "Shared out by 60% / 40%: 300,000 yuan / 200,000 yuan.",
            ],
        ),
        (
            Lang::ZhCn,
            [
                "投资额 800,000,000 元，门槛 100,000,000 元（含）。通过。",
                "按 0.1% 计算：700,000 元。",
                "最高 500,000 元：500,000 元。",
                "按 60% / 40% 分配：300,000 元 / 200,000 元。",
            ],
        ),
    ] {
        let mut told = award.clone();
        Words::new(&i18n, &REFERENCE, lang).tell(&mut told);
        let texts: Vec<&str> = told.steps.iter().map(|step| step.text.as_str()).collect();
        assert_eq!([texts[2], texts[11], texts[12], texts[14]], sentences);
    }
}

/// No step is without words, and none shows a key or a code where a name is known.
#[test]
fn every_step_of_every_case_is_said() {
    let i18n = I18n::load().unwrap();
    for lang in Lang::ALL {
        let words = Words::new(&i18n, &REFERENCE, lang);
        for case in cases() {
            let mut award = engine().line(case.to_string().as_bytes()).unwrap();
            words.tell(&mut award);
            for step in &award.steps {
                let unsaid = step.text.is_empty() || step.text.contains("award-") || step.text.contains('_');
                assert!(!unsaid, "{}: {:?}", case["id"], step);
            }
        }
    }
}

#[test]
fn a_result_is_frozen_and_read_again() {
    for case in cases() {
        let award = engine().line(case.to_string().as_bytes()).unwrap();
        let frozen = serde_json::to_string(&award).unwrap();
        assert_eq!(serde_json::from_str::<Award>(&frozen).unwrap(), award, "{frozen}");
    }
}
