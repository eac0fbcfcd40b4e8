//! Amounts of money: 53790, 65,737, 6.0亿元, 约52560万元, 3亿5000万.

use super::numeral::{Decimal, number_at_start};
use crate::imports::ledger::sheet::Cell;
use crate::reference::{ValueWords, folded};

/// The unit of a bare number: the column's, the sheet's, or 万元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoneyUnit {
    /// One of it in fen.
    Fen(i64),
    /// A currency that waits for a rate.
    Foreign,
}

/// An amount as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    pub fen: i64,
    /// It was written as about so much.
    pub approximate: bool,
}

/// Why a cell is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountFault {
    Range,
    Negative,
    Words,
    Foreign,
    NoValue,
    Error,
    TooLarge,
}

impl AmountFault {
    /// The code of the message.
    pub fn code(self) -> &'static str {
        match self {
            Self::Range => "amount_range",
            Self::Negative => "amount_negative",
            Self::Words => "amount_words",
            Self::Foreign => "amount_foreign",
            Self::NoValue => "formula_without_value",
            Self::Error => "error_cell",
            Self::TooLarge => "amount_too_large",
        }
    }
}

/// Reads an amount; `None` when the cell says nothing.
///
/// # Errors
/// Ranges, negative amounts, words, foreign currency, formulas without a value, error cells, and amounts
/// beyond what fen can count.
pub fn read(cell: &Cell, unit: &MoneyUnit, words: &ValueWords) -> Result<Option<Amount>, AmountFault> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::NoValue => Err(AmountFault::NoValue),
        Cell::Error(_) => Err(AmountFault::Error),
        Cell::Date(_) | Cell::Bool(_) => Err(AmountFault::Words),
        Cell::Number(number) if *number < 0.0 => Err(AmountFault::Negative),
        Cell::Number(number) => {
            let number = Decimal::of_cell(*number).ok_or(AmountFault::TooLarge)?;
            bare(number, unit).map(|fen| Some(Amount { fen, approximate: false }))
        }
        Cell::Text(text) if words.is_nothing(text) => Ok(None),
        Cell::Text(text) => read_text(&folded(&joined_thousands(text)), unit, words).map(Some),
    }
}

/// 53 790 is one number, 5000 6000 are two: a space between digits becomes a separator, whose groups count.
fn joined_thousands(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let numeric = |c: Option<char>| c.is_some_and(char::is_numeric);
    let mut joined = String::with_capacity(text.len());
    for word in words {
        if numeric(joined.chars().last()) && numeric(word.chars().next()) {
            joined.push(',');
        }
        joined.push_str(word);
    }
    joined
}

fn read_text(text: &str, unit: &MoneyUnit, words: &ValueWords) -> Result<Amount, AmountFault> {
    let mut text = without_wordy_brackets(text);
    if words.foreign_currency.iter().any(|currency| text.contains(currency.as_str())) {
        return Err(AmountFault::Foreign);
    }
    for own in &words.own_currency {
        text = text.replace(own.as_str(), "");
    }
    if is_range(&text) {
        return Err(AmountFault::Range);
    }
    if is_negative(&text) {
        return Err(AmountFault::Negative);
    }
    let mut approximate = false;
    for (word, inexact) in &words.approximate {
        if text.contains(word.as_str()) {
            text = text.replace(word.as_str(), "");
            approximate |= inexact;
        }
    }
    // 1.5个亿, 2亿零500万.
    for (spoken, written) in [("个亿", "亿"), ("亿零", "亿")] {
        text = text.replace(spoken, written);
    }
    let text = text.strip_suffix('整').unwrap_or(&text).trim_matches([':', ';', '。', ',']);
    Ok(Amount { fen: sum_of_parts(text, unit, words)?, approximate })
}

/// `3亿5000万元`: parts in falling units. Only a number that stands alone may lack its unit.
fn sum_of_parts(text: &str, unit: &MoneyUnit, words: &ValueWords) -> Result<i64, AmountFault> {
    let mut rest = text;
    let mut sum = 0_i64;
    let mut below = i64::MAX;
    loop {
        let (number, after) = number_at_start(rest).ok_or(AmountFault::Words)?;
        if after.is_empty() && below == i64::MAX {
            return bare(number, unit);
        }
        let part = words.money.iter().find(|unit| after.starts_with(unit.word.as_str()));
        let part = part.filter(|unit| unit.fen < below).ok_or(AmountFault::Words)?;
        below = part.fen;
        let fen = number.times(part.fen).ok_or(AmountFault::TooLarge)?;
        sum = sum.checked_add(fen).ok_or(AmountFault::TooLarge)?;
        rest = &after[part.word.len()..];
        if rest.is_empty() {
            return Ok(sum);
        }
    }
}

fn bare(number: Decimal, unit: &MoneyUnit) -> Result<i64, AmountFault> {
    match unit {
        MoneyUnit::Fen(fen) => number.times(*fen).ok_or(AmountFault::TooLarge),
        MoneyUnit::Foreign => Err(AmountFault::Foreign),
    }
}

/// What a bracket begins with that names parts of the sum before it.
const PARTS_OF_IT: &[&str] = &["其中", "含", "包含", "包括"];

/// 5000万元(含设备) is 5000万元, and so is 5000万元(其中设备2000万元). Other digits may change the amount, and stay.
fn without_wordy_brackets(text: &str) -> String {
    match (text.find('('), text.rfind(')')) {
        (Some(open), Some(close)) if 0 < open && open < close => {
            let said = &text[open + 1..close];
            let wordy = !said.contains(|c: char| c.is_ascii_digit())
                || PARTS_OF_IT.iter().any(|word| said.starts_with(word));
            if wordy { format!("{}{}", &text[..open], &text[close + 1..]) } else { text.to_owned() }
        }
        _ => text.to_owned(),
    }
}

/// A number, a unit perhaps, a dash or 至, and a number again.
fn is_range(text: &str) -> bool {
    let mark = |c: char| {
        matches!(c, '-' | '~' | '—' | '–' | '‐' | '‑' | '−' | '～' | '〜' | '至' | '到' | '/' | '、')
    };
    let mut number_before = false;
    let mut marked = false;
    for c in text.chars() {
        if c.is_ascii_digit() || super::numeral::digit(c).is_some() {
            if marked {
                return true;
            }
            number_before = true;
        } else if mark(c) {
            marked = number_before;
        }
    }
    false
}

fn is_negative(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit();
    let minus = ['-', '−', '—', '–', '‐', '负', '减'];
    let bracketed = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    text.strip_prefix(minus).or(bracketed).is_some_and(|rest| rest.starts_with(number))
}
