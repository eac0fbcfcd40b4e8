//! The citizen's identity number (公民身份号码) of GB 11643-1999.

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;

/// The check characters by the remainder of the weighted sum, from 0 to 10.
const CHECKS: &[u8; 11] = b"10X98765432";

/// The first year of birth that anybody living can have.
const FIRST_YEAR: i32 = 1900;

/// An identity number whose day of birth exists and whose check character is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityNumber(String);

/// Why a text is no identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    #[error("an identity number has 18 characters, this has {0}")]
    Length(usize),
    /// Not seventeen digits and a digit or X.
    #[error("an identity number has digits, and X at its end only")]
    Character,
    #[error("characters 7 to 14 are no day of birth")]
    BirthDate,
    #[error("the last character does not fit the others")]
    Check,
}

impl IdentityError {
    /// The code of the fault.
    pub fn code(self) -> &'static str {
        match self {
            IdentityError::Length(_) => "identity-length",
            IdentityError::Character => "identity-character",
            IdentityError::BirthDate => "identity-birth-date",
            IdentityError::Check => "identity-check",
        }
    }
}

impl IdentityNumber {
    /// Reads a number in any width, spaces left out.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let number: String =
            text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        let length = number.chars().count();
        if length != 18 {
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
        if born.is_none_or(|day| day.year() < FIRST_YEAR) {
            return Err(IdentityError::BirthDate);
        }
        let wanted = CHECKS.get(sum as usize % 11).copied().map(char::from);
        if wanted == Some(last) { Ok(IdentityNumber(number)) } else { Err(IdentityError::Check) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `4507**********1234`: the first and the last four of eighteen (domain/roles.md 5.1).
pub fn mask(number: &str) -> String {
    let (head, tail) = (number.get(..4).unwrap_or_default(), number.get(14..).unwrap_or_default());
    format!("{head}**********{tail}")
}

/// `****1234`: the last four of an account.
pub fn mask_account(account: &str) -> String {
    let last = account.len().saturating_sub(4);
    format!("****{}", account.get(last..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Made up: of a county that does not exist.
    const RIGHT: &str = "450799199001010018";

    fn with_check(body: &str) -> String {
        "0123456789X"
            .chars()
            .map(|last| format!("{body}{last}"))
            .find(|number| IdentityNumber::parse(number).is_ok())
            .unwrap()
    }

    #[test]
    fn a_number_is_read_in_any_width_and_masked() {
        let right = with_check(&RIGHT[..17]);
        let wide: String = right.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect();
        for text in [right.clone(), format!(" {} {}", &right[..6], &right[6..]), wide] {
            assert_eq!(IdentityNumber::parse(&text).unwrap().as_str(), right);
        }
        // The example of the standard itself.
        assert_eq!(IdentityNumber::parse("11010519491231002x").unwrap().as_str(), "11010519491231002X");
        assert_eq!(mask("11010519491231002X"), "1101**********002X");
        assert_eq!(mask_account("6222000000001234"), "****1234");
    }

    #[test]
    fn wrong_numbers_are_told_apart() {
        for (text, fault) in [
            ("1101051949123100", IdentityError::Length(16)),
            ("1101051949123100ZX", IdentityError::Character),
            ("11010519491231002A", IdentityError::Character),
            ("110105194902310020", IdentityError::BirthDate),
            ("110105189912310020", IdentityError::BirthDate),
            ("110105194912310021", IdentityError::Check),
        ] {
            assert_eq!(IdentityNumber::parse(text), Err(fault), "{text}");
        }
    }

    proptest! {
        /// 11 is a prime and no weight is a multiple of it: one wrong digit is always seen.
        #[test]
        fn one_wrong_digit_is_always_seen(serial in "[0-9]{3}", at in 0_usize..17, other in 0_u32..10) {
            let right = with_check(&format!("45079919900101{serial}"));
            let mut wrong: Vec<char> = right.chars().collect();
            let digit = char::from_digit(other, 10).unwrap();
            prop_assume!(wrong[at] != digit);
            wrong[at] = digit;
            prop_assert!(IdentityNumber::parse(&wrong.into_iter().collect::<String>()).is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}") {
            let _ = IdentityNumber::parse(&text);
        }
    }
}
