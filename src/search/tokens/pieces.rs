//! What was typed into the box, piece by piece: `"…"` keeps words together, also behind a colon, `-` before a piece leaves
//! it out.

/// A part of the input between spaces, or between quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Without its quotes and its dash.
    pub text: &'a str,
    /// As it was typed, with them.
    pub typed: &'a str,
    pub quoted: bool,
    pub unwanted: bool,
}

/// Opening quotes, as keyboards and input methods make them, and what closes each. Some input methods make two of a kind.
fn closing(open: char) -> Option<&'static [char]> {
    match open {
        '"' | '＂' | '“' | '”' => Some(&['"', '＂', '“', '”']),
        '「' | '『' => Some(&['」', '』']),
        _ => None,
    }
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '－' | '−' | '–')
}

/// Stand between a field and its values.
pub const COLONS: [char; 2] = [':', '：'];
/// Stand between the values of a field.
const COMMAS: [char; 3] = [',', '，', '、'];

/// What stands before the closing quote and what behind it. A quote that nobody closed goes on to the end, as while one
/// types.
fn parted<'a>(within: &'a str, closing: &[char]) -> (&'a str, &'a str) {
    let end = within.find(closing).unwrap_or(within.len());
    (&within[..end], within[end..].strip_prefix(closing).unwrap_or_default())
}

/// Where a piece ends that begins with no quote: at a space, or behind its last value in quotes, `officer:"Li Ming","Wang Wu"`.
fn end(piece: &str) -> usize {
    let (mut at, mut before, mut has_colon) = (0, None, false);
    while let Some(c) = piece[at..].chars().next().filter(|c| !c.is_whitespace()) {
        let opens = before.is_some_and(|c| COLONS.contains(&c) || has_colon && COMMAS.contains(&c));
        at += c.len_utf8();
        if let Some(closing) = closing(c).filter(|_| opens) {
            let (_, left) = parted(&piece[at..], closing);
            at = piece.len() - left.len();
            if !left.starts_with(COMMAS) {
                break;
            }
        }
        has_colon |= COLONS.contains(&c);
        before = Some(c);
    }
    at
}

/// The values that stand behind a colon, without their quotes: apart by commas, but for those in quotes.
pub fn listed(values: &str) -> Vec<&str> {
    let (mut listed, mut rest) = (Vec::new(), Some(values));
    while let Some(text) = rest {
        let quoted =
            text.chars().next().and_then(|open| Some(parted(&text[open.len_utf8()..], closing(open)?)));
        let plain = || text.split_at(text.find(COMMAS).unwrap_or(text.len()));
        let (value, behind) = quoted.unwrap_or_else(plain);
        listed.push(value.trim());
        rest = behind.strip_prefix(COMMAS);
    }
    listed
}

/// The pieces, in order. A dash that stands alone, or within a piece, has no meaning.
pub fn pieces(input: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = input.trim_start();
    while let Some(first) = rest.chars().next() {
        let behind = &rest[first.len_utf8()..];
        let unwanted = is_minus(first) && behind.starts_with(|c: char| !c.is_whitespace() && !is_minus(c));
        let from = if unwanted { behind } else { rest };
        let (text, left, quoted) = match from.chars().next().and_then(|c| Some((c, closing(c)?))) {
            Some((open, closing)) => {
                let (text, left) = parted(&from[open.len_utf8()..], closing);
                (text, left, true)
            }
            None => {
                let (text, left) = from.split_at(end(from));
                (text, left, false)
            }
        };
        if !text.trim().is_empty() {
            let typed = rest[..rest.len() - left.len()].trim_end();
            pieces.push(Piece { text, typed, quoted, unwanted });
        }
        rest = left.trim_start();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(input: &str) -> Vec<String> {
        let sign = |on: bool, sign: &'static str| if on { sign } else { "" };
        let show = |p: Piece<'_>| format!("{}{}{}", sign(p.unwanted, "-"), sign(p.quoted, "="), p.text);
        pieces(input).into_iter().map(show).collect()
    }

    #[test]
    fn quotes_keep_together_and_a_dash_leaves_out() {
        for (input, wanted) in [
            ("新能源 电池", vec!["新能源", "电池"]),
            ("\"smart grid\" 电池", vec!["=smart grid", "电池"]),
            ("“新能源 电池”广西", vec!["=新能源 电池", "广西"]),
            ("“新能源“ x", vec!["=新能源", "x"]),
            ("「储能」", vec!["=储能"]),
            ("\"还没打完 的", vec!["=还没打完 的"]),
            ("电池 -储能 －\"a b\"", vec!["电池", "-储能", "-=a b"]),
            ("甲公司 - 乙项目 --x", vec!["甲公司", "-", "乙项目", "--x"]),
            ("A-B C-", vec!["A-B", "C-"]),
            ("- \"\" “ ”", vec!["-"]),
            ("officer:\"Li Ming\" 电池", vec!["officer:\"Li Ming\"", "电池"]),
            ("-经办人：“Li Ming”电池", vec!["-经办人：“Li Ming”", "电池"]),
            ("officer:\"Li Ming\",\"Wang Wu\",陈 x", vec!["officer:\"Li Ming\",\"Wang Wu\",陈", "x"]),
            ("officer:\"还没 打完", vec!["officer:\"还没 打完"]),
            ("a,\"b c\" d", vec!["a,\"b", "c\"", "d"]),
            ("   ", vec![]),
        ] {
            assert_eq!(shown(input), wanted, "{input}");
        }
    }

    #[test]
    fn a_comma_in_quotes_parts_no_values() {
        for (values, wanted) in [
            ("灵山,浦北，钦南、钦北", vec!["灵山", "浦北", "钦南", "钦北"]),
            ("\"Li, Ming\",“Wang Wu”、陈", vec!["Li, Ming", "Wang Wu", "陈"]),
            ("\"还没 打完", vec!["还没 打完"]),
            ("灵山,", vec!["灵山", ""]),
            ("", vec![""]),
        ] {
            assert_eq!(listed(values), wanted, "{values}");
        }
    }
}
