//! Whether a project counts in a year, and if not why: pure, over facts.

use crate::milestones::model::MilestoneState;
use crate::text_enum;
use chrono::{Datelike, NaiveDate};

text_enum! {
    /// Why a project does not count in a year; the first that applies, in this order.
    pub enum NotCounted {
        /// Neither started nor, for a chain enterprise, registered.
        NotStarted = "not_started",
        NoEvidence = "no_evidence",
        NotVerified = "not_verified",
        NotKey = "not_key",
        NotCoveredIndustry = "not_covered_industry",
        /// A later phase without a filing code of its own.
        PhaseWithoutFiling = "phase_without_filing",
        Withdrawn = "withdrawn",
        /// Entered the pool after the year of its start, or never.
        EnteredLate = "entered_late",
        OtherYear = "other_year",
    }
}

/// The milestone that is counted: construction start, or the company's registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    pub actual_on: Option<NaiveDate>,
    pub state: MilestoneState,
    pub has_evidence: bool,
}

/// What a quota asks of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub is_key: bool,
    /// One of the plan's industries, or found to support one.
    pub is_covered: bool,
    /// A later phase without a filing code of its own.
    pub is_bare_phase: bool,
    /// Of the stay in the pool that decides on the year ([`stay_of`]).
    pub entered_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
    pub proof: Proof,
}

/// A stay in the pool: since when, and until when if it ended.
pub type Stay = (Option<NaiveDate>, Option<NaiveDate>);

/// The stay that says whether a project stood in the pool at the end of a year: of those, the earliest first, the last that
/// had begun by then. Where none had, the last of all, which began too late.
pub fn stay_of(stays: &[Stay], year: i32) -> Stay {
    let had_begun = |stay: &&Stay| stay.0.is_some_and(|day| day.year() <= year);
    stays.iter().rfind(had_begun).or(stays.last()).copied().unwrap_or_default()
}

/// Whether a project is one of the year's newly started key projects (新增重点开工项目, plan clause 三(四)2(1)).
///
/// It counts once, in the year of the day it started, whenever that was reported: when the start is verified, it
/// entered the pool by 31 December of that year and was not withdrawn by then, it is a key project, and of a
/// covered industry. A later phase counts only with a filing code of its own.
pub fn construction_start(facts: &Facts, year: i32) -> Result<(), NotCounted> {
    let started_on = proved(&facts.proof)?;
    if !facts.is_key {
        return Err(NotCounted::NotKey);
    }
    if !facts.is_covered {
        return Err(NotCounted::NotCoveredIndustry);
    }
    if facts.is_bare_phase {
        return Err(NotCounted::PhaseWithoutFiling);
    }
    if started_on.year() != year {
        return Err(NotCounted::OtherYear);
    }
    let by_the_end = |day: NaiveDate| day.year() <= year;
    if facts.withdrawn_on.is_some_and(by_the_end) {
        return Err(NotCounted::Withdrawn);
    }
    if !facts.entered_on.is_some_and(by_the_end) {
        return Err(NotCounted::EnteredLate);
    }
    Ok(())
}

/// Whether a project of the zone is one of the year's chain enterprises (产业链关联企业进驻, plan clause 三(四)2(6)):
/// its company's registration is verified, and it is of a chain industry or found to be of the chain.
pub fn chain_enterprise(facts: &Facts, year: i32) -> Result<(), NotCounted> {
    let registered_on = proved(&facts.proof)?;
    if !facts.is_covered {
        return Err(NotCounted::NotCoveredIndustry);
    }
    if registered_on.year() == year { Ok(()) } else { Err(NotCounted::OtherYear) }
}

fn proved(proof: &Proof) -> Result<NaiveDate, NotCounted> {
    let Some(day) = proof.actual_on else { return Err(NotCounted::NotStarted) };
    match proof.state {
        MilestoneState::Verified => Ok(day),
        _ if !proof.has_evidence => Err(NotCounted::NoEvidence),
        _ => Err(NotCounted::NotVerified),
    }
}

/// Whether a verified start was reported after the year in which it happened: it counts all the same, and is marked.
pub fn is_late_report(actual_on: NaiveDate, reported_on: NaiveDate) -> bool {
    reported_on.year() > actual_on.year()
}

#[cfg(test)]
mod tests {
    use super::*;
    use NotCounted::*;

    /// A key project of a covered industry that entered in 2023 and started, verified, on this day.
    fn started(on: &str) -> Facts {
        Facts {
            is_key: true,
            is_covered: true,
            is_bare_phase: false,
            entered_on: day("2023-11-01"),
            withdrawn_on: None,
            proof: Proof { actual_on: day(on), state: MilestoneState::Verified, has_evidence: true },
        }
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn the_situations_of_the_plan() {
        let in_2024 = started("2024-05-06");
        let without =
            |state, has_evidence| Facts { proof: Proof { state, has_evidence, ..in_2024.proof }, ..in_2024 };
        for (what, facts, wanted) in [
            ("Q1-01 started on the first day", started("2024-01-01"), Ok(())),
            ("Q1-02 started the year after", started("2025-01-02"), Err(OtherYear)),
            ("Q1-03 started on the last day", started("2024-12-31"), Ok(())),
            ("Q1-05 only a framework agreement", started(""), Err(NotStarted)),
            (
                "Q1-06 entered after the start, in its year",
                Facts { entered_on: day("2024-09-01"), ..in_2024 },
                Ok(()),
            ),
            (
                "Q1-07 withdrawn in the year",
                Facts { withdrawn_on: day("2024-08-01"), ..in_2024 },
                Err(Withdrawn),
            ),
            ("Q1-13 no evidence", without(MilestoneState::Reported, false), Err(NoEvidence)),
            ("reported with evidence", without(MilestoneState::Reported, true), Err(NotVerified)),
            ("refused", without(MilestoneState::Refused, true), Err(NotVerified)),
            (
                "withdrawn on the last day",
                Facts { withdrawn_on: day("2024-12-31"), ..in_2024 },
                Err(Withdrawn),
            ),
            ("withdrawn after the year", Facts { withdrawn_on: day("2025-01-01"), ..in_2024 }, Ok(())),
            ("entered after the year", Facts { entered_on: day("2025-01-01"), ..in_2024 }, Err(EnteredLate)),
            ("never entered", Facts { entered_on: None, ..in_2024 }, Err(EnteredLate)),
            ("no key project", Facts { is_key: false, ..in_2024 }, Err(NotKey)),
            ("another industry", Facts { is_covered: false, ..in_2024 }, Err(NotCoveredIndustry)),
            (
                "a later phase without a filing code",
                Facts { is_bare_phase: true, ..in_2024 },
                Err(PhaseWithoutFiling),
            ),
        ] {
            assert_eq!(construction_start(&facts, 2024), wanted, "{what}");
        }
    }

    #[test]
    fn a_project_that_came_back_counts_by_the_stay_of_the_year() {
        let stay = |from: &str, to: &str| (day(from), day(to));
        let stays = [stay("2023-11-01", "2025-08-01"), stay("2026-01-05", "")];
        for (year, wanted) in [(2024, stays[0]), (2025, stays[0]), (2026, stays[1]), (2022, stays[1])] {
            assert_eq!(stay_of(&stays, year), wanted, "{year}");
        }
        assert_eq!(stay_of(&[], 2024), (None, None));
    }

    #[test]
    fn a_late_report_counts_by_the_day_of_the_fact() {
        let (started, reported) = (day("2024-05-06").unwrap(), day("2025-02-01").unwrap());
        assert!(is_late_report(started, reported));
        assert!(!is_late_report(started, started));
    }

    #[test]
    fn a_chain_enterprise_is_counted_by_its_registration_and_needs_no_pool() {
        let registered = Facts { is_key: false, entered_on: None, ..started("2024-03-01") };
        assert_eq!(chain_enterprise(&registered, 2024), Ok(()));
        assert_eq!(chain_enterprise(&registered, 2025), Err(OtherYear));
        assert_eq!(
            chain_enterprise(&Facts { is_covered: false, ..registered }, 2024),
            Err(NotCoveredIndustry)
        );
        assert_eq!(chain_enterprise(&started(""), 2024), Err(NotStarted));
    }

    proptest::proptest! {
        /// A project counts in one year of its life at most.
        #[test]
        fn nothing_counts_twice(start in 0..3000_i64, entered in 0..3000_i64, withdrawn in proptest::option::of(0..3000_i64)) {
            let epoch = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
            let at = |days: i64| epoch + chrono::Duration::days(days);
            let facts = Facts {
                entered_on: Some(at(entered)),
                withdrawn_on: withdrawn.map(at),
                proof: Proof { actual_on: Some(at(start)), state: MilestoneState::Verified, has_evidence: true },
                ..started("2024-01-01")
            };
            let counted = (2018..2032).filter(|year| construction_start(&facts, *year).is_ok()).count();
            proptest::prop_assert!(counted <= 1);
        }
    }
}
