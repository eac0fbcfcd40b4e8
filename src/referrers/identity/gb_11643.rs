//! The citizen's identity number (公民身份号码) of GB 11643-1999, whose check a foreigner's has, too (2023).

use super::IdentityError;
use chrono::{Datelike, NaiveDate};

/// Characters of a number.
pub const LENGTH: usize = 18;

/// The check characters by the remainder of the weighted sum, from 0 to 10.
const CHECKS: &[u8; 11] = b"10X98765432";

/// The first year of birth that anybody living can have.
const FIRST_YEAR: i32 = 1900;

/// Whether it has a day of birth that exists and has come, and the right check character.
///
/// # Errors
/// The first of what is wrong.
pub fn check(number: &str, today: NaiveDate) -> Result<(), IdentityError> {
    let length = number.chars().count();
    if length != LENGTH {
        return Err(IdentityError::Length(length));
    }
    let (mut sum, mut last) = (0, ' ');
    for (at, c) in number.chars().enumerate() {
        match (at, c.to_digit(10)) {
            (17, _) if c == 'X' || c.is_ascii_digit() => last = c,
            // The weights are powers of 2 modulo 11, the check character's own being 1.
            (0..17, Some(digit)) => sum += digit * (1 << (17 - at)) % 11,
            _ => return Err(IdentityError::Character),
        }
    }
    let born = number.get(6..14).and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok());
    if born.is_none_or(|day| day.year() < FIRST_YEAR || day > today) {
        return Err(IdentityError::BirthDate);
    }
    let wanted = CHECKS.get(sum as usize % 11).copied().map(char::from);
    if wanted == Some(last) { Ok(()) } else { Err(IdentityError::Check) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();

    /// With the check character that fits, whatever the day of birth.
    fn with_check(body: &str) -> String {
        let numbers = "0123456789X".chars().map(|last| format!("{body}{last}"));
        numbers.into_iter().find(|number| check(number, NaiveDate::MAX).is_ok()).unwrap()
    }

    #[test]
    fn wrong_numbers_are_told_apart() {
        // The example of the standard itself.
        assert_eq!(check("11010519491231002X", TODAY), Ok(()));
        for (text, fault) in [
            ("1101051949123100", IdentityError::Length(16)),
            ("1101051949123100ZX", IdentityError::Character),
            ("11010519491231002A", IdentityError::Character),
            ("110105194902310020", IdentityError::BirthDate),
            ("110105189912310020", IdentityError::BirthDate),
            ("110105194912310021", IdentityError::Check),
        ] {
            assert_eq!(check(text, TODAY), Err(fault), "{text}");
        }
    }

    #[test]
    fn nobody_is_born_tomorrow() {
        let born = |day: &str| with_check(&format!("450799{day}001"));
        assert_eq!(check(&born("20261126"), TODAY), Ok(()), "today");
        assert_eq!(check(&born("20261127"), TODAY), Err(IdentityError::BirthDate));
        assert_eq!(check(&born("20990101"), TODAY), Err(IdentityError::BirthDate));
        assert_eq!(check(&born("20990101"), NaiveDate::from_ymd_opt(2099, 1, 1).unwrap()), Ok(()));
    }

    proptest! {
        /// 11 is a prime and no weight is a multiple of it: one wrong digit is always seen.
        #[test]
        fn one_wrong_digit_is_always_seen(serial in "[0-9]{3}", at in 0_usize..17, other in 0_u32..10) {
            // Made up: of a county that does not exist.
            let right = with_check(&format!("45079919900101{serial}"));
            let mut wrong: Vec<char> = right.chars().collect();
            let digit = char::from_digit(other, 10).unwrap();
            prop_assume!(wrong[at] != digit);
            wrong[at] = digit;
            prop_assert!(check(&wrong.into_iter().collect::<String>(), TODAY).is_err());
        }
    }
}
