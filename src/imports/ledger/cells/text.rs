//! Cells that are kept as they were written.

use crate::imports::ledger::sheet::Cell;
use crate::reference::ValueWords;

/// The text, trimmed, breaks inside it made one space; `None` when it says nothing.
pub fn read(cell: &Cell, words: &ValueWords) -> Option<String> {
    if matches!(cell, Cell::Empty | Cell::Error(_) | Cell::NoValue) {
        return None;
    }
    let text = tidy(&cell.shown());
    (!words.is_nothing(&text)).then_some(text)
}

/// Without spaces and unseen marks around it, and with each break inside it one space.
pub fn tidy(text: &str) -> String {
    let outer = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let text = text.trim_matches(outer);
    if !text.contains(['\n', '\r', '\t', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        return text.to_owned();
    }
    let lines = text.split(['\n', '\r', '\t', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']);
    let lines: Vec<&str> =
        lines.map(|line| line.trim_matches(outer)).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn only_the_ends_and_breaks_change() {
        for (text, wanted) in [
            (" 山茶石榴籽 ", "山茶石榴籽"),
            ("已考察园区,\n关注租金", "已考察园区, 关注租金"),
            ("甲\r\n\r\n 乙", "甲 乙"),
            ("甲  乙", "甲  乙"),
            ("\u{feff}　甲\u{a0}", "甲"),
        ] {
            assert_eq!(tidy(text), wanted, "{text:?}");
        }
    }
}
