//! One name written two ways: full width and half width, capitals, spaces.

use crate::reference::folded;

/// The most letters that a pattern asks for.
const MOST: usize = 12;

/// What SQL finds of names that may be this one: its ideographs in their order, which nobody writes another way, with
/// anything between them.
pub fn pattern(name: &str) -> String {
    let letters: Vec<String> =
        folded(name).chars().filter(|letter| is_ideograph(*letter)).take(MOST).map(String::from).collect();
    format!("%{}%", letters.join("%"))
}

/// Of these names those that are this one.
pub fn same(name: &str, names: Vec<String>) -> Vec<String> {
    let wanted = folded(name);
    names.into_iter().filter(|other| folded(other) == wanted).collect()
}

fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_full_width_and_with_spaces() {
        let names = || vec!["湾区ABC商会(虚构)".to_owned(), "湾区ABC商会".to_owned()];
        for name in ["湾区ABC商会（虚构）", " 湾区 ａｂｃ 商会(虚构)", "湾区Abc商会( 虚构 )"]
        {
            assert_eq!(same(name, names()), ["湾区ABC商会(虚构)"], "{name}");
            assert_eq!(pattern(name), "%湾%区%商%会%虚%构%", "{name}");
        }
        assert!(same("湾区ABD商会(虚构)", names()).is_empty());
        assert_eq!(pattern("100% Club"), "%%", "nothing in a name is a sign of the pattern");
    }
}
