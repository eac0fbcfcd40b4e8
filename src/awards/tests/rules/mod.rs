//! Each check of each rule on both of its sides, and the order in which they are taken.

mod attraction;
mod enterprises;
mod parks;

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
