//! Numbers in digits and in Chinese, exactly.

/// A decimal number: `digits / 10^places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub digits: i128,
    pub places: u32,
}

impl Decimal {
    /// The number times `factor`, rounded half up to a whole one; `None` when it is beyond an `i64`.
    pub fn times(self, factor: i64) -> Option<i64> {
        let scale = 10_i128.checked_pow(self.places)?;
        let product = self.digits.checked_mul(i128::from(factor))?;
        i64::try_from(product.checked_add(scale / 2)? / scale).ok()
    }

    /// The nearest floating-point number.
    pub fn to_f64(self) -> f64 {
        self.digits as f64 / 10_f64.powi(i32::try_from(self.places).unwrap_or(i32::MAX))
    }

    /// A cell's number, as exact as its shortest spelling; `None` when it is negative or no number.
    pub fn of_cell(number: f64) -> Option<Self> {
        let text = format!("{number}");
        let (decimal, rest) = digits_at_start(&text)?;
        rest.is_empty().then_some(decimal)
    }
}

/// The number that a text begins with, in digits or in Chinese, and what follows it. Thousands separators
/// stand before groups of three digits.
pub fn number_at_start(text: &str) -> Option<(Decimal, &str)> {
    digits_at_start(text).or_else(|| chinese_at_start(text))
}

fn digits_at_start(text: &str) -> Option<(Decimal, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || part.contains(['.', ',']) || number.ends_with('.') {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest_groups: Vec<&str> = groups.collect();
    if first.is_empty() || rest_groups.iter().any(|group| group.len() != 3) {
        return None;
    }
    if !rest_groups.is_empty() && first.len() > 3 {
        return None;
    }
    // More decimals than any unit has fen for say nothing more.
    let part = &part[..part.len().min(12)];
    let digits: String = [first].into_iter().chain(rest_groups).chain([part]).collect();
    let digits = digits.parse().ok().filter(|digits| *digits < 10_i128.pow(28))?;
    Some((Decimal { digits, places: u32::try_from(part.len()).ok()? }, rest))
}

/// 三千五百, 二十, 一百零五, 三点五. Words for 万 and 亿 are units, not part of the number.
fn chinese_at_start(text: &str) -> Option<(Decimal, &str)> {
    let (mut total, mut last, mut end) = (0_i128, None, 0);
    let mut letters = text.char_indices();
    for (at, c) in letters.by_ref() {
        let size = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            _ => match digit(c) {
                // 零 stands between, other digits do not stand side by side.
                Some(0) => {
                    end = at + c.len_utf8();
                    continue;
                }
                Some(value) if last.is_none() => {
                    last = Some(value);
                    end = at + c.len_utf8();
                    continue;
                }
                _ => break,
            },
        };
        let times = match last.take() {
            Some(times) => times,
            None if size == 10 && total == 0 => 1,
            None => return None,
        };
        total += times * size;
        end = at + c.len_utf8();
    }
    total += last.unwrap_or(0);
    let rest = &text[end..];
    if let Some(part) = rest.strip_prefix('点') {
        let part_end =
            part.char_indices().find(|(_, c)| digit(*c).is_none()).map_or(part.len(), |(at, _)| at);
        let digits: Vec<i128> = part[..part_end].chars().filter_map(digit).take(6).collect();
        let places = u32::try_from(digits.len()).ok().filter(|places| *places > 0)?;
        let digits = digits.into_iter().fold(total, |sum, digit| sum * 10 + digit);
        return Some((Decimal { digits, places }, &part[part_end..]));
    }
    (total > 0).then_some((Decimal { digits: total, places: 0 }, rest))
}

/// One Chinese digit.
pub fn digit(c: char) -> Option<i128> {
    let value = match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    };
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly() {
        for (text, digits, places, rest) in [
            ("53790", 53790, 0, ""),
            ("6.0亿", 60, 1, "亿"),
            ("65,737", 65737, 0, ""),
            ("1,234,567.5", 12_345_675, 1, ""),
            ("三千五百万", 3500, 0, "万"),
            ("十二", 12, 0, ""),
            ("一百零五", 105, 0, ""),
            ("三点五亿", 35, 1, "亿"),
            ("两亿", 2, 0, "亿"),
        ] {
            assert_eq!(number_at_start(text), Some((Decimal { digits, places }, rest)), "{text}");
        }
        for text in [
            "",
            "若干",
            "1,23",
            "1,2345",
            "12,34,567",
            "1234,567",
            ".5",
            "5.",
            "1.2.3",
            "千",
            "百万",
            "99999999999999999999999999999999",
        ] {
            assert_eq!(number_at_start(text), None, "{text}");
        }
    }

    #[test]
    fn products_are_rounded_half_up() {
        assert_eq!(Decimal { digits: 15, places: 1 }.times(1), Some(2));
        assert_eq!(Decimal::of_cell(53812.5).and_then(|n| n.times(1_000_000)), Some(53_812_500_000));
        assert_eq!(Decimal::of_cell(6569.999999999999).and_then(|n| n.times(1_000_000)), Some(6_570_000_000));
        assert_eq!(Decimal::of_cell(-1.0), None);
        assert_eq!(Decimal::of_cell(f64::NAN), None);
        assert_eq!(Decimal { digits: 10_i128.pow(27), places: 0 }.times(1), None);
    }
}
