//! China's working days: Monday to Friday, but for the days off and make-up days that the State Council sets
//! every year.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Deserialize;

use super::source::{Files, ReferenceError};

/// Days that differ from their weekday.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    days: BTreeMap<NaiveDate, SetDay>,
}

#[derive(Debug, Clone)]
struct SetDay {
    works: bool,
    name: String,
}

#[derive(Deserialize)]
struct DayRow {
    date: NaiveDate,
    kind: DayKind,
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum DayKind {
    Off,
    Work,
}

impl Calendar {
    pub(super) fn load(files: &Files<'_>) -> Result<Self, ReferenceError> {
        let file = files.read("holidays.csv")?;
        let mut days = BTreeMap::new();
        for (line, DayRow { date, kind, name }) in file.csv()? {
            let day = SetDay { works: matches!(kind, DayKind::Work), name };
            if days.insert(date, day).is_some() {
                return Err(file.fault(format!("line {line}"), format!("{date} stands here twice")));
            }
        }
        Ok(Self { days })
    }

    /// Whether offices work on this day. A year without rows counts Monday to Friday; see [`Self::guessed`].
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        self.days.get(&date).map_or(!weekend, |day| day.works)
    }

    /// The day that is `n` working days after `date`: the first working day after it is 1. With 0, `date`
    /// itself, working day or not.
    pub fn add(&self, date: NaiveDate, n: u32) -> NaiveDate {
        let mut day = date;
        let mut left = n;
        while left > 0 {
            let Some(next) = day.checked_add_days(Days::new(1)) else { return day };
            day = next;
            left -= u32::from(self.is_working_day(day));
        }
        day
    }

    /// How many working days there are after `from` up to and with `to`; negative when `to` is earlier.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.between(to, from);
        }
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        days.filter(|day| self.is_working_day(*day)).map(|_| 1).sum()
    }

    /// The first year on the way from `date` to `n` working days later whose days off are not in the data: there
    /// Monday to Friday are counted, and who reads the day is told so.
    pub fn guessed(&self, date: NaiveDate, n: u32) -> Option<i32> {
        (date.year()..=self.add(date, n).year()).find(|year| !self.knows(*year))
    }

    /// Whether the year's days off are in the data.
    pub fn knows(&self, year: i32) -> bool {
        let ends = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
        matches!(ends, (Some(first), Some(last)) if self.days.range(first..=last).next().is_some())
    }

    /// The holiday that a day off or make-up day belongs to.
    pub fn holiday(&self, date: NaiveDate) -> Option<&str> {
        self.days.get(&date).map(|day| day.name.as_str())
    }
}
