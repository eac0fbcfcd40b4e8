//! How a notice stands on a day.

use crate::text_enum;
use chrono::NaiveDate;

text_enum! {
    /// How a notice stands on a day.
    pub enum NoticeStanding {
        /// Its first day is ahead: its readers do not see it yet.
        Coming = "coming",
        Current = "current",
        /// Its last day is past: its readers see it no more.
        Over = "over",
        Retracted = "retracted",
    }
}

/// How it stands today. First and last day are days on which it is there.
pub fn standing(
    from_on: NaiveDate,
    until_on: Option<NaiveDate>,
    is_retracted: bool,
    today: NaiveDate,
) -> NoticeStanding {
    if is_retracted {
        NoticeStanding::Retracted
    } else if today < from_on {
        NoticeStanding::Coming
    } else if until_on.is_some_and(|until| until < today) {
        NoticeStanding::Over
    } else {
        NoticeStanding::Current
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_there_from_its_first_day_through_its_last() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let on = |today: &str| standing(day("2026-03-02"), Some(day("2026-03-06")), false, day(today));
        assert_eq!(on("2026-03-01"), NoticeStanding::Coming);
        assert_eq!(on("2026-03-02"), NoticeStanding::Current);
        assert_eq!(on("2026-03-06"), NoticeStanding::Current);
        assert_eq!(on("2026-03-07"), NoticeStanding::Over);
        assert_eq!(standing(day("2026-03-02"), None, false, day("2036-01-01")), NoticeStanding::Current);
        assert_eq!(standing(day("2026-03-02"), None, true, day("2026-03-01")), NoticeStanding::Retracted);
    }
}
