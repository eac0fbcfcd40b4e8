//! Awards of 三(六)1, 三(四)1 and 三(四)3: for enterprises and those they employ.

use super::{YI, all, compute, facts, in_order};
use crate::awards::model::AwardStatus;
use serde_json::{Value, json};

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
