//! Characters that no text holds. Nobody sees them, nobody types them, and PostgreSQL keeps no NUL.

/// Whether this is a control character that is no tab and no line end.
pub fn is_refused(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Whether a text holds nothing that can be seen: white space and marks without width only.
pub fn is_blank(text: &str) -> bool {
    let unseen = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    text.chars().all(|c| c.is_whitespace() || unseen(c))
}

/// The text without what is refused: for files, whose cells nobody can be asked to write anew. Old marks of a
/// new line or page become line ends.
pub fn without_refused(text: String) -> String {
    if !text.contains(is_refused) {
        return text;
    }
    text.replace(['\u{b}', '\u{c}', '\u{85}'], "\n").replace(is_refused, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_line_ends_are_text() {
        assert_eq!("a\tb\r\nc".find(is_refused), None);
        assert_eq!(without_refused("a\0b\u{1b}[1m\u{7f}\u{b}c".to_owned()), "ab[1m\nc");
    }

    #[test]
    fn what_cannot_be_seen_is_blank() {
        assert!(["", " \t", "\u{200B}", "　\u{FEFF}\u{2060}"].into_iter().all(is_blank));
        assert!(!is_blank("\u{200B}甲"));
    }
}
