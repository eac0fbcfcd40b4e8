//! The form in which words are compared.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// NFKC (full width becomes half width), lower case, without any space: the form in which names, headers and
/// words are compared.
pub fn folded(text: &str) -> String {
    let keep = |c: &char| !c.is_whitespace() && !is_invisible(*c);
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().filter(keep).flat_map(char::to_lowercase).collect()
    } else {
        text.nfkc().filter(keep).flat_map(char::to_lowercase).collect()
    }
}

/// Marks that spreadsheets and web pages leave in texts and nobody sees.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn width_case_and_spaces_do_not_count() {
        assert_eq!(folded(" Ａｂ（虚构）　有限\u{200b}公司\n"), "ab(虚构)有限公司");
    }
}
