//! What goes together in a recommendation.

use crate::error::FieldErrors;
use chrono::NaiveDate;

/// The days of a recommendation, and what they rest on.
#[derive(Debug, Clone, Copy)]
pub struct Course {
    /// Whether an enterprise of its credit status may be sent.
    pub may_be_sent: bool,
    pub sent_on: Option<NaiveDate>,
    pub has_result: bool,
    pub result_on: Option<NaiveDate>,
}

/// Faults by field: plan clause 三(三)2 recommends enterprises in good credit only; what was not sent has no result, a
/// result has its day, and no day lies ahead.
pub fn check(course: Course, today: NaiveDate, errors: &mut FieldErrors) {
    for (field, day) in [("sent_on", course.sent_on), ("result_on", course.result_on)] {
        errors.check_day(field, day);
        if day.is_some_and(|day| day > today) {
            errors.add(field, "date-in-future");
        }
    }
    if course.sent_on.is_some() && !course.may_be_sent {
        errors.add("credit", "credit-not-good");
    }
    if course.has_result != course.result_on.is_some() {
        errors.add(if course.has_result { "result_on" } else { "result" }, "required");
    }
    match (course.sent_on, course.result_on) {
        (None, Some(_)) => errors.add("sent_on", "required"),
        (Some(sent), Some(result)) if result < sent => errors.add("result_on", "ends-before-it-begins"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(course: Course) -> Vec<(String, &'static str)> {
        let mut errors = FieldErrors::default();
        check(course, day("2026-11-26"), &mut errors);
        errors.0.into_iter().map(|fault| (fault.field.into_owned(), fault.code)).collect()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn only_who_is_in_good_credit_is_sent_and_a_result_has_its_day() {
        let sent = Some(day("2026-11-20"));
        let noted = Course { may_be_sent: false, sent_on: None, has_result: false, result_on: None };
        assert!(faults(noted).is_empty());
        let credit = ("credit".to_owned(), "credit-not-good");
        assert_eq!(faults(Course { sent_on: sent, ..noted }), [credit]);
        let good = Course { may_be_sent: true, sent_on: sent, ..noted };
        assert!(faults(good).is_empty());
        let undated = Course { has_result: true, ..good };
        assert_eq!(faults(undated), [("result_on".to_owned(), "required")]);
        let early = Course { result_on: Some(day("2026-11-19")), ..undated };
        assert_eq!(faults(early), [("result_on".to_owned(), "ends-before-it-begins")]);
        let ahead = Course { result_on: Some(day("2026-11-27")), ..undated };
        assert_eq!(faults(ahead), [("result_on".to_owned(), "date-in-future")]);
        let same_day = Course { result_on: sent, ..undated };
        assert!(faults(same_day).is_empty());
        let never_sent = Course { sent_on: None, ..same_day };
        assert_eq!(faults(never_sent), [("sent_on".to_owned(), "required")]);
        let no_result = Course { has_result: false, ..same_day };
        assert_eq!(faults(no_result), [("result".to_owned(), "required")]);
    }
}
