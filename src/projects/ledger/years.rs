//! The annual plan of a cell (分年度计划), as bureaus write it: `第1年5000万元；第二年 3000`, `2026年:5000;2027年:3000`,
//! `7500/7500`.
//!
//! The text is taken apart into words that say which year, amounts, and the word that an amount is a land premium; what is
//! none of them makes it unread. Calendar years that follow one another are the contract years in their order, which
//! somebody is to look at: nobody says that the contract began with the first of them.

use crate::imports::ledger::cells::amount;
use crate::imports::ledger::sheet::Cell;
use crate::projects::contract::YearBody;
use crate::reference::{PlanWords, Reference};

/// The most contract years a plan has.
const MOST: i64 = 50;
/// What can only be a calendar year.
const CALENDAR: std::ops::RangeInclusive<i64> = 1990..=2100;

/// A plan, and whether it was written by calendar years.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadPlan {
    pub years: Vec<YearBody>,
    pub by_calendar: bool,
}

/// A part of the text that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Year(i64),
    /// An amount as it was written, with its unit.
    Amount(String),
    Land,
}

/// The contract years of a cell; `None` when it says anything but years with amounts.
pub fn read(text: &str, unit: &amount::MoneyUnit, reference: &Reference) -> Option<ReadPlan> {
    let tokens = tokens(text, &reference.project_ledger().plan)?;
    let fen = |text: &str| {
        let read = amount::read(&Cell::of_text(text), unit, reference.values());
        read.ok().flatten().map(|amount| amount.fen)
    };
    // Without any word of a year the amounts are those of the years in order; a single one is no plan of years.
    let is_bare = !tokens.iter().any(|token| matches!(token, Token::Year(_)));
    let amounts = tokens.iter().filter(|token| matches!(token, Token::Amount(_))).count();
    if is_bare && amounts < 2 {
        return None;
    }
    let mut said: Vec<(i64, Vec<i64>)> = Vec::new();
    let mut is_land = false;
    for token in tokens {
        match token {
            Token::Year(year) => said.push((year, Vec::new())),
            Token::Land => is_land = true,
            Token::Amount(text) => {
                if is_bare && !is_land {
                    let next = i64::try_from(said.len()).ok()? + 1;
                    said.push((next, Vec::new()));
                }
                let (_, of_year) = said.last_mut()?;
                // The second amount of a year is its land premium, whether it is said or not.
                if of_year.len() == 2 || (is_land && of_year.is_empty()) {
                    return None;
                }
                of_year.push(fen(&text)?);
                is_land = false;
            }
        }
    }
    settled(said)
}

fn settled(said: Vec<(i64, Vec<i64>)>) -> Option<ReadPlan> {
    let first = said.first()?.0;
    let by_calendar = CALENDAR.contains(&first);
    let in_order = said.iter().zip(first..).all(|((year, _), wanted)| *year == wanted);
    if by_calendar && !in_order {
        return None;
    }
    let year = |(year, amounts): (i64, Vec<i64>)| {
        let year = if by_calendar { year - first + 1 } else { year };
        let (fixed, land) = match amounts.as_slice() {
            [fixed] => (*fixed, 0),
            [fixed, land] => (*fixed, *land),
            _ => return None,
        };
        let is_one = (1..=MOST).contains(&year);
        is_one.then_some(YearBody {
            year,
            fixed_investment_fen: fixed,
            land_premium_fen: land,
            actual_fixed_investment_fen: None,
        })
    };
    let years = said.into_iter().map(year).collect::<Option<Vec<_>>>()?;
    Some(ReadPlan { years, by_calendar })
}

/// The text in parts; `None` at the first that is none of the known words.
fn tokens(text: &str, words: &PlanWords) -> Option<Vec<Token>> {
    let text = plain(text);
    let mut rest = text.as_str();
    let mut tokens = Vec::new();
    while let Some(c) = rest.chars().next() {
        if is_apart(c) {
            rest = &rest[c.len_utf8()..];
        } else if let Some((year, after)) = year_at(rest, words) {
            tokens.push(Token::Year(year));
            rest = after;
        } else if let Some(after) = word_at(rest, &words.land) {
            tokens.push(Token::Land);
            rest = after;
        } else if let Some(after) = word_at(rest, &words.passed_over) {
            rest = after;
        } else if c.is_ascii_digit() {
            let (amount, after) = amount_at(rest, words);
            tokens.push(Token::Amount(amount));
            rest = after;
        } else {
            return None;
        }
    }
    Some(tokens)
}

/// In half width; a separator of thousands is none of the parts.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '／' => '/',
        '０'..='９' | '．' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    let text: Vec<char> = text.chars().map(half).collect();
    let is_digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let is_of_thousands = |at: usize| {
        let before = at.checked_sub(1).is_some_and(is_digit);
        before && (1..=3).all(|step| is_digit(at + step)) && !is_digit(at + 4)
    };
    let keep = |(at, c): (usize, &char)| (*c != ',' || !is_of_thousands(at)).then_some(*c);
    text.iter().enumerate().filter_map(keep).collect()
}

fn is_apart(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ':' | ';' | ',' | '/' | '、' | '。' | '(' | ')' | '（' | '）' | '=' | '+' | '|')
}

/// What follows one of the words, the longest first: 年度 is not 年 and a rest.
fn word_at<'a>(text: &'a str, words: &[String]) -> Option<&'a str> {
    let found = words.iter().filter(|word| text.starts_with(word.as_str())).max_by_key(|word| word.len());
    found.map(|word| &text[word.len()..])
}

/// A year at the start: `第1年`, `第一年`, `2026年`, `2026:`, `1年`.
fn year_at<'a>(text: &'a str, words: &PlanWords) -> Option<(i64, &'a str)> {
    let ordinal = word_at(text, &words.before);
    let numbered = ordinal.unwrap_or(text).trim_start();
    let (number, after) = number_at(numbered, words)?;
    let after = after.trim_start();
    match word_at(after, &words.after) {
        Some(after) => Some((number, after)),
        // 2026: 5000
        None if CALENDAR.contains(&number) && after.starts_with(':') => Some((number, after)),
        None => None,
    }
}

fn number_at<'a>(text: &'a str, words: &PlanWords) -> Option<(i64, &'a str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, &text[digits..]));
    }
    let numbered = words.numerals.iter().zip(1..);
    let found = numbered.filter(|(numeral, _)| text.starts_with(numeral.as_str()));
    let (numeral, number) = found.max_by_key(|(numeral, _)| numeral.len())?;
    Some((number, &text[numeral.len()..]))
}

/// An amount at the start with the unit behind it, up to the next part.
fn amount_at<'a>(text: &'a str, words: &PlanWords) -> (String, &'a str) {
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let ends = |rest: &str| {
        let starts = rest.starts_with(|c: char| is_apart(c) || c.is_ascii_digit());
        starts
            || [&words.before, &words.land, &words.passed_over].iter().any(|of| word_at(rest, of).is_some())
    };
    let mut end = digits;
    while let Some(c) = text[end..].chars().next() {
        if ends(&text[end..]) {
            break;
        }
        end += c.len_utf8();
    }
    (text[..end].to_owned(), &text[end..])
}
