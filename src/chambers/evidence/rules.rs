//! What is worked out of figures, and which periods there are. Pure.

use crate::chambers::evidence::model::{
    EvidenceFigure, EvidenceRecord, Figures, Period, Row, Sheet, Weights,
};
use crate::db::Id;
use crate::error::{AppError, FieldErrors};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

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

/// All of the credit for a record, in basis points.
const WHOLE_BP: i64 = 10_000;

/// Leads and projects of a sheet that confirmed sheets of other chambers count as well, beyond what is shared: the parts
/// together are more than the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountedTwice {
    pub records: BTreeSet<Id>,
    /// The chambers whose sheets count them.
    pub chambers: BTreeSet<Id>,
}

/// What counts as one thing: a figure has a row of a record and a day once.
type Fact = (EvidenceFigure, Id, NaiveDate);

/// What of `sheet` the confirmed sheets of others count already. An event is everybody's who came.
pub fn counted_twice(sheet: &Sheet, others: &[(Id, Sheet)]) -> CountedTwice {
    let own = parts(sheet);
    let mut sums: BTreeMap<&Fact, i64> = own.iter().map(|(fact, part)| (fact, *part)).collect();
    let mut holders: BTreeMap<&Fact, BTreeSet<&Id>> = BTreeMap::new();
    let mut by_chamber: BTreeMap<&Id, BTreeMap<Fact, i64>> = BTreeMap::new();
    for (chamber, other) in others {
        // Two sheets of one chamber say one thing of a fact.
        by_chamber.entry(chamber).or_default().extend(parts(other));
    }
    for (chamber, theirs) in &by_chamber {
        for (fact, part) in theirs {
            if let Some((fact, _)) = own.get_key_value(fact) {
                *sums.entry(fact).or_default() += part;
                holders.entry(fact).or_default().insert(*chamber);
            }
        }
    }
    let mut twice = CountedTwice::default();
    for (fact, chambers) in holders {
        if sums.get(fact).is_some_and(|sum| *sum > WHOLE_BP) {
            twice.records.insert(fact.1.clone());
            twice.chambers.extend(chambers.into_iter().cloned());
        }
    }
    twice
}

/// The part of each fact that a sheet counts.
fn parts(sheet: &Sheet) -> BTreeMap<Fact, i64> {
    let is_counted = |row: &&Row| row.record != EvidenceRecord::Event;
    let of = |(figure, rows): (&EvidenceFigure, &Vec<Row>)| -> Vec<(Fact, i64)> {
        let fact = |row: &Row| ((*figure, row.id.clone(), row.on), row.share_bp);
        rows.iter().filter(is_counted).map(fact).collect()
    };
    sheet.rows.iter().flat_map(of).collect()
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

    fn sheet(lead: &Id, share_bp: i64) -> Sheet {
        let row = Row {
            record: EvidenceRecord::Lead,
            id: lead.clone(),
            code: String::new(),
            title: String::new(),
            on: day("2025-06-01"),
            share_bp,
            value: Some(1),
        };
        Sheet { rows: BTreeMap::from([(EvidenceFigure::Leads, vec![row])]), ..Sheet::default() }
    }

    #[test]
    fn a_lead_is_counted_twice_where_the_parts_are_more_than_the_whole() {
        let (lead, other) = (Id::generate(), Id::generate());
        let of = |chamber: &Id, share: i64| (chamber.clone(), sheet(&lead, share));
        let twice = counted_twice(&sheet(&lead, 10_000), &[of(&other, 10_000), of(&other, 10_000)]);
        assert_eq!(twice.records, BTreeSet::from([lead.clone()]));
        assert_eq!(twice.chambers, BTreeSet::from([other.clone()]));
        let shared = counted_twice(&sheet(&lead, 6_000), &[of(&other, 4_000), of(&other, 4_000)]);
        assert_eq!(shared, CountedTwice::default());
        assert_eq!(counted_twice(&sheet(&other, 10_000), &[of(&other, 10_000)]), CountedTwice::default());
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
