//! What of a project counts for its county in a year: pure, over facts.

use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// What the comparison asks of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Where its statistics belong.
    pub county: String,
    pub is_key: bool,
    pub total_investment_fen: i64,
    pub entered_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
    /// Started, verified, in the year.
    pub started: bool,
    pub producing: bool,
}

/// A county's figures of a year. Amounts in fen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// In the pool at the end of the year, or now while it lasts.
    pub in_pool: i64,
    /// Of them the key ones.
    pub key: i64,
    pub entered: i64,
    pub started: i64,
    pub producing: i64,
    /// Of those in the pool.
    pub total_investment_fen: i64,
}

/// The figures by county.
pub fn by_county(projects: &[Facts], year: i32) -> BTreeMap<String, Figures> {
    let mut counties: BTreeMap<String, Figures> = BTreeMap::new();
    for project in projects {
        let figures = counties.entry(project.county.clone()).or_default();
        let by_the_end = |day: NaiveDate| day.year() <= year;
        let entered = project.entered_on.is_some_and(by_the_end);
        if entered && !project.withdrawn_on.is_some_and(by_the_end) {
            figures.in_pool += 1;
            figures.key += i64::from(project.is_key);
            figures.total_investment_fen =
                figures.total_investment_fen.saturating_add(project.total_investment_fen);
        }
        figures.entered += i64::from(project.entered_on.is_some_and(|day| day.year() == year));
        figures.started += i64::from(project.started);
        figures.producing += i64::from(project.producing);
    }
    counties
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawn_project_leaves_the_pool_at_the_end_of_its_year() {
        let day = |text: &str| text.parse().ok();
        let project = Facts {
            county: "450721".into(),
            is_key: true,
            total_investment_fen: 5,
            entered_on: day("2024-03-01"),
            withdrawn_on: day("2025-02-01"),
            started: false,
            producing: false,
        };
        let of = |year| by_county(std::slice::from_ref(&project), year)["450721"];
        assert_eq!((of(2023).in_pool, of(2024).in_pool, of(2025).in_pool), (0, 1, 0));
        assert_eq!((of(2024).key, of(2024).entered, of(2024).total_investment_fen), (1, 1, 5));
        assert_eq!((of(2025).entered, of(2025).total_investment_fen), (0, 0));
    }
}
