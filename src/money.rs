//! Amounts of money: whole fen in an `i64`, never floating point.

/// One yuan in fen.
pub const YUAN: i64 = 100;
/// 万元, ten thousand yuan, in fen.
pub const WAN: i64 = 10_000 * YUAN;
/// 亿元, a hundred million yuan, in fen.
pub const YI: i64 = 10_000 * WAN;

/// The figure in 万元 as a person would type it: no grouping, no trailing zeros (`1234.5`).
pub fn wan_text(fen: i64) -> String {
    decimal(fen, WAN, 6)
}

/// Writes the figure in yuan, in groups of three digits, with two more for what is less than a yuan (`12,345.60`).
pub fn yuan_text(out: &mut String, fen: i64) {
    if fen < 0 {
        out.push('-');
    }
    let (fen, yuan) = (fen.unsigned_abs(), YUAN.unsigned_abs());
    let digits = (fen / yuan).to_string();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fen.is_multiple_of(yuan) {
        out.push_str(&format!(".{:02}", fen % yuan));
    }
}

/// Fen from a decimal figure in 万元 (`1234.5`), thousands separators allowed.
///
/// `None` when it is no plain number, has more than six decimals (parts of a fen), or is too large.
pub fn fen_from_wan(text: &str) -> Option<i64> {
    let clean: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    let (whole, part) = clean.split_once('.').unwrap_or((&clean, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() && part.is_empty() || !digits(whole) || !digits(part) || part.len() > 6 {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: i64 = format!("{part:0<6}").parse().ok()?;
    whole.checked_mul(WAN)?.checked_add(part)
}

/// `fen / unit` as an exact decimal with at most `places` digits after the point.
fn decimal(fen: i64, unit: i64, places: usize) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (fen, unit) = (fen.unsigned_abs(), unit.unsigned_abs());
    let rest = format!("{:0places$}", fen % unit);
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{sign}{}", fen / unit) } else { format!("{sign}{}.{rest}", fen / unit) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_shown_in_wan_reads_back_exactly(fen in 0..i64::MAX / WAN * WAN) {
            prop_assert_eq!(fen_from_wan(&wan_text(fen)), Some(fen));
        }
    }

    #[test]
    fn yuan_are_grouped() {
        for (fen, text) in [
            (0, "0"),
            (99_900, "999"),
            (100_000, "1,000"),
            (1_234_567_05, "1,234,567.05"),
            (-100_000_00, "-100,000"),
        ] {
            let mut written = String::new();
            yuan_text(&mut written, fen);
            assert_eq!(written, text);
        }
    }

    #[test]
    fn only_plain_figures_are_amounts() {
        assert_eq!(fen_from_wan("12,000.5"), Some(12_000 * WAN + WAN / 2));
        for text in ["", ".", "-1", "1e3", "1.0000001", "约3", "99999999999999999999"] {
            assert_eq!(fen_from_wan(text), None, "{text}");
        }
    }
}
