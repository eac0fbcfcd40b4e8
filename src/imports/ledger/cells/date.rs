//! Dates: 2026-9-2, 20260902, 2026年9月2日, 二〇二六年九月二日, serials of both epochs.

use chrono::{Datelike, Days, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use super::numeral::digit;
use crate::imports::ledger::sheet::Cell;
use crate::reference::ValueWords;

/// A day as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    /// Only the month was written: this is its first day.
    pub month_only: bool,
}

/// Why a cell is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFault {
    Impossible,
    NoYear,
    Words,
    Unreadable,
}

impl DateFault {
    /// The code of the message.
    pub fn code(self) -> &'static str {
        match self {
            Self::Impossible => "date_impossible",
            Self::NoYear => "date_no_year",
            Self::Words => "date_words",
            Self::Unreadable => "error_cell",
        }
    }
}

/// Serials of 1954 to 2119: no number of a date begins so.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// Ledgers speak of no other years.
const YEARS: std::ops::RangeInclusive<i32> = 1949..=2199;

/// Reads a day; `None` when the cell says nothing.
///
/// # Errors
/// Impossible days, dates without a year, words, error cells and formulas without a value.
pub fn read(cell: &Cell, from_1904: bool, words: &ValueWords) -> Result<Option<Day>, DateFault> {
    let day = match cell {
        Cell::Empty => return Ok(None),
        Cell::Date(date) => whole(*date),
        Cell::Number(number) => of_number(*number, from_1904),
        Cell::Text(text) if words.is_nothing(text) => return Ok(None),
        Cell::Text(text) => of_text(text, from_1904),
        Cell::Bool(_) | Cell::Error(_) | Cell::NoValue => Err(DateFault::Unreadable),
    };
    day.map(Some)
}

/// Day `serial` of a spreadsheet; the part after the point is the time of day.
pub fn of_serial(serial: f64, from_1904: bool) -> Option<NaiveDate> {
    // 1900 counts a 29 February that never was, so its day 0 lies a day earlier for all days since.
    let epoch =
        if from_1904 { NaiveDate::from_ymd_opt(1904, 1, 1) } else { NaiveDate::from_ymd_opt(1899, 12, 30) };
    let days = serial.floor();
    if !(0.0..200_000.0).contains(&days) {
        return None;
    }
    epoch?.checked_add_days(Days::new(days as u64))
}

/// The day, if ledgers speak of its year.
pub fn credible(date: NaiveDate) -> Option<NaiveDate> {
    YEARS.contains(&date.year()).then_some(date)
}

fn whole(date: NaiveDate) -> Result<Day, DateFault> {
    credible(date).map(|date| Day { date, month_only: false }).ok_or(DateFault::Impossible)
}

/// A number in a date's column: 20260902, 202609, 2026.09 or a serial.
fn of_number(number: f64, from_1904: bool) -> Result<Day, DateFault> {
    if number < 0.0 || !number.is_finite() {
        return Err(DateFault::Impossible);
    }
    if (1_949.0..2_200.0).contains(&number) {
        // A typed 2026.9; of 2026.1 nobody can say whether it was .10.
        let text = format!("{number}");
        return match text.split_once('.') {
            Some((_, "1")) | None => Err(DateFault::Words),
            Some(_) => of_text(&text, from_1904),
        };
    }
    if number.fract() == 0.0 && number >= 194_901.0 {
        return of_digits(&format!("{number:.0}"));
    }
    of_serial(number, from_1904).map_or(Err(DateFault::Impossible), whole)
}

fn of_digits(digits: &str) -> Result<Day, DateFault> {
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    match digits.len() {
        8 => day(number(&digits[..4]), number(&digits[4..6]), Some(number(&digits[6..]))),
        6 => day(number(&digits[..4]), number(&digits[4..]), None),
        _ => Err(DateFault::Impossible),
    }
}

fn of_text(text: &str, from_1904: bool) -> Result<Day, DateFault> {
    let text: String = text.nfkc().collect();
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>()
        && text.bytes().all(|b| b.is_ascii_digit())
    {
        return match text.len() {
            6 | 8 => of_digits(text),
            _ => of_number(number, from_1904),
        };
    }
    // A serial with its time of day, as a text file has it.
    if let Ok(number) = text.parse::<f64>()
        && SERIALS.contains(&number)
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return of_number(number, from_1904);
    }
    let text = in_digits(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let Some(parts) = parts(&text) else {
        return Err(if has_month(&text) { DateFault::NoYear } else { DateFault::Words });
    };
    match parts.as_slice() {
        [year, month, day_of_month] if year.len() == 4 => {
            day(value(year), value(month), Some(value(day_of_month)))
        }
        [year, month] if year.len() == 4 => day(value(year), value(month), None),
        [year] if year.len() == 8 || year.len() == 6 => of_digits(year),
        [_, _] | [_, _, _] => Err(DateFault::NoYear),
        _ => Err(DateFault::Words),
    }
}

fn value(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

fn day(year: u32, month: u32, day: Option<u32>) -> Result<Day, DateFault> {
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year)).ok_or(DateFault::Impossible)?;
    let date = NaiveDate::from_ymd_opt(year, month, day.unwrap_or(1)).ok_or(DateFault::Impossible)?;
    Ok(Day { date, month_only: day.is_none() })
}

/// The numbers of a date without its time and weekday; `None` when anything else stands there, as in
/// 2026年9-10月 or 2026.9-10.
fn parts(text: &str) -> Option<Vec<String>> {
    let date = without_time(text);
    let mut marks = date.chars().filter(|c| !c.is_ascii_digit() && *c != ' ');
    let first_mark = marks.next();
    let one_mark = marks.all(|mark| Some(mark) == first_mark);
    let chinese = date.contains('年') && !date.contains(['-', '/', '.', '—', '–']);
    if !one_mark && !chinese && date.trim_end_matches(['.', '。', '日', '号']).contains(['年', '月']) {
        return None;
    }
    let mut parts = vec![String::new()];
    for c in date.chars() {
        match c {
            '0'..='9' => parts.last_mut()?.push(c),
            '年' | '月' | '份' | '日' | '号' | '-' | '/' | '.' | '\\' | '—' | '–' | '−' | '、' | ','
            | '。' | ' ' => {
                if !parts.last()?.is_empty() {
                    parts.push(String::new());
                }
            }
            _ => return None,
        }
    }
    parts.retain(|part| !part.is_empty());
    (!parts.is_empty() && parts.len() <= 3).then_some(parts)
}

/// Everything from a time of day or a weekday on falls away.
fn without_time(text: &str) -> &str {
    let marks = ["上午", "下午", "中午", "晚上", "早上", "星期", "周", "(", "礼拜"];
    let mut end = marks.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    if let Some(colon) = text[..end].find(':') {
        // The hour stands before the colon, after a space, a T or the day's own word.
        let before = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
        end = before.len();
    } else if let Some(hour) = text[..end].find(['时', '点']) {
        end = text[..hour].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    }
    text[..end].trim_end_matches(['T', 't', ' '])
}

/// 五月三日 and 3月5日 want a year.
fn has_month(text: &str) -> bool {
    text.contains('月') && !text.contains('年') && text.contains(|c: char| c.is_ascii_digit())
}

/// Chinese numbers in digits: 二〇二六年九月二十一日 is 2026年9月21日.
fn in_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if digit(c).is_some()
            || matches!(c, '十' | '廿' | '卅')
            || matches!(c, 'O' | 'o' | 'Ｏ') && !run.is_empty()
        {
            run.push(c);
        } else {
            push_run(&mut out, &mut run);
            out.push(c);
        }
    }
    push_run(&mut out, &mut run);
    out
}

fn push_run(out: &mut String, run: &mut String) {
    let ten = run.contains(['十', '廿', '卅']);
    if ten {
        let (mut tens, mut ones, mut seen) = (1, 0, 0);
        for c in run.chars() {
            match c {
                '十' => {
                    tens = if seen == 0 { 1 } else { seen };
                    seen = 0
                }
                '廿' => {
                    tens = 2;
                    seen = 0
                }
                '卅' => {
                    tens = 3;
                    seen = 0
                }
                _ => seen = digit(c).unwrap_or(0),
            }
            ones = seen;
        }
        out.push_str(&(tens * 10 + ones).to_string());
    } else {
        for c in run.chars() {
            out.push_str(&digit(c).unwrap_or(0).to_string());
        }
    }
    run.clear();
}
