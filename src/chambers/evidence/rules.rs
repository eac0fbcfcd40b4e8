//! What is worked out of figures, and which periods there are. Pure.

use crate::chambers::evidence::model::{EvidenceFigure, Figures, Period, Weights};
use crate::error::{AppError, FieldErrors};
use chrono::{Datelike, NaiveDate};

/// The most points that a unit can count for.
pub const MOST_POINTS: i64 = 1_000;

/// Years that a period may last.
const MOST_YEARS: i32 = 10;

/// What one unit of a figure is: points are given for each whole one.
pub fn unit(figure: EvidenceFigure) -> i64 {
    match figure {
        // 1,000 万元
        EvidenceFigure::FixedInvestment => 10_000_000_00,
        EvidenceFigure::Jobs => 100,
        _ => 1,
    }
}

/// The points of these figures by these weights.
pub fn score(figures: &Figures, weights: &Weights) -> i64 {
    EvidenceFigure::ALL.iter().fold(0_i64, |sum, figure| {
        let units = figures.of(*figure) / unit(*figure);
        sum.saturating_add(units.saturating_mul(weights.of(*figure)))
    })
}

/// The faults of weights, each at its figure.
pub fn faults(weights: &Weights) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for figure in EvidenceFigure::ALL {
        if !(0..=MOST_POINTS).contains(&weights.of(*figure)) {
            let args = vec![("max", MOST_POINTS.to_string())];
            errors.add_with(format!("weights.{figure}"), "points-out-of-range", args);
        }
    }
    errors
}

/// The figures that differ.
pub fn changed(then: &Figures, now: &Figures) -> Vec<EvidenceFigure> {
    EvidenceFigure::ALL.iter().copied().filter(|figure| then.of(*figure) != now.of(*figure)).collect()
}

impl Period {
    /// The year of a day.
    pub fn year_of(day: NaiveDate) -> Self {
        let year = |month, date| NaiveDate::from_ymd_opt(day.year(), month, date).unwrap_or(day);
        Period { from: year(1, 1), to: year(12, 31) }
    }

    /// The period from one day to another; where one is not said, the year of the other.
    ///
    /// # Errors
    /// 400 at `to` for one that ends before it begins, or lasts longer than ten years.
    pub fn checked(
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, AppError> {
        let year = Period::year_of(from.or(to).unwrap_or(today));
        let period = Period { from: from.unwrap_or(year.from), to: to.unwrap_or(year.to) };
        if period.to < period.from {
            return Err(AppError::bad_request("to", "period-backwards"));
        }
        if period.to.year() - period.from.year() > MOST_YEARS {
            return Err(AppError::bad_request("to", "period-too-long"));
        }
        Ok(period)
    }

    /// Whether all of it is over.
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.to < today
    }

    /// The calendar years that end in it, first and last; none where the first is after the last.
    pub fn years(self) -> (i32, i32) {
        let is_whole = (self.to.month(), self.to.day()) == (12, 31);
        (self.from.year(), if is_whole { self.to.year() } else { self.to.year() - 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn points_are_given_for_whole_units() {
        let weights = Weights { leads: 1, contracts: 10, fixed_investment: 5, jobs: 2, ..Weights::default() };
        let figures = Figures {
            leads: 7,
            contracts: 2,
            fixed_investment: 29_999_999_99,
            jobs: 250,
            started: 9,
            ..Figures::default()
        };
        assert_eq!(score(&figures, &weights), 7 + 20 + 10 + 4);
        assert_eq!(score(&figures, &Weights::default()), 0);
    }

    #[test]
    fn a_weight_has_its_bounds() {
        let found = |points| faults(&Weights { visits: points, ..Weights::default() }).0;
        assert!(found(0).is_empty() && found(1_000).is_empty());
        for points in [-1, 1_001] {
            assert_eq!(found(points)[0].field, "weights.visits");
        }
    }

    #[test]
    fn what_is_not_said_is_the_year() {
        let today = day("2026-11-26");
        let period = |from: Option<&str>, to: Option<&str>| {
            Period::checked(from.map(day), to.map(day), today)
                .map(|it| (it.from.to_string(), it.to.to_string()))
        };
        let told = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(period(None, None).unwrap(), told("2026-01-01", "2026-12-31"));
        assert_eq!(period(Some("2024-07-01"), None).unwrap(), told("2024-07-01", "2024-12-31"));
        assert_eq!(period(None, Some("2024-06-30")).unwrap(), told("2024-01-01", "2024-06-30"));
        assert!(period(Some("2024-07-02"), Some("2024-07-01")).is_err());
        assert!(period(Some("2010-01-01"), Some("2024-07-01")).is_err());
    }

    #[test]
    fn jobs_are_those_of_the_years_that_ended() {
        let years = |from: &str, to: &str| Period { from: day(from), to: day(to) }.years();
        assert_eq!(years("2024-01-01", "2025-12-31"), (2024, 2025));
        assert_eq!(years("2024-03-01", "2025-12-30"), (2024, 2024));
        assert_eq!(years("2024-03-01", "2024-12-30"), (2024, 2023));
    }

    proptest! {
        #[test]
        fn more_of_anything_never_scores_less(
            (leads, more) in (0..100_000_i64, 0..100_000_i64), points in 0..=MOST_POINTS,
        ) {
            let weights = Weights { leads: points, fixed_investment: points, ..Weights::default() };
            let of = |leads| Figures { leads, fixed_investment: leads * 1_000_00, ..Figures::default() };
            prop_assert!(score(&of(leads), &weights) <= score(&of(leads + more), &weights));
        }
    }
}
