//! Where a text goes on in the next line: between any two characters of Chinese, between words of other scripts, and
//! never so that a line begins with what closes or ends with what opens (标点避头尾).

const CLOSES: &str = "，。、；：！？）》」』”’〕】…%,.;:!?)]}";
const OPENS: &str = "（《「『“‘〔【([{";

/// The text in lines of at most `width`, of which `measure` says how wide a character is.
pub fn broken(text: &str, width: f32, measure: impl Fn(char) -> f32) -> Vec<String> {
    text.split('\n').flat_map(|paragraph| of_paragraph(paragraph.trim_end(), width, &measure)).collect()
}

fn of_paragraph(text: &str, width: f32, measure: &impl Fn(char) -> f32) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    let (mut start, mut last_break, mut wide) = (0, 0, 0.0);
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        if at > start && may_break(chars[at - 1], *c) {
            last_break = at;
        }
        wide += measure(*c);
        if wide > width && at > start && *c != ' ' {
            // A word that is wider than the line is cut.
            let end = if last_break > start { last_break } else { at };
            lines.push(chars[start..end].iter().collect::<String>().trim_end().to_owned());
            start = end;
            while chars.get(start) == Some(&' ') {
                start += 1;
            }
            (last_break, wide, at) = (start, 0.0, start);
            continue;
        }
        at += 1;
    }
    lines.push(chars[start.min(chars.len())..].iter().collect());
    lines
}

/// Whether a line may end after one character and the next begin with the other.
fn may_break(before: char, after: char) -> bool {
    if CLOSES.contains(after) || OPENS.contains(before) || after == ' ' {
        return false;
    }
    before == ' ' || is_free(before) || is_free(after)
}

/// Written without spaces between words.
fn is_free(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, width: f32) -> Vec<String> {
        broken(text, width, |c| if c.is_ascii() { 0.5 } else { 1.0 })
    }

    #[test]
    fn lines_begin_with_nothing_that_closes() {
        assert_eq!(lines("钦州市招商奖励，公示", 7.0), ["钦州市招商奖", "励，公示"]);
        assert_eq!(lines("按方案（示例）", 4.0), ["按方案", "（示例）"]);
        assert_eq!(lines("a long word", 3.0), ["a long", "word"]);
        assert_eq!(lines("abcdefgh", 2.0), ["abcd", "efgh"]);
        assert_eq!(lines("一\n\n二", 9.0), ["一", "", "二"]);
        assert_eq!(lines("", 9.0), [""]);
    }

    proptest! {
        /// Nothing is lost but spaces, whatever the text and the width.
        #[test]
        fn nothing_is_lost(text in "[a-z0-9一二三，。（） ]{0,60}", width in 1.0_f32..20.0) {
            let kept: String = lines(&text, width).concat().chars().filter(|c| *c != ' ').collect();
            prop_assert_eq!(kept, text.chars().filter(|c| *c != ' ').collect::<String>());
        }
    }
}
