//! The rules of signing in: how long one waits after failures, and when a session ends.

use crate::config::SessionSettings;
use chrono::{Duration, NaiveDateTime};

/// Failures of one account from one address that are free.
pub const FREE_FAILURES: i64 = 5;

/// How long an account waits at an address after its `failures`-th failure there: 1, 5, then 30 minutes.
///
/// The pair waits, never the address alone: a whole bureau sits behind one address.
pub fn wait_after(failures: i64) -> Option<Duration> {
    match failures {
        ..FREE_FAILURES => None,
        FREE_FAILURES => Some(Duration::minutes(1)),
        6 => Some(Duration::minutes(5)),
        _ => Some(Duration::minutes(30)),
    }
}

/// Failures are forgotten after a quiet day.
pub fn forget_before(now: NaiveDateTime) -> NaiveDateTime {
    now - Duration::days(1)
}

/// How much slower the next answer to an address is that failed `recent` times (any account) within
/// a quarter of an hour: guessing gets slow, a colleague's typo is not felt.
pub fn slow_down(recent: i64) -> std::time::Duration {
    let steps = u64::try_from(recent.saturating_sub(10)).unwrap_or(0).min(20);
    std::time::Duration::from_millis(steps * 100)
}

/// When a session ends whatever happens, and how long it may lie idle.
pub fn lifetime(settings: &SessionSettings, on_phone: bool) -> (Duration, Duration) {
    let (absolute, idle) = if on_phone {
        (settings.phone_absolute, settings.phone_idle)
    } else {
        (settings.desk_absolute, settings.desk_idle)
    };
    let chrono = |d| Duration::from_std(d).unwrap_or(Duration::MAX);
    (chrono(absolute), chrono(idle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_from_the_fifth_failure() {
        let minutes = |n| wait_after(n).map(|d| d.num_minutes());
        assert_eq!([4, 5, 6, 7, 100].map(minutes), [None, Some(1), Some(5), Some(30), Some(30)]);
    }

    #[test]
    fn an_address_is_slowed_but_never_stopped() {
        assert_eq!(slow_down(10).as_millis(), 0);
        assert_eq!(slow_down(15).as_millis(), 500);
        assert_eq!(slow_down(i64::MAX).as_millis(), 2000);
    }
}
