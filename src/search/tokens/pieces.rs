//! What was typed into the box, piece by piece: `"…"` keeps words together, `-` before a piece leaves it out.

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

/// The pieces, in order. A quote that nobody closed goes on to the end, as while one types; a dash that stands alone, or
/// within a piece, has no meaning.
pub fn pieces(input: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = input.trim_start();
    while let Some(first) = rest.chars().next() {
        let behind = &rest[first.len_utf8()..];
        let unwanted = is_minus(first) && behind.starts_with(|c: char| !c.is_whitespace() && !is_minus(c));
        let from = if unwanted { behind } else { rest };
        let (text, left, quoted) = match from.chars().next().and_then(|c| Some((c, closing(c)?))) {
            Some((open, closing)) => {
                let within = &from[open.len_utf8()..];
                let end = within.find(closing).unwrap_or(within.len());
                let left = within[end..].strip_prefix(closing).unwrap_or_default();
                (&within[..end], left, true)
            }
            None => {
                let end = from.find(char::is_whitespace).unwrap_or(from.len());
                (&from[..end], &from[end..], false)
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
            ("   ", vec![]),
        ] {
            assert_eq!(shown(input), wanted, "{input}");
        }
    }
}
