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

/// The amount in capital numerals (大写金额), as papers that money is paid by have it: 壹拾万零伍元整.
pub fn capital_text(fen: i64) -> String {
    const UNITS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];
    let sign = if fen < 0 { "负" } else { "" };
    let fen = fen.unsigned_abs();
    let (yuan, jiao, fen) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut text = String::new();
    for (at, unit) in UNITS.iter().enumerate().rev() {
        let above = yuan / 10_u64.pow(4 * at as u32);
        let group = above % 10_000;
        if group > 0 {
            // A zero is read once for what is skipped, also across groups.
            let skipped = group < 1_000 || (above / 10_000).is_multiple_of(10);
            if !text.is_empty() && skipped {
                text.push('零');
            }
            capital_group(&mut text, group);
            // 壹万伍仟亿, not 壹万亿伍仟亿.
            let is_shared = at == 3 && !(yuan / 100_000_000).is_multiple_of(10_000);
            text.push_str(if is_shared { "万" } else { unit });
        }
    }
    match (text.is_empty(), jiao + fen > 0) {
        (true, true) => {}
        (true, false) => text.push_str("零元"),
        (false, _) => text.push('元'),
    }
    if jiao > 0 {
        text.push(CAPITALS[jiao as usize]);
        text.push('角');
    } else if fen > 0 && yuan > 0 {
        text.push('零');
    }
    if fen > 0 {
        text.push(CAPITALS[fen as usize]);
        text.push('分');
    } else {
        text.push('整');
    }
    format!("{sign}{text}")
}

const CAPITALS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// 1 to 9,999; zeros in front are the caller's.
fn capital_group(text: &mut String, group: u64) {
    let (mut is_begun, mut is_skipped) = (false, false);
    for (divisor, unit) in [(1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
        let digit = group / divisor % 10;
        if digit == 0 {
            is_skipped = is_begun;
            continue;
        }
        if is_skipped {
            text.push('零');
        }
        text.push(CAPITALS[digit as usize]);
        text.push_str(unit);
        (is_begun, is_skipped) = (true, false);
    }
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

    /// As the rules for filling in bills and vouchers (正确填写票据和结算凭证的基本规定) have them.
    #[test]
    fn capital_numerals_are_those_of_a_voucher() {
        for (fen, text) in [
            (0, "零元整"),
            (5, "伍分"),
            (50, "伍角整"),
            (105, "壹元零伍分"),
            (150, "壹元伍角整"),
            (155, "壹元伍角伍分"),
            (10_00, "壹拾元整"),
            (1_409_50, "壹仟肆佰零玖元伍角整"),
            (6_007_14, "陆仟零柒元壹角肆分"),
            (16_409_02, "壹万陆仟肆佰零玖元零贰分"),
            (100_005_00, "壹拾万零伍元整"),
            (10_500_00, "壹万零伍佰元整"),
            (107_000_53, "壹拾万零柒仟元伍角叁分"),
            (1_000_000_00, "壹佰万元整"),
            (500_000_00, "伍拾万元整"),
            (100_000_000_00, "壹亿元整"),
            (100_000_001_00, "壹亿零壹元整"),
            (1_200_030_000_00, "壹拾贰亿零叁万元整"),
            (1_567_800_000_000_00, "壹万伍仟陆佰柒拾捌亿元整"),
            (1_000_000_000_000_00, "壹万亿元整"),
            (-3_00, "负叁元整"),
        ] {
            assert_eq!(capital_text(fen), text, "{fen}");
        }
        assert!(capital_text(i64::MAX).starts_with("玖亿亿"), "{}", capital_text(i64::MAX));
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
