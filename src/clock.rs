//! The one place that asks what time it is. Rules take `now` or `today` as an argument instead.

use chrono::{Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, SubsecRound, Utc};

/// China has one time zone and no summer time.
const CHINA: FixedOffset = match FixedOffset::east_opt(8 * 3600) {
    Some(zone) => zone,
    None => unreachable!(),
};

/// UTC now, cut to microseconds: PostgreSQL keeps no more, and both databases must agree.
pub fn now() -> NaiveDateTime {
    Utc::now().naive_utc().trunc_subsecs(6)
}

/// Years that a day may have: a year beyond them is a slip of the hand, and no database keeps all that can be typed.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// Whether a day that somebody gave lies in `YEARS`.
pub fn is_credible(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

/// The calendar day in China at a UTC time.
pub fn china_date(at: NaiveDateTime) -> NaiveDate {
    at.and_utc().with_timezone(&CHINA).date_naive()
}

/// A UTC time as the wall clock in China shows it.
pub fn china_time(at: NaiveDateTime) -> NaiveDateTime {
    at.and_utc().with_timezone(&CHINA).naive_local()
}

/// The UTC time of a wall clock reading in China.
pub fn utc_from_china(local: NaiveDateTime) -> NaiveDateTime {
    local - chrono::Duration::hours(8)
}

/// The UTC time at which a day began in China.
pub fn day_began(day: NaiveDate) -> NaiveDateTime {
    utc_from_china(day.and_time(chrono::NaiveTime::MIN))
}

/// Today in China.
pub fn today() -> NaiveDate {
    china_date(now())
}

/// The Sunday that ends the week of `day` (weeks begin on Monday).
pub fn end_of_week(day: NaiveDate) -> NaiveDate {
    let ahead = 6 - u64::from(day.weekday().num_days_from_monday());
    day.checked_add_days(Days::new(ahead)).unwrap_or(day)
}

/// RFC 3339 in UTC, as the API writes times.
pub mod rfc3339 {
    use chrono::{DateTime, NaiveDateTime, SecondsFormat};
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn format(at: NaiveDateTime) -> String {
        at.and_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    pub fn serialize<S: Serializer>(at: &NaiveDateTime, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format(*at))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDateTime, D::Error> {
        use chrono::SubsecRound;
        let text = String::deserialize(from)?;
        let at = DateTime::parse_from_rfc3339(&text)
            .map_err(|_| serde::de::Error::custom("a time as 2026-11-23T08:00:00Z is wanted"))?;
        Ok(at.naive_utc().trunc_subsecs(6))
    }

    /// The same for a time that may be missing.
    pub mod option {
        use chrono::NaiveDateTime;
        use serde::Serializer;

        pub fn serialize<S: Serializer>(at: &Option<NaiveDateTime>, to: S) -> Result<S::Ok, S::Error> {
            match at {
                Some(at) => super::serialize(at, to),
                None => to.serialize_none(),
            }
        }
    }
}
