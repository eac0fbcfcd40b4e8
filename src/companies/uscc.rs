//! The unified social credit code (统一社会信用代码) of GB 32100-2015.

use unicode_normalization::UnicodeNormalization;

/// Digits and letters in the order of their values; I, O, S, V and Z are not used.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A credit code whose check character is right.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uscc(String);

/// Why a text is no credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsccError {
    /// So many characters instead of 18.
    #[error("a credit code has 18 characters, this has {0}")]
    Length(usize),
    /// A character that the standard does not use.
    #[error("a credit code has no {0}")]
    Character(char),
    /// The last character is not the one that the 17 before it give.
    #[error("the last character of this credit code should be {wanted}")]
    Check { wanted: char },
}

impl Uscc {
    /// Reads a code in any width and case, spaces left out.
    ///
    /// # Errors
    /// A wrong length, one of the letters I O S V Z or any other strange character, or a wrong check
    /// character.
    pub fn parse(text: &str) -> Result<Self, UsccError> {
        let code: String = text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        let length = code.chars().count();
        if length != 18 {
            return Err(UsccError::Length(length));
        }
        let mut sum = 0_usize;
        let mut weight = 1;
        let mut last = 0;
        for (at, c) in code.chars().enumerate() {
            let value = value(c).ok_or(UsccError::Character(c))?;
            if at < 17 {
                sum += value * weight;
                weight = weight * 3 % 31;
            } else {
                last = value;
            }
        }
        let wanted = (31 - sum % 31) % 31;
        if last != wanted {
            return Err(UsccError::Check { wanted: char::from(ALPHABET[wanted]) });
        }
        Ok(Self(code))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Uscc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

fn value(c: char) -> Option<usize> {
    ALPHABET.iter().position(|&letter| char::from(letter) == c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_in_any_width_and_case() {
        for text in [
            "91440300MACADR683J",
            " 91440300macadr683j ",
            "９１４４０３００ＭＡＣＡＤＲ６８３Ｊ",
            "9144 0300 MACADR683J",
        ] {
            assert_eq!(
                Uscc::parse(text).map(|code| code.to_string()),
                Ok("91440300MACADR683J".to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn wrong_codes_are_told_apart() {
        assert_eq!(Uscc::parse(""), Err(UsccError::Length(0)));
        assert_eq!(Uscc::parse("450700000012345"), Err(UsccError::Length(15)));
        assert_eq!(Uscc::parse("91440300MACADR683JX"), Err(UsccError::Length(19)));
        for letter in ['I', 'O', 'S', 'V', 'Z'] {
            let code = format!("91440300MACADR68{letter}J");
            assert_eq!(Uscc::parse(&code), Err(UsccError::Character(letter)));
        }
        assert!(Uscc::parse("91440300MA1DPNU02U").is_err());
        assert_eq!(Uscc::parse("91440300MACADR683K"), Err(UsccError::Check { wanted: 'J' }));
        assert_eq!(Uscc::parse("91440300-ACADR683J"), Err(UsccError::Character('-')));
    }

    proptest! {
        /// The weights are powers of 3 modulo the prime 31, so no single wrong character slips through.
        #[test]
        fn one_wrong_character_is_always_seen(body in "[0-9A-HJ-NP-RTUWXY]{17}", at in 0_usize..18, other in 0_usize..31) {
            let right = ALPHABET.iter().map(|&c| format!("{body}{}", char::from(c))).find(|code| Uscc::parse(code).is_ok());
            let right = right.expect("one of the 31 is the check character");
            let mut wrong: Vec<char> = right.chars().collect();
            let letter = char::from(ALPHABET[other]);
            prop_assume!(wrong[at] != letter);
            wrong[at] = letter;
            prop_assert!(Uscc::parse(&wrong.into_iter().collect::<String>()).is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}") {
            let _ = Uscc::parse(&text);
        }
    }
}
