//! What a version must say to make sense, beside not contradicting itself (`reading`). It is asked of files and of what
//! is proposed; a document in force, which two persons confirmed before it was asked, goes on counting.

use super::fault::Fault;
use super::model::Policy;
use super::reading::At;
use chrono::{Datelike, Months};
use std::ops::RangeInclusive;

/// Words that stand where a code does in addresses: `/policies/new`.
const RESERVED: &[&str] = &["documents", "new"];
/// Years of a plan: the republic's, as far as anybody plans.
const YEARS: RangeInclusive<i32> = 1949..=2199;
const MOST_MONTHS: Months = Months::new(20 * 12);
const TARGETS: RangeInclusive<i64> = 1..=100_000;
const START_MONTHS: RangeInclusive<i64> = 1..=600;
const NEW_JOBS: RangeInclusive<i64> = 1..=10_000_000;

/// The first thing that makes no sense, with its place.
pub(super) fn check(policy: &Policy) -> Result<(), (At, Fault)> {
    of_code(&policy.code)?;
    of_days(policy)?;
    number(At::table("pool", "start_within_months"), policy.pool.start_within_months.into(), START_MONTHS)?;
    if let Some(support) = &policy.support {
        number(At::table("support", "new_jobs"), support.new_jobs, NEW_JOBS)?;
        text(At::table("support", "clause"), &support.clause)?;
    }
    for (nth, quota) in policy.quota.iter().enumerate() {
        number(At::quota(nth, "target"), quota.target, TARGETS)?;
        text(At::quota(nth, "clause"), &quota.clause)?;
    }
    Ok(())
}

fn of_code(code: &str) -> Result<(), (At, Fault)> {
    let is_code = (2..=64).contains(&code.len())
        && !code.starts_with('-')
        && code.chars().all(|one| matches!(one, 'a'..='z' | '0'..='9' | '-'));
    if !is_code {
        return Err((At::top("code"), Fault::NoCode));
    }
    match RESERVED.contains(&code) {
        true => Err((At::top("code"), Fault::CodeReserved)),
        false => Ok(()),
    }
}

fn of_days(policy: &Policy) -> Result<(), (At, Fault)> {
    for (key, day) in [("from", policy.from), ("to", policy.to)] {
        if !YEARS.contains(&day.year()) {
            return Err((At::top(key), Fault::NoYear(*YEARS.start(), *YEARS.end())));
        }
    }
    match policy.from.checked_add_months(MOST_MONTHS) {
        Some(after) if policy.to >= after => Err((At::top("to"), Fault::TooLong)),
        _ => Ok(()),
    }
}

fn number(at: At, value: i64, fits: RangeInclusive<i64>) -> Result<(), (At, Fault)> {
    match fits.contains(&value) {
        true => Ok(()),
        false => Err((at, Fault::Between(*fits.start(), *fits.end()))),
    }
}

fn text(at: At, value: &str) -> Result<(), (At, Fault)> {
    if value.trim().is_empty() { Err((at, Fault::Missing)) } else { Ok(()) }
}
