//! Each check of each rule on both of its sides, and the order in which they are taken.

use super::{compute, facts};
use crate::awards::model::AwardStatus;
use serde_json::{Value, json};

const YI: i64 = 10_000_000_000;

/// What the facts of a case come to with these changes.
#[track_caller]
fn comes_to(rule: &str, case: &str, changes: Value, status: &str, amount_fen: i64) {
    let award = compute(rule, &facts(case, changes.clone())).unwrap();
    assert_eq!((award.status.as_str(), award.amount_fen), (status, amount_fen), "{rule} {changes}");
    let failed = award.steps.last().unwrap().status;
    if award.status != AwardStatus::Eligible {
        assert_eq!(failed, Some(award.status), "the failed check is the last step");
        assert_eq!(award.payouts_fen, None);
    }
}

fn all(rule: &str, case: &str, table: &[(Value, &str, i64)]) {
    for (changes, status, amount) in table {
        comes_to(rule, case, changes.clone(), status, *amount);
    }
}

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

/// With all that is wrong from one on, that one is told.
fn in_order(rule: &str, case: &str, order: &[(&str, Value)]) {
    for at in 0..order.len() {
        let mut changes = json!({});
        for (_, change) in order[at..].iter().rev() {
            changes.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        }
        comes_to(rule, case, changes, order[at].0, 0);
    }
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

#[test]
fn standard_factory() {
    let (rule, case, paid) = ("standard_factory", "R4-01", 80_000_000);
    let late = |in_use: &str, reached: &str| json!({ "in_use_on": in_use, "threshold_reached_on": reached });
    all(
        rule,
        case,
        &[
            (json!({ "occupied_area_m2": 59_999 }), "occupancy_below_threshold", 0),
            (json!({ "total_area_m2": 0, "occupied_area_m2": 0 }), "occupancy_below_threshold", 0),
            (json!({ "total_area_m2": i64::MAX, "occupied_area_m2": i64::MAX }), "eligible", paid),
            (json!({ "threshold_reached_on": null }), "occupancy_below_threshold", 0),
            (late("2023-05-01", "2025-05-01"), "eligible", paid),
            (late("2023-05-01", "2025-05-02"), "too_late", 0),
            (late("2024-02-29", "2026-02-28"), "eligible", paid),
            (late("2024-02-29", "2026-03-01"), "too_late", 0),
            (late("2022-02-28", "2024-02-28"), "eligible", paid),
            (late("2022-02-28", "2024-02-29"), "too_late", 0),
            (late("9999-12-31", "9999-12-31"), "eligible", paid),
        ],
    );
    in_order(
        rule,
        case,
        &[
            ("not_private_capital", json!({ "private_capital": false })),
            ("not_accepted", json!({ "accepted": false })),
            ("already_awarded", json!({ "already_awarded": true })),
            ("occupancy_below_threshold", json!({ "occupied_area_m2": 0 })),
            ("too_late", json!({ "threshold_reached_on": "2030-01-01" })),
        ],
    );
}

#[test]
fn park_infrastructure() {
    let (rule, case) = ("park_infrastructure", "R5-01");
    let paid = |investments: Value| {
        compute(rule, &facts(case, json!({ "actual_investment_fen": investments }))).unwrap()
    };
    in_order(
        rule,
        case,
        &[
            ("needs_ruling_not_a_county", json!({ "applicant_is_county": false })),
            ("category_not_covered", json!({ "covered_category": false })),
            ("not_previous_year", json!({ "previous_year": false })),
        ],
    );
    assert_eq!(paid(json!([4_999_999_900_i64])).amount_fen, 499_999_900);
    assert_eq!(paid(json!([5_000_000_100_i64])).amount_fen, 500_000_000, "at most 5,000,000 yuan");
    let shared = paid(json!([1_000, 2_000, 2_000]));
    assert_eq!((shared.amount_fen, shared.payouts_fen), (500, Some(vec![100, 200, 200])));
    let shared = paid(json!([1_000, 4_000, 4_000, 1_000]));
    assert_eq!(shared.payouts_fen, Some(vec![100, 400, 400, 100]));
    let shared = paid(json!([1_500, 2_500, 2_500]));
    assert_eq!(
        shared.payouts_fen,
        Some(vec![100, 300, 200]),
        "left over: to the largest, the first of equals"
    );
    assert_eq!(paid(json!([0, 0])).payouts_fen, Some(vec![0, 0]));
    assert_eq!(paid(json!([])).amount_fen, 0);
    assert_eq!(paid(json!([i64::MAX, i64::MAX, i64::MAX])).amount_fen, 500_000_000);
}

#[test]
fn first_above_scale() {
    let (rule, case, paid) = ("first_above_scale", "R6-01", 15_000_000);
    all(
        rule,
        case,
        &[
            (json!({ "exited_year": 2023 }), "eligible", paid),
            (json!({ "exited_year": 2025 }), "eligible", paid),
        ],
    );
    in_order(
        rule,
        case,
        &[
            ("industry_not_covered", json!({ "covered_industry": false })),
            ("not_industrial", json!({ "industrial": false })),
            ("not_in_park", json!({ "in_park": false })),
            ("sector_transfer_excluded", json!({ "sector_transfer": true })),
            ("not_first_time", json!({ "first_time": false })),
            ("exited_same_year", json!({ "exited_year": 2024 })),
        ],
    );
    let later = compute(rule, &facts(case, json!({ "exited_year": 2025 }))).unwrap();
    assert!(later.steps.iter().any(|step| step.step.as_str() == "exited_later"));
}

#[test]
fn revenue_milestone() {
    let (rule, case) = ("revenue_milestone", "R7-01");
    let paid = |yi: i64, fen: i64| json!({ "milestone_yi": yi, "amount_fen": fen });
    let grown = |before: i64, now: i64, awards: &[Value]| json!({ "highest_revenue_before_fen": before, "revenue_fen": now, "municipal_awards_paid": awards });
    all(
        rule,
        case,
        &[
            (json!({ "above_scale": false }), "not_above_scale", 0),
            (grown(0, YI, &[paid(1, 500)]), "milestone_not_crossed", 0),
            (grown(0, YI + 1, &[paid(1, 500)]), "eligible", 200),
            (grown(YI, YI + 1, &[paid(1, 400)]), "eligible", 200),
            (grown(YI + 1, 2 * YI, &[paid(1, 400)]), "milestone_not_crossed", 0),
            (grown(0, 11 * YI, &[paid(1, 400), paid(10, 800), paid(30, 10_000)]), "eligible", 600),
            (grown(0, 11 * YI, &[paid(30, 10_000), paid(7, 10_000)]), "no_municipal_award", 0),
            (grown(0, 11 * YI, &[paid(1, 0)]), "no_municipal_award", 0),
            (grown(0, i64::MAX, &[paid(50, i64::MAX)]), "eligible", i64::MAX / 200 * 100),
        ],
    );
    let equal = compute(rule, &facts(case, grown(0, 10 * YI, &[paid(1, 400)]))).unwrap();
    assert_eq!(equal.amount_fen, 200);
    assert!(equal.steps.iter().any(|step| step.step.as_str() == "equals_milestone"));
}

#[test]
fn science_platform() {
    let (rule, case, paid) = ("science_platform", "R8-02", 5_000_000);
    let transfer = |changes: Value| {
        let mut facts = json!({ "kind": "result_transfer", "approval": "verified" });
        facts.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        facts
    };
    all(
        rule,
        case,
        &[
            (json!({ "kind": "key_laboratory" }), "eligible", paid),
            (json!({ "approval": "pending" }), "not_newly_approved", 0),
            (json!({ "approval": "verified" }), "not_newly_approved", 0),
            (transfer(json!({})), "eligible", paid),
            (transfer(json!({ "lead_unit": false, "level": "regional" })), "eligible", paid),
            (transfer(json!({ "approval": "new" })), "not_verified", 0),
            (transfer(json!({ "already_awarded": true })), "already_awarded", 0),
            (transfer(json!({ "covered_enterprise": false })), "not_one_county_one_industry", 0),
        ],
    );
    in_order(
        rule,
        case,
        &[
            ("not_one_county_one_industry", json!({ "covered_enterprise": false })),
            ("not_lead_unit", json!({ "lead_unit": false })),
            ("not_newly_approved", json!({ "approval": "renewed" })),
            ("not_municipal_level", json!({ "level": "regional" })),
            ("already_awarded", json!({ "already_awarded": true })),
        ],
    );
}

#[test]
fn job_agency() {
    let (rule, case) = ("job_agency", "R9-01");
    all(
        rule,
        case,
        &[
            (json!({ "rate_fen": 59_999 }), "rate_out_of_range", 0),
            (json!({ "rate_fen": 100_001 }), "rate_out_of_range", 0),
            (json!({ "rate_fen": 60_001, "workers": 1 }), "eligible", 60_000),
            (json!({ "rate_fen": 60_050, "workers": 2 }), "eligible", 120_100),
        ],
    );
    in_order(
        rule,
        case,
        &[
            ("not_licensed_agency", json!({ "licensed_agency": false })),
            ("not_target_worker", json!({ "target_workers": false })),
            ("rate_out_of_range", json!({ "rate_fen": 0 })),
        ],
    );
}

#[test]
fn poverty_relief_workshop() {
    let worker = |changes: Value| {
        let mut worker = json!({ "target_group": true, "contract_months": 12, "insured": true, "social_insurance_paid_fen": 600_000, "years": 1 });
        worker.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        worker
    };
    let of = |workers: &[Value]| compute("poverty_relief_workshop", &json!({ "workers": workers })).unwrap();
    for wrong in
        [json!({ "target_group": false }), json!({ "contract_months": 11 }), json!({ "insured": false })]
    {
        assert_eq!(of(&[worker(wrong.clone())]).status, AwardStatus::NotEligible, "{wrong}");
        assert_eq!(of(&[worker(wrong), worker(json!({}))]).amount_fen, 800_000, "the others still count");
    }
    let cut = worker(json!({ "social_insurance_paid_fen": 199 }));
    assert_eq!(of(&[cut.clone(), cut]).amount_fen, 200 + 400_000, "each is cut to whole yuan");
    assert_eq!(of(&[worker(json!({ "years": 0, "social_insurance_paid_fen": 0 }))]).amount_fen, 0);
}
