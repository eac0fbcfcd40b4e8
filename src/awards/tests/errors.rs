//! What is an error, and which field it names.

use super::{cases, compute, engine, facts};
use crate::awards::Refused;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Facts that may be null, or left out.
const NULLABLE: &[&str] = &[
    "annual_fixed_investment_fen",
    "filed_on",
    "production_contract_year",
    "threshold_reached_on",
    "exited_year",
];
const OPTIONAL: &str = "base_reading";

fn refused(rule: &str, facts: &Value) -> Refused {
    compute(rule, facts).err().unwrap_or_else(|| panic!("{rule} takes {facts}"))
}

/// One case of each rule.
fn one_of_each() -> BTreeMap<String, Value> {
    let of = |case: Value| (case["rule"].as_str().unwrap().to_owned(), case["facts"].clone());
    cases().into_iter().map(of).collect()
}

#[test]
fn every_fact_is_needed_in_its_form() {
    for (rule, facts) in one_of_each() {
        for (name, value) in facts.as_object().unwrap() {
            let field = format!("facts.{name}");
            let with = |value: Value| {
                let mut facts = facts.clone();
                facts[name] = value;
                facts
            };
            let mut without = facts.clone();
            without.as_object_mut().unwrap().remove(name);
            if name != OPTIONAL {
                let fault = refused(&rule, &without).fault;
                assert_eq!((&*fault.field, fault.code), (&*field, "required"), "{rule}");
            }
            let may_be_null = NULLABLE.contains(&&**name) && (name != NULLABLE[0] || rule == "referral");
            if !may_be_null {
                assert_eq!(refused(&rule, &with(Value::Null)).fault.field, field, "{rule} null");
            }
            for wrong in [json!("x"), json!(1.5), json!({}), json!({ "0": 1 }), json!([[]]), json!([null])] {
                let fault = refused(&rule, &with(wrong.clone())).fault;
                assert!(fault.field.starts_with(&field), "{rule} {wrong}: {fault:?}");
            }
            if value.is_number() && !name.ends_with("_year") {
                let fault = refused(&rule, &with(json!(-1))).fault;
                assert_eq!((&*fault.field, fault.code), (&*field, "negative"), "{rule}");
            }
        }
    }
}

#[test]
fn a_fault_names_its_field_down_to_the_item() {
    let referrer = |changes: Value| {
        let mut one = json!({ "share_bp": 5_000, "public_employee": false, "is_investor": false });
        one.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        one
    };
    let referrers = |second: Value| json!({ "referrers": [referrer(json!({})), second] });
    for (rule, case, changes, field, code) in [
        (
            "referral",
            "R1-14",
            referrers(referrer(json!({ "share_bp": "x" }))),
            "facts.referrers[1].share_bp",
            "wrong-form",
        ),
        (
            "referral",
            "R1-14",
            referrers(referrer(json!({ "share_bp": -5_000 }))),
            "facts.referrers[1].share_bp",
            "negative",
        ),
        (
            "referral",
            "R1-14",
            referrers(referrer(json!({ "is_investor": null }))),
            "facts.referrers[1].is_investor",
            "required",
        ),
        (
            "referral",
            "R1-14",
            referrers(json!({ "share_bp": 5_000, "public_employee": false })),
            "facts.referrers[1].is_investor",
            "required",
        ),
        ("referral", "R1-14", referrers(json!([5_000, false, false])), "facts.referrers[1]", "wrong-form"),
        (
            "referral",
            "R1-14",
            referrers(referrer(json!({ "share_bp": 4_999 }))),
            "facts.referrers",
            "shares-not-whole",
        ),
        ("referral", "R1-14", json!({ "referrers": [] }), "facts.referrers", "shares-not-whole"),
        (
            "referral",
            "R1-14",
            json!({ "annual_fixed_investment_fen": [1, -1] }),
            "facts.annual_fixed_investment_fen[1]",
            "negative",
        ),
        (
            "referral",
            "R1-14",
            json!({ "annual_fixed_investment_fen": [null] }),
            "facts.annual_fixed_investment_fen[0]",
            "required",
        ),
        ("referral", "R1-14", json!({ "industry": "gold" }), "facts.industry", "wrong-form"),
        ("referral", "R1-14", json!({ "signed_on": "2023-6-1" }), "facts.signed_on", "wrong-form"),
        ("referral", "R1-14", json!({ "signed_on": "2023-02-29" }), "facts.signed_on", "wrong-form"),
        (
            "referral",
            "R1-14",
            json!({ "signed_on": "2023-06-01T00:00:00Z" }),
            "facts.signed_on",
            "wrong-form",
        ),
        ("referral", "R1-14", json!({ "landed": 1 }), "facts.landed", "wrong-form"),
        (
            "referral",
            "R1-14",
            json!({ "total_investment_fen": 1e10 }),
            "facts.total_investment_fen",
            "wrong-form",
        ),
        (
            "referral",
            "R1-14",
            json!({ "total_investment_fen": u64::MAX }),
            "facts.total_investment_fen",
            "wrong-form",
        ),
        (
            "enterprise_referral",
            "R2-04",
            json!({ "chain_industry": "gold" }),
            "facts.chain_industry",
            "wrong-form",
        ),
        (
            "enterprise_referral",
            "R2-04",
            json!({ "base_reading": "best" }),
            "facts.base_reading",
            "wrong-form",
        ),
        ("enterprise_referral", "R2-04", json!({ "base_reading": null }), "facts.base_reading", "required"),
        (
            "enterprise_referral",
            "R2-04",
            json!({ "annual_land_premium_fen": [0] }),
            "facts.annual_land_premium_fen",
            "unequal-plans",
        ),
        (
            "enterprise_referral",
            "R2-04",
            json!({ "annual_fixed_investment_fen": [], "annual_land_premium_fen": [] }),
            "facts.annual_fixed_investment_fen",
            "required",
        ),
        (
            "enterprise_referral",
            "R2-04",
            json!({ "base_reading": "production_year" }),
            "facts.production_contract_year",
            "no-such-contract-year",
        ),
        (
            "enterprise_referral",
            "R2-04",
            json!({ "base_reading": "production_year", "production_contract_year": 0 }),
            "facts.production_contract_year",
            "no-such-contract-year",
        ),
        (
            "enterprise_referral",
            "R2-04",
            json!({ "base_reading": "production_year", "production_contract_year": 3 }),
            "facts.production_contract_year",
            "no-such-contract-year",
        ),
        // The input is looked at as a whole before any check.
        (
            "enterprise_referral",
            "R2-04",
            json!({ "chain_project": false, "base_reading": "production_year" }),
            "facts.production_contract_year",
            "no-such-contract-year",
        ),
        (
            "enclave",
            "R3-02",
            json!({ "county_shares_bp": [5_000, 4_999] }),
            "facts.county_shares_bp",
            "shares-not-whole",
        ),
        ("enclave", "R3-02", json!({ "county_shares_bp": [] }), "facts.county_shares_bp", "shares-not-whole"),
        (
            "enclave",
            "R3-02",
            json!({ "county_shares_bp": [20_000, -10_000] }),
            "facts.county_shares_bp[1]",
            "negative",
        ),
        (
            "revenue_milestone",
            "R7-01",
            json!({ "municipal_awards_paid": [{ "milestone_yi": 1 }] }),
            "facts.municipal_awards_paid[0].amount_fen",
            "required",
        ),
        ("science_platform", "R8-02", json!({ "kind": "cloud" }), "facts.kind", "wrong-form"),
        (
            "job_agency",
            "R9-01",
            json!({ "workers": i64::MAX, "rate_fen": 100_000 }),
            "facts.workers",
            "too-large",
        ),
        ("poverty_relief_workshop", "R10-01", json!({ "workers": {} }), "facts.workers", "wrong-form"),
    ] {
        let fault = refused(rule, &facts(case, changes.clone())).fault;
        assert_eq!((&*fault.field, fault.code), (field, code), "{rule} {changes}");
    }
}

#[test]
fn a_line_that_is_no_question_says_so_with_its_id() {
    let good = json!({ "id": "a", "rule": "job_agency", "facts": facts("R9-01", json!({})) });
    let with = |changes: Value| {
        let mut line = good.clone();
        line.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        line.to_string()
    };
    let rule = "\"rule\": \"job_agency\"";
    for (line, id, field) in [
        ("".to_owned(), Value::Null, "line"),
        ("{".to_owned(), Value::Null, "line"),
        ("[]".to_owned(), Value::Null, "line"),
        ("null".to_owned(), Value::Null, "line"),
        ("\"text\"".to_owned(), Value::Null, "line"),
        (format!("{good} x"), json!("a"), "line"),
        (format!("{{\"id\": 7, {rule}, \"facts\": {{"), json!(7), "line"),
        (format!("{{\"id\": \"a\", {rule}}}"), json!("a"), "facts"),
        (with(json!({ "facts": [] })), json!("a"), "facts"),
        (with(json!({ "facts": null })), json!("a"), "facts"),
        (with(json!({ "rule": "gift" })), json!("a"), "rule"),
        (with(json!({ "rule": 1 })), json!("a"), "rule"),
        (with(json!({ "policy": "nowhere-1999" })), json!("a"), "policy"),
        (with(json!({ "policy": null })), json!("a"), "policy"),
        (format!("{{\"id\": \"a\", {rule}, {rule}, \"facts\": {{}}}}"), json!("a"), "rule"),
        ("[".repeat(100_000), Value::Null, "line"),
        (with(json!({ "scenario": 1 })).replace("60000", "1e999"), json!("a"), "line"),
    ] {
        let Err(refused) = engine().line(line.as_bytes()) else { panic!("taken: {line}") };
        let short: String = line.chars().take(100).collect();
        assert_eq!((&refused.id, &*refused.fault.field), (&id, field), "{short}");
    }
    let mut bytes = good.to_string().into_bytes();
    bytes.extend(b" \xFF");
    assert_eq!(engine().line(&bytes).unwrap_err().fault.code, "not-utf8");
}

#[test]
fn what_nobody_reads_is_passed_over() {
    let mut facts = facts("R9-01", json!({ "note": { "by": "x" } }));
    facts["zz"] = Value::Null;
    assert_eq!(compute("job_agency", &facts).unwrap().amount_fen, 600_000);
    let line = json!({ "facts": facts, "rule": "job_agency", "extra": [1], "policy": "qinzhou-2023-2025" });
    let award = engine().line(line.to_string().as_bytes()).unwrap();
    assert_eq!((award.id, award.policy.as_str()), (Value::Null, "qinzhou-2023-2025"));
}
