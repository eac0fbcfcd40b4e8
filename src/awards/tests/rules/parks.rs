//! Awards of 三(二): for parks and what is built in them.

use super::{all, compute, facts, in_order};
use serde_json::{Value, json};

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
