//! What holds whatever the facts are.

use super::{compute, engine, facts};
use crate::awards::model::{Award, AwardStatus};
use crate::policies::awards::AwardRule;
use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// 500,000 yuan
const CAP: i64 = 50_000_000;

fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![0..200_000_000_000_i64, 0..1_000_000_i64, Just(i64::MAX)]
}

/// Shares that make the whole.
fn shares() -> impl Strategy<Value = Vec<i64>> {
    vec(0..10_000_i64, 0..6).prop_map(|mut cuts| {
        cuts.extend([0, 10_000]);
        cuts.sort_unstable();
        cuts.windows(2).map(|pair| pair[1] - pair[0]).collect()
    })
}

fn referral(plan: &[i64], shares: &[i64]) -> Award {
    let payee = |share: &i64| json!({ "share_bp": share, "public_employee": false, "is_investor": false });
    let referrers: Vec<Value> = shares.iter().map(payee).collect();
    let changes = json!({ "annual_fixed_investment_fen": plan, "referrers": referrers });
    compute("referral", &facts("R1-14", changes)).unwrap()
}

fn park(investments: &[i64]) -> Award {
    compute("park_infrastructure", &facts("R5-01", json!({ "actual_investment_fen": investments }))).unwrap()
}

/// Payouts sum to the amount, and all of it is whole yuan.
fn is_sound(award: &Award, payees: usize) -> Result<(), TestCaseError> {
    prop_assert_eq!(award.amount_fen % 100, 0);
    prop_assert!(award.amount_fen >= 0);
    prop_assert_eq!(award.payouts_fen.is_some(), payees > 1);
    if let Some(payouts) = &award.payouts_fen {
        prop_assert_eq!(payouts.len(), payees);
        prop_assert_eq!(payouts.iter().sum::<i64>(), award.amount_fen);
        prop_assert!(payouts.iter().all(|payout| *payout >= 0 && payout % 100 == 0));
    }
    Ok(())
}

/// Any JSON, with the numbers and words that come near to facts.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..20_000_i64).prop_map(Value::from),
        select(vec![i64::MAX, i64::MIN, 0, -1, 1, 10_000]).prop_map(Value::from),
        select(vec![
            "chenpi",
            "other",
            "2024-02-29",
            "9999-12-31",
            "0000-01-01",
            "new",
            "municipal",
            "all_years"
        ])
        .prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            hash_map("[a-z_]{1,8}", inner, 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// A case of each rule, to be changed.
const CASES: &[&str] =
    &["R1-15", "R2-10C", "R3-02", "R4-01", "R5-05", "R6-01", "R7-01", "R8-02", "R9-01", "R10-01"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_referral_is_never_more_than_its_rate_or_its_cap(plan in vec(amount(), 1..5), shares in shares()) {
        let award = referral(&plan, &shares);
        is_sound(&award, shares.len())?;
        let base: i128 = plan.iter().take(2).copied().map(i128::from).sum();
        prop_assert!(award.amount_fen <= CAP && i128::from(award.amount_fen) <= base / 1_000);
        prop_assert!(i128::from(award.amount_fen) > base / 1_000 - 100 || award.amount_fen == CAP);
    }

    #[test]
    fn in_whatever_order_the_referrers_stand_the_project_is_paid_the_same(
        base in amount(), shares in shares(), turn in any::<Index>(),
    ) {
        let mut turned = shares.clone();
        turned.rotate_left(turn.index(shares.len()));
        prop_assert_eq!(referral(&[base], &shares).amount_fen, referral(&[base], &turned).amount_fen);
    }

    #[test]
    fn a_larger_base_is_never_paid_less(one in amount(), other in amount()) {
        let (less, more) = (one.min(other), one.max(other));
        prop_assert!(referral(&[less], &[10_000]).amount_fen <= referral(&[more], &[10_000]).amount_fen);
        prop_assert!(park(&[less]).amount_fen <= park(&[more]).amount_fen);
    }

    #[test]
    fn a_county_is_paid_a_tenth_up_to_its_cap(investments in vec(amount(), 1..6)) {
        let award = park(&investments);
        is_sound(&award, investments.len())?;
        let tenth = investments.iter().copied().map(i128::from).sum::<i128>() / 10;
        prop_assert!(award.amount_fen <= 500_000_000 && i128::from(award.amount_fen) <= tenth);
    }

    #[test]
    fn counties_share_what_was_retained(retained in amount(), incentives in amount(), shares in shares()) {
        let changes = json!({ "retained_tax_fen": retained, "tax_incentives_fen": incentives, "county_shares_bp": shares });
        let award = compute("enclave", &facts("R3-02", changes)).unwrap();
        is_sound(&award, shares.len())?;
        prop_assert!(award.amount_fen <= (retained - incentives).max(0));
    }

    #[test]
    fn any_fact_in_place_of_another_is_an_award_or_a_fault_of_the_facts(
        case in select(CASES), at in any::<Index>(), value in any_json(), other in any::<Index>(), second in any_json(),
    ) {
        let found = super::cases().into_iter().find(|one| one["id"] == case).unwrap();
        let mut line = json!({ "id": case, "rule": found["rule"], "facts": found["facts"] });
        let names: Vec<String> = line["facts"].as_object().unwrap().keys().cloned().collect();
        line["facts"][&names[at.index(names.len())]] = value;
        line["facts"][&names[other.index(names.len())]] = second;
        match engine().line(line.to_string().as_bytes()) {
            Ok(award) => {
                prop_assert!(award.status == AwardStatus::Eligible || award.amount_fen == 0);
                prop_assert!(award.amount_fen >= 0 && award.amount_fen % 100 == 0);
            }
            Err(refused) => {
                prop_assert!(refused.fault.field.starts_with("facts."), "{:?}", refused);
                prop_assert_eq!(refused.id, json!(case));
            }
        }
    }

    #[test]
    fn any_json_and_any_bytes_are_answered(
        rule in select(AwardRule::ALL), facts in any_json(), bytes in vec(any::<u8>(), 0..64),
    ) {
        let line = json!({ "id": 1, "rule": rule.as_str(), "facts": facts });
        prop_assert!(engine().line(line.to_string().as_bytes()).is_err());
        prop_assert!(engine().line(facts.to_string().as_bytes()).is_err());
        prop_assert!(engine().line(&bytes).is_err());
    }
}
