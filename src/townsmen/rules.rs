//! When consent is asked for anew.

use chrono::{Months, NaiveDate};

/// The day from which on a consent of this day has to be asked for again. PIPL art. 19: no longer than needed.
pub fn review_due_on(consent_on: NaiveDate, months: u32) -> NaiveDate {
    consent_on.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// Whether it has to be asked for by now.
pub fn is_due(review_due_on: NaiveDate, today: NaiveDate) -> bool {
    review_due_on <= today
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consent_is_asked_for_again_after_two_years() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(review_due_on(day("2024-02-29"), 24), day("2026-02-28"));
        assert!(is_due(day("2026-02-28"), day("2026-02-28")));
        assert!(!is_due(day("2026-02-28"), day("2026-02-27")));
    }
}
