//! Rules of accounts: what a username is, what a role needs, who may be taken away.

use crate::accounts::model::{Role, User};
use crate::error::FieldErrors;
use chrono::{Duration, NaiveDateTime};

/// The longest username.
pub const MAX_USERNAME: usize = 64;
/// The longest life of an API token, in days.
pub const MAX_TOKEN_DAYS: i64 = 365;
/// The life of a token when nobody says, in days.
pub const DEFAULT_TOKEN_DAYS: i64 = 90;

/// A username as it is kept: 2 to 64 lower-case letters, digits, dots, hyphens and underscores, beginning with a
/// letter or digit. `None` when the text is none.
pub fn username(text: &str) -> Option<String> {
    let name = text.trim().to_lowercase();
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let fits = (2..=MAX_USERNAME).contains(&name.len())
        && name.chars().all(allowed)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric());
    fits.then_some(name)
}

/// What a role needs and does not take: a county or the zone for those who act for one, a chamber for its
/// liaison and for nobody else.
pub fn check_place(errors: &mut FieldErrors, role: Role, region: Option<&str>, chamber: Option<&str>) {
    if role.needs_region() && region.is_none() {
        errors.add("region", "region-needed");
    }
    match (role.needs_chamber(), chamber) {
        (true, None) => errors.add("chamber", "chamber-needed"),
        (false, Some(_)) => errors.add("chamber", "chamber-not-for-role"),
        _ => {}
    }
}

/// Whether a change takes away an active administrator.
pub fn takes_admin_away(before: &User, after: &User) -> bool {
    let is_admin = |user: &User| user.role == Role::Admin && user.active;
    is_admin(before) && !is_admin(after)
}

/// Whether a change of role, county or chamber gives the user other rights: he signs in anew then.
pub fn changes_rights(before: &User, after: &User) -> bool {
    (before.role, &before.region, &before.chamber_id) != (after.role, &after.region, &after.chamber_id)
}

/// How many days a token lives; `None` when that is not allowed.
pub fn token_days(wanted: Option<i64>) -> Option<i64> {
    let days = wanted.unwrap_or(DEFAULT_TOKEN_DAYS);
    (1..=MAX_TOKEN_DAYS).contains(&days).then_some(days)
}

/// Whether a password must be changed before anything else: somebody else chose it, or it is older than
/// `days` (GB/T 22239-2019: changed periodically; 0 never asks).
pub fn password_is_due(must_change: bool, changed_at: NaiveDateTime, days: i64, now: NaiveDateTime) -> bool {
    must_change || (days > 0 && changed_at + Duration::days(days) <= now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn a_username_is_a_plain_word() {
        for (text, kept) in [
            (" Li.Ming-2 ", Some("li.ming-2")),
            ("a", None),
            ("-admin", None),
            ("李明", None),
            ("li ming", None),
            ("ab\n", Some("ab")),
        ] {
            assert_eq!(username(text).as_deref(), kept, "{text:?}");
        }
        assert_eq!(username(&"a".repeat(65)), None);
    }

    #[test]
    fn a_role_names_its_place() {
        let faults = |role, region, chamber| {
            let mut errors = FieldErrors::default();
            check_place(&mut errors, role, region, chamber);
            errors.0.iter().map(|fault| fault.code).collect::<Vec<_>>()
        };
        assert_eq!(faults(Role::CountyLeader, None, None), ["region-needed"]);
        assert_eq!(faults(Role::ChamberLiaison, None, None), ["chamber-needed"]);
        assert_eq!(faults(Role::Admin, None, Some("SH-0001")), ["chamber-not-for-role"]);
        assert!(faults(Role::CountyOfficer, Some("450721"), None).is_empty());
    }

    #[test]
    fn tokens_end_within_a_year() {
        assert_eq!([Some(0), Some(366), Some(365), None].map(token_days), [None, None, Some(365), Some(90)]);
    }

    #[test]
    fn an_old_password_is_due() {
        let now = clock::now();
        assert!(password_is_due(true, now, 0, now));
        assert!(password_is_due(false, now - Duration::days(90), 90, now));
        assert!(!password_is_due(false, now - Duration::days(89), 90, now));
        assert!(!password_is_due(false, now - Duration::days(900), 0, now));
    }
}
