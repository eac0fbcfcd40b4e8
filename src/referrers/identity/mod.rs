//! The papers that say who somebody is (身份证件): their kinds, the form of each one's number, how it is found again and
//! how it is shown.

mod gb_11643;

use crate::confidential::Keyring;
use crate::text_enum;
use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

text_enum! {
    /// What paper an identity number is of.
    pub enum IdentityKind {
        /// 居民身份证, and 港澳台居民居住证, whose numbers are of the same series: GB 11643.
        ResidentId = "resident_id",
        /// 护照
        Passport = "passport",
        /// 港澳居民来往内地通行证 (回乡证): H or M and 8 digits.
        HkMacauPermit = "hk_macau_permit",
        /// 台湾居民来往大陆通行证 (台胞证): 8 digits.
        TaiwanPermit = "taiwan_permit",
        /// 外国人永久居留身份证: 18 characters as GB 11643 checks them, the first of them 9; or the 15 of the older paper.
        ForeignResidentId = "foreign_resident_id",
    }
}

/// The first character of a foreigner's number, which no citizen's begins with.
const FOREIGN: char = '9';

/// A number of the form that its kind has, in capitals and without spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityNumber {
    kind: IdentityKind,
    number: String,
}

/// Why a text is no number of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    #[error("an identity number has 18 characters, this has {0}")]
    Length(usize),
    /// Not seventeen digits and a digit or X.
    #[error("an identity number has digits, and X at its end only")]
    Character,
    #[error("characters 7 to 14 are no day of birth that has come")]
    BirthDate,
    #[error("the last character does not fit the others")]
    Check,
    #[error("a number that begins with 9 is of a foreigner's permanent residence")]
    Foreign,
    #[error("a passport has 5 to 20 letters and digits, a digit among them")]
    Passport,
    #[error("a permit of Hong Kong and Macau residents has H or M and 8 digits")]
    HkMacauPermit,
    #[error("a permit of Taiwan residents has 8 digits")]
    TaiwanPermit,
    #[error("a foreigner's permanent residence has 18 characters from 9, or 3 letters and 12 digits")]
    ForeignResidentId,
}

impl IdentityError {
    /// The code of the fault.
    pub fn code(self) -> &'static str {
        match self {
            IdentityError::Length(_) => "identity-length",
            IdentityError::Character => "identity-character",
            IdentityError::BirthDate => "identity-birth-date",
            IdentityError::Check => "identity-check",
            IdentityError::Foreign => "identity-foreign",
            IdentityError::Passport => "identity-passport",
            IdentityError::HkMacauPermit => "identity-hk-macau-permit",
            IdentityError::TaiwanPermit => "identity-taiwan-permit",
            IdentityError::ForeignResidentId => "identity-foreign-resident-id",
        }
    }
}

impl IdentityNumber {
    /// Reads a number in any width and case, spaces left out. A day of birth in it is not after `today`.
    pub fn parse(kind: IdentityKind, text: &str, today: NaiveDate) -> Result<Self, IdentityError> {
        let number: String =
            text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        let length = number.chars().count();
        let begins_foreign = length == gb_11643::LENGTH && number.starts_with(FOREIGN);
        match kind {
            IdentityKind::ResidentId if begins_foreign => return Err(IdentityError::Foreign),
            IdentityKind::ResidentId => gb_11643::check(&number, today)?,
            IdentityKind::ForeignResidentId if begins_foreign => gb_11643::check(&number, today)?,
            IdentityKind::ForeignResidentId => {
                as_wanted(length == 15 && has_form(&number, 3), IdentityError::ForeignResidentId)?;
            }
            IdentityKind::Passport => {
                let is_one = (5..=20).contains(&length)
                    && number.chars().all(|c| c.is_ascii_alphanumeric())
                    && number.chars().any(|c| c.is_ascii_digit());
                as_wanted(is_one, IdentityError::Passport)?;
            }
            IdentityKind::HkMacauPermit => {
                let is_one = length == 9 && number.starts_with(['H', 'M']) && has_form(&number, 1);
                as_wanted(is_one, IdentityError::HkMacauPermit)?;
            }
            IdentityKind::TaiwanPermit => {
                as_wanted(length == 8 && has_form(&number, 0), IdentityError::TaiwanPermit)?;
            }
        }
        Ok(IdentityNumber { kind, number })
    }

    pub fn kind(&self) -> IdentityKind {
        self.kind
    }

    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// By which an equal number is found. Those of GB 11643 are one series; others are equal among their own kind only,
    /// as eight digits may be a permit's and a passport's.
    pub fn hash(&self, keys: &Keyring) -> String {
        match self.kind {
            IdentityKind::ResidentId | IdentityKind::ForeignResidentId => {
                keys.equality_hash("identity", &self.number)
            }
            kind => keys.equality_hash(&format!("identity.{kind}"), &self.number),
        }
    }
}

/// The kind that is kept with a number, and with none.
pub fn kind_of(number: Option<&IdentityNumber>) -> IdentityKind {
    number.map_or(IdentityKind::ResidentId, IdentityNumber::kind)
}

/// So many capital letters, and digits after them.
fn has_form(number: &str, letters: usize) -> bool {
    let mut chars = number.chars();
    chars.by_ref().take(letters).all(|c| c.is_ascii_uppercase()) && chars.all(|c| c.is_ascii_digit())
}

fn as_wanted(is: bool, otherwise: IdentityError) -> Result<(), IdentityError> {
    if is { Ok(()) } else { Err(otherwise) }
}

/// `4507**********1234`: the first and the last four (domain/roles.md 5.1); of a short number, which would stand there
/// almost whole, the first and the last two.
pub fn mask(number: &str) -> String {
    let length = number.chars().count();
    let (head, tail) = if length >= 15 { (4, 4) } else { (1, 2) };
    let hidden = |at: usize| at >= head && at + tail < length;
    number.chars().enumerate().map(|(at, c)| if hidden(at) { '*' } else { c }).collect()
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
    use proptest::sample::select;

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();

    #[test]
    fn every_kind_is_read_in_any_width_and_case() {
        for (kind, typed, number) in [
            (IdentityKind::ResidentId, "11010519491231002x", "11010519491231002X"),
            (IdentityKind::Passport, " e ａ１２３４５６７ ", "EA1234567"),
            (IdentityKind::HkMacauPermit, "ｈ12345678", "H12345678"),
            (IdentityKind::HkMacauPermit, "m 1234 5678", "M12345678"),
            (IdentityKind::TaiwanPermit, "１２３４５６７８", "12345678"),
            (IdentityKind::ForeignResidentId, "xxa450000900101", "XXA450000900101"),
        ] {
            let read = IdentityNumber::parse(kind, typed, TODAY).unwrap();
            assert_eq!((read.kind(), read.as_str()), (kind, number));
        }
    }

    #[test]
    fn a_number_of_another_form_says_what_is_wanted() {
        use IdentityKind::*;
        for (kind, text, fault) in [
            (ResidentId, "12345678", IdentityError::Length(8)),
            (ResidentId, "911124198108030024", IdentityError::Foreign),
            (Passport, "1234", IdentityError::Passport),
            (Passport, "ABCDEF", IdentityError::Passport),
            (Passport, "E1234-567", IdentityError::Passport),
            (HkMacauPermit, "K12345678", IdentityError::HkMacauPermit),
            (HkMacauPermit, "H1234567", IdentityError::HkMacauPermit),
            (HkMacauPermit, "H1234567A", IdentityError::HkMacauPermit),
            (TaiwanPermit, "1234567", IdentityError::TaiwanPermit),
            (TaiwanPermit, "A2345678", IdentityError::TaiwanPermit),
            (ForeignResidentId, "11010519491231002X", IdentityError::ForeignResidentId),
            (ForeignResidentId, "XA4500000900101", IdentityError::ForeignResidentId),
            (ForeignResidentId, "911124198113030024", IdentityError::BirthDate),
            (ForeignResidentId, "911124209908030024", IdentityError::BirthDate),
        ] {
            assert_eq!(IdentityNumber::parse(kind, text, TODAY), Err(fault), "{kind} {text}");
        }
    }

    #[test]
    fn a_foreigners_number_has_the_check_of_gb_11643() {
        let right: Vec<String> = "0123456789X"
            .chars()
            .map(|last| format!("91112419810803002{last}"))
            .filter(|text| IdentityNumber::parse(IdentityKind::ForeignResidentId, text, TODAY).is_ok())
            .collect();
        assert_eq!(right.len(), 1, "{right:?}");
    }

    #[test]
    fn equal_numbers_are_equal_within_their_series() {
        let keys = Keyring::from_hex(&"0c".repeat(32)).unwrap();
        let hash = |kind, text| IdentityNumber::parse(kind, text, TODAY).unwrap().hash(&keys);
        assert_eq!(hash(IdentityKind::Passport, "e1234567"), hash(IdentityKind::Passport, "Ｅ1234567"));
        assert_ne!(hash(IdentityKind::Passport, "12345678"), hash(IdentityKind::TaiwanPermit, "12345678"));
        // What was kept before there were kinds is found again.
        assert_eq!(
            hash(IdentityKind::ResidentId, "11010519491231002x"),
            keys.equality_hash("identity", "11010519491231002X")
        );
    }

    #[test]
    fn a_mask_leaves_little_of_a_short_number() {
        assert_eq!(mask("11010519491231002X"), "1101**********002X");
        assert_eq!(mask("XXA450000900101"), "XXA4*******0101");
        assert_eq!(mask("EA1234567"), "E******67");
        assert_eq!(mask("12345678"), "1*****78");
        assert_eq!(mask_account("6222000000001234"), "****1234");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(kind in select(IdentityKind::ALL), text in "\\PC{0,24}") {
            if let Ok(read) = IdentityNumber::parse(kind, &text, TODAY) {
                // What is read is read as the same again, and its mask hides something.
                prop_assert_eq!(IdentityNumber::parse(kind, read.as_str(), TODAY), Ok(read.clone()));
                prop_assert!(mask(read.as_str()).contains('*'));
            }
        }
    }
}
