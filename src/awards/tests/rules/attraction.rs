//! Awards of 三(四)2: for who brought a project.

use super::{YI, all, compute, facts, in_order};
use serde_json::{Value, json};

fn payee(share: i64, public: bool, investor: bool) -> Value {
    json!({ "share_bp": share, "public_employee": public, "is_investor": investor })
}

#[test]
fn referral() {
    let (rule, case, paid) = ("referral", "R1-14", 15_000_000);
    all(
        rule,
        case,
        &[
            (json!({}), "eligible", paid),
            (json!({ "signed_on": "2022-12-31", "filed_on": "2022-12-31" }), "outside_policy_window", 0),
            (json!({ "signed_on": "2023-01-01", "filed_on": "2022-12-31" }), "eligible", paid),
            (json!({ "signed_on": "2025-12-31" }), "eligible", paid),
            (json!({ "signed_on": "2026-01-01" }), "outside_policy_window", 0),
            (json!({ "industry": "other" }), "industry_not_covered", 0),
            (json!({ "industry": "other", "supporting_project": true }), "eligible", paid),
            (json!({ "total_investment_fen": YI - 1 }), "below_threshold", 0),
            (json!({ "total_investment_fen": YI }), "eligible", paid),
            (
                json!({ "referrers": [payee(9_999, false, false), payee(1, true, true)] }),
                "public_employee_excluded",
                0,
            ),
            (
                json!({ "referrers": [payee(9_999, false, false), payee(1, false, true)] }),
                "needs_ruling_self_referral",
                0,
            ),
            (json!({ "filed_on": null }), "not_filed", 0),
            (json!({ "filed_on": "2023-06-02" }), "needs_ruling_late_filing", 0),
            (json!({ "landed": false }), "not_landed", 0),
            (json!({ "annual_fixed_investment_fen": null }), "missing_annual_plan", 0),
            (json!({ "annual_fixed_investment_fen": [] }), "missing_annual_plan", 0),
            (json!({ "annual_fixed_investment_fen": [YI] }), "eligible", 10_000_000),
            (json!({ "annual_fixed_investment_fen": [0, 99_999, YI] }), "eligible", 0),
            (json!({ "annual_fixed_investment_fen": [0, 100_000, YI] }), "eligible", 100),
            (json!({ "annual_fixed_investment_fen": [i64::MAX, i64::MAX] }), "eligible", 50_000_000),
        ],
    );
    // What fails first is told, whatever fails after it.
    let order = [
        ("outside_policy_window", json!({ "signed_on": "2022-01-01" })),
        ("industry_not_covered", json!({ "industry": "other" })),
        ("below_threshold", json!({ "total_investment_fen": 0 })),
        ("public_employee_excluded", json!({ "referrers": [payee(10_000, true, true)] })),
        ("needs_ruling_self_referral", json!({ "referrers": [payee(10_000, false, true)] })),
        ("needs_ruling_late_filing", json!({ "filed_on": "2025-12-31" })),
        ("not_landed", json!({ "landed": false })),
        ("missing_annual_plan", json!({ "annual_fixed_investment_fen": null })),
    ];
    in_order(rule, case, &order);
}

#[test]
fn the_payee_who_keeps_it_from_being_paid_is_named() {
    let referrers = json!([payee(5_000, false, false), payee(5_000, true, false)]);
    let award = compute("referral", &facts("R1-14", json!({ "referrers": referrers }))).unwrap();
    let fact = award.steps.last().unwrap().fact.clone();
    assert_eq!(fact.as_deref(), Some("facts.referrers[1].public_employee"));
}

#[test]
fn enterprise_referral() {
    let (rule, case) = ("enterprise_referral", "R2-04");
    all(
        rule,
        case,
        &[
            (json!({ "chain_industry": "chenpi" }), "eligible", 10_000_000),
            (json!({ "chain_industry": "chemical" }), "below_threshold", 0),
            // A word of the facts, and no chain of the plan.
            (json!({ "chain_industry": "other" }), "not_chain_project", 0),
            (json!({ "chain_industry": "other", "chain_project": false }), "not_chain_project", 0),
            (
                json!({ "chain_industry": "other", "investor_from_outside_city": false }),
                "not_from_outside_city",
                0,
            ),
            (json!({ "chain_industry": "other", "already_awarded": true }), "not_chain_project", 0),
            (json!({ "contract_fixed_investment_fen": YI - 1 }), "below_threshold", 0),
            (
                json!({ "contract_fixed_investment_fen": YI + 5, "land_premium_fen": 5 }),
                "eligible",
                10_000_000,
            ),
            (json!({ "land_premium_fen": i64::MAX }), "below_threshold", 0),
            (json!({ "annual_land_premium_fen": [YI, 0] }), "eligible", 0),
            (json!({ "base_reading": "all_years" }), "eligible", 20_000_000),
            (
                json!({ "base_reading": "all_years", "annual_land_premium_fen": [1_000_000_000, 1_000_000_000] }),
                "eligible",
                16_000_000,
            ),
            (
                json!({ "base_reading": "production_year", "production_contract_year": 1 }),
                "eligible",
                10_000_000,
            ),
            (json!({ "production_contract_year": 99 }), "eligible", 10_000_000),
            (json!({ "introducer_other_industry": true }), "eligible", 10_000_000),
            (
                json!({ "annual_fixed_investment_fen": [i64::MAX, i64::MAX], "base_reading": "all_years" }),
                "eligible",
                50_000_000,
            ),
        ],
    );
    in_order(
        rule,
        case,
        &[
            ("needs_ruling_other_county", json!({ "introducer_same_county": false })),
            ("not_from_outside_city", json!({ "investor_from_outside_city": false })),
            ("not_chain_project", json!({ "chain_project": false })),
            ("below_threshold", json!({ "contract_fixed_investment_fen": 0 })),
            ("already_awarded", json!({ "already_awarded": true })),
            ("not_in_production", json!({ "in_production": false })),
        ],
    );
    let mut unsaid = facts(case, json!({}));
    unsaid.as_object_mut().unwrap().remove("base_reading");
    assert_eq!(
        compute(rule, &unsaid).unwrap().amount_fen,
        10_000_000,
        "left out, the default reading is taken"
    );
}

#[test]
fn what_is_deducted_and_how_the_base_is_read_is_said() {
    let award = compute("enterprise_referral", &facts("R2-18", json!({}))).unwrap();
    let figures: Vec<(&str, &Value, &Value)> =
        award.steps.iter().map(|step| (step.step.as_str(), &step.value, &step.against)).collect();
    assert!(figures.contains(&("less", &json!(10_000_000_000_i64), &json!(1_000_000_000))), "{figures:?}");
    assert!(figures.contains(&("less", &json!(5_000_000_000_i64), &json!(1_000_000_000))), "{figures:?}");
    let readings = json!(["contract_year_one", "all_years", "production_year"]);
    assert!(figures.contains(&("reading", &json!("contract_year_one"), &readings)), "{figures:?}");
}

#[test]
fn a_reading_that_earns_nothing_is_noted_when_another_earns_something() {
    let noted = |changes: Value| {
        let award = compute("enterprise_referral", &facts("R2-19", changes)).unwrap();
        award.steps.iter().any(|step| step.step.as_str() == "other_reading")
    };
    assert!(noted(json!({})));
    assert!(!noted(json!({ "annual_fixed_investment_fen": [0, 0] })));
}

#[test]
fn enclave() {
    let (rule, case) = ("enclave", "R3-02");
    all(
        rule,
        case,
        &[
            (json!({ "retained_tax_fen": 199 }), "eligible", 100),
            (json!({ "tax_incentives_fen": 100_000_001 }), "eligible", 0),
            (json!({ "retained_tax_fen": i64::MAX }), "eligible", i64::MAX / 100 * 100),
        ],
    );
    in_order(
        rule,
        case,
        &[
            ("not_registered_in_zone", json!({ "registered_in_zone": false })),
            ("industry_not_covered", json!({ "covered_industry": false })),
            ("statistics_only", json!({ "uses_county_land": true })),
            ("uses_zone_land", json!({ "uses_zone_land": true })),
            ("not_county_referred", json!({ "county_referred": false })),
        ],
    );
    let shared = json!({ "retained_tax_fen": 100_100, "county_shares_bp": [3_333, 3_333, 3_334] });
    let award = compute(rule, &facts(case, shared)).unwrap();
    assert_eq!(award.payouts_fen, Some(vec![33_500, 33_300, 33_300]), "what is left over goes to the first");
}
