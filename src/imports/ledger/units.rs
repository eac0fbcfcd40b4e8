//! In which units a sheet counts: by a column's header, by a 单位: line, or by custom.

use super::cells::amount::MoneyUnit;
use crate::reference::{Measure, ValueWords, folded};

/// What a bare number in a column counts; `None` where nothing says so.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Units {
    pub money: Option<MoneyUnit>,
    /// One in mu.
    pub land: Option<f64>,
    /// One in square metres.
    pub area: Option<f64>,
    /// One in people.
    pub people: Option<f64>,
}

impl Units {
    /// The units in a header: in its brackets, after a slash or 单位, or at its end.
    pub fn of_header(header: &str, words: &ValueWords) -> Self {
        let header = folded(header);
        let mut units = Self::default();
        for piece in pieces(&header) {
            units = units.or(Self::of_words(piece, words, |word, piece| piece == word));
        }
        for piece in pieces(&header).skip(1) {
            units = units.or(Self::of_words(piece, words, |word, piece| piece.contains(word)));
        }
        units.or(Self::of_words(&header, words, |word, header| {
            word.chars().count() > 1 && header.ends_with(word)
        }))
    }

    /// The units of a 单位: line such as 单位:万元、亩、人; none when the text is no such line.
    pub fn of_line(line: &str, words: &ValueWords) -> Self {
        let apart = line.split_whitespace().map(folded);
        apart
            .chain([folded(line)])
            .fold(Self::default(), |units, line| units.or(Self::after_marks(&line, words)))
    }

    fn after_marks(line: &str, words: &ValueWords) -> Self {
        let mut units = Self::default();
        for mark in &words.unit_marks {
            for (at, _) in line.match_indices(mark.as_str()) {
                // 填报单位: names an office, not a unit.
                let alone = line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
                let after = line[at + mark.len()..].strip_prefix([':', '为']);
                let Some(after) = after.filter(|_| alone || mark.chars().count() > 2) else { continue };
                for piece in after.split(|c: char| !c.is_alphanumeric()) {
                    units = units.or(Self::of_words(piece, words, |word, piece| piece == word));
                }
            }
        }
        units
    }

    /// These units, and the others' where these say nothing.
    pub fn or(self, other: Self) -> Self {
        Self {
            money: self.money.or(other.money),
            land: self.land.or(other.land),
            area: self.area.or(other.area),
            people: self.people.or(other.people),
        }
    }

    fn of_words(text: &str, words: &ValueWords, fits: impl Fn(&str, &str) -> bool) -> Self {
        let measure =
            |units: &[Measure]| units.iter().find(|unit| fits(&unit.word, text)).map(|unit| unit.per);
        // Marks such as $ say little inside a header, but 万美元 there is foreign for sure.
        let foreign = words
            .foreign_currency
            .iter()
            .any(|currency| currency.chars().count() > 1 && text.contains(currency.as_str()));
        let money = match foreign {
            true => Some(MoneyUnit::Foreign),
            false => {
                words.money.iter().find(|unit| fits(&unit.word, text)).map(|unit| MoneyUnit::Fen(unit.fen))
            }
        };
        Self { money, land: measure(&words.land), area: measure(&words.area), people: measure(&words.people) }
    }
}

/// The name first, then what stands apart from it.
fn pieces(header: &str) -> impl Iterator<Item = &str> {
    let apart = |c: char| {
        matches!(
            c,
            '(' | ')'
                | '['
                | ']'
                | '【'
                | '】'
                | '〔'
                | '〕'
                | '/'
                | ':'
                | ','
                | '、'
                | ';'
                | '|'
                | '-'
                | '_'
        )
    };
    header
        .split(apart)
        .map(|piece| piece.strip_prefix("单位").unwrap_or(piece))
        .filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::reference::Reference;

    static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::load(None).expect("carried files"));

    const WAN: Option<MoneyUnit> = Some(MoneyUnit::Fen(1_000_000));
    const YI: Option<MoneyUnit> = Some(MoneyUnit::Fen(10_000_000_000));

    #[test]
    fn headers_say_their_units() {
        for (header, money) in [
            ("总投资(万元)", WAN),
            ("总投资（亿元）", YI),
            ("总投资/亿元", YI),
            ("总投资 单位:亿元", YI),
            ("总投资(单位：万元)", WAN),
            ("总投资万元", WAN),
            ("总投资(亿元，含税)", YI),
            ("总投资(人民币亿元)", YI),
            ("总投资", None),
            ("总投资(元)", Some(MoneyUnit::Fen(100))),
            ("总投资(万美元)", Some(MoneyUnit::Foreign)),
            ("其中:固定资产投资(万元)", WAN),
            ("投资额（亿）", YI),
        ] {
            assert_eq!(Units::of_header(header, REFERENCE.values()).money, money, "{header}");
        }
        let units = |header| Units::of_header(header, REFERENCE.values());
        assert_eq!(units("用地需求(亩)").land, Some(1.0));
        assert_eq!(units("厂房(万㎡)").area, Some(10_000.0));
        assert_eq!(units("用地需求").land, None);
    }

    #[test]
    fn lines_say_the_units_of_their_sheet() {
        let units = |line| Units::of_line(line, REFERENCE.values());
        assert_eq!(
            units("单位:万元、亩、人"),
            Units { money: WAN, land: Some(1.0), area: Some(666.6666666666667), people: Some(1.0) }
        );
        assert_eq!(units("填报单位：市投资促进局").money, None);
        assert_eq!(units("填报单位:元宝镇  单位：亿元").money, YI);
        assert_eq!(units("招商线索台账(单位:亿元)").money, YI);
        assert_eq!(units("金额单位:亿元").money, YI);
        assert_eq!(units("").money, None);
    }
}
