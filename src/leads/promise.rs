//! The promised day: until when a reporter is answered (domain/process.md, step 2: a week). Pure; today is passed in.
//!
//! A report is answered once somebody judged it: the lead left its first stage, or is on hold, closed or merged.

use crate::clock;
use crate::leads::model::{Stage, Status};
use crate::reference::{Calendar, Reference};
use chrono::{Days, NaiveDate, NaiveDateTime};

/// Working days until a reporter gets an answer.
pub const PROMISED_WORKING_DAYS: u32 = 5;

/// So many days hold the promised working days, whatever holidays lie between.
const LOOKED_BACK: u64 = 60;

/// The day by which the reporter is answered.
pub fn promised_on(reference: &Reference, received_at: NaiveDateTime) -> NaiveDate {
    reference.calendar().add(clock::china_date(received_at), PROMISED_WORKING_DAYS)
}

/// Days past the promised day of a lead that nobody answered yet; negative when it is ahead, `None` once answered.
pub fn due_days(stage: Stage, status: Status, promised_on: NaiveDate, today: NaiveDate) -> Option<i64> {
    let waits = stage == Stage::New && status == Status::Active;
    waits.then(|| (today - promised_on).num_days())
}

/// Reports received before this moment were promised an answer before today.
pub fn late_before(calendar: &Calendar, today: NaiveDate) -> NaiveDateTime {
    let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let is_late = |day: &NaiveDate| calendar.add(*day, PROMISED_WORKING_DAYS) < today;
    let last = (1..LOOKED_BACK).map(back).find(is_late).unwrap_or_else(|| back(LOOKED_BACK));
    clock::day_began(last.succ_opt().unwrap_or(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_moment_agrees_with_each_promised_day() {
        let reference = Reference::load(None).unwrap();
        // Over the National Day, whose week has no working day.
        let mut today = day("2026-09-25");
        while today < day("2026-10-25") {
            let moment = late_before(reference.calendar(), today);
            for back in 0..30 {
                let received = clock::day_began(today - Days::new(back)) + chrono::Duration::hours(9);
                let late = promised_on(&reference, received) < today;
                assert_eq!(received < moment, late, "{today}: received {received}");
            }
            today = today.succ_opt().unwrap();
        }
    }

    #[test]
    fn only_a_report_that_nobody_judged_is_due() {
        let (promised, today) = (day("2026-11-20"), day("2026-11-23"));
        assert_eq!(due_days(Stage::New, Status::Active, promised, today), Some(3));
        assert_eq!(due_days(Stage::New, Status::Active, today, promised), Some(-3));
        assert_eq!(due_days(Stage::Assessment, Status::Active, promised, today), None);
        assert_eq!(due_days(Stage::New, Status::Closed, promised, today), None);
    }
}
