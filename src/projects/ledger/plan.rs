//! Cells that hold several things: the annual plan, land with floor space, funding, supplementary agreements.

use crate::imports::ledger::cells::{amount, measure};
use crate::imports::ledger::sheet::Cell;
use crate::money::WAN;
use crate::projects::contract::{FundingBody, YearBody};
use crate::reference::{Measure, Reference};
use chrono::NaiveDate;

/// Fen in 万元, as short as it is exact.
pub fn wan(fen: i64) -> String {
    (fen as f64 / WAN as f64).to_string()
}

/// An amount in fen, in 万元 or in the unit that is given; `None` when the text is none.
fn fen(text: &str, unit: &amount::MoneyUnit, reference: &Reference) -> Option<i64> {
    let read = amount::read(&Cell::of_text(text), unit, reference.values());
    read.ok().flatten().map(|amount| amount.fen)
}

/// One contract year a line.
pub fn years(years: &[YearBody], reference: &Reference) -> String {
    let words = &reference.project_ledger().plan;
    let line =
        |year: &YearBody| words.year(year.year, &wan(year.fixed_investment_fen), &wan(year.land_premium_fen));
    years.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The contract years of a cell; `None` when it says anything but years with amounts.
pub fn read_years(text: &str, unit: &amount::MoneyUnit, reference: &Reference) -> Option<Vec<YearBody>> {
    let words = &reference.project_ledger().plan;
    let parts = text.split(['\n', ';', '；']).map(str::trim).filter(|part| !part.is_empty());
    let year = |part: &str| {
        let numbers = words.numbers(part)?;
        let [year, amounts @ ..] = numbers.as_slice() else { return None };
        let (fixed, land) = match amounts {
            [fixed] => (fen(fixed, unit, reference)?, 0),
            [fixed, land] => (fen(fixed, unit, reference)?, fen(land, unit, reference)?),
            _ => return None,
        };
        // A calendar year is no contract year: which one it is nobody says.
        let year = year.parse().ok().filter(|year| (1..=50).contains(year))?;
        let (fixed_investment_fen, land_premium_fen) = (fixed, land);
        Some(YearBody { year, fixed_investment_fen, land_premium_fen, actual_fixed_investment_fen: None })
    };
    parts.map(year).collect()
}

/// `62/15000`
pub fn land_and_factory(land_mu: Option<f64>, factory_m2: Option<f64>) -> Option<String> {
    let part = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    (land_mu.is_some() || factory_m2.is_some()).then(|| format!("{}/{}", part(land_mu), part(factory_m2)))
}

/// Land in mu and floor space in square metres; `None` when the text is neither.
pub fn read_land_and_factory(text: &str, reference: &Reference) -> Option<(Option<f64>, Option<f64>)> {
    let words = reference.values();
    let quantity = |text: &str, units: &[Measure]| -> Option<Option<f64>> {
        let text = text.trim();
        if text.is_empty() {
            return Some(None);
        }
        match text.parse::<f64>() {
            Ok(value) => Some(Some(value)),
            Err(_) => {
                let read = measure::read(&Cell::of_text(text), 1.0, units, words).ok()?;
                Some(read.map(|quantity| quantity.value))
            }
        }
    };
    match text.split_once(['/', '／']) {
        Some((land, factory)) => Some((quantity(land, &words.land)?, quantity(factory, &words.area)?)),
        None => Some((quantity(text, &words.land)?, None)),
    }
}

/// One source of money a line; what follows its last colon is its amount.
pub fn funding(parts: &[FundingBody]) -> String {
    let line =
        |part: &FundingBody| format!("{}: {}", part.source, part.amount_fen.map(wan).unwrap_or_default());
    parts.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub fn read_funding(text: &str, unit: &amount::MoneyUnit, reference: &Reference) -> Vec<FundingBody> {
    let part = |line: &str| {
        let (source, amount) = line.rsplit_once([':', '：']).unwrap_or((line, ""));
        let amount_fen = fen(amount, unit, reference);
        let unread = amount_fen.is_none() && !amount.trim().is_empty();
        let source = if unread { line } else { source };
        FundingBody { source: source.trim().to_owned(), amount_fen }
    };
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(part).collect()
}

/// An agreement begins with its day; what follows in it on further lines is set in.
pub fn supplements(agreements: &[(NaiveDate, String)]) -> String {
    let one = |(day, content): &(NaiveDate, String)| format!("{day} {}", content.replace('\n', "\n  "));
    agreements.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// `None` when a line begins neither with a day nor set in.
pub fn read_supplements(text: &str) -> Option<Vec<(NaiveDate, String)>> {
    let mut found: Vec<(NaiveDate, String)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            Some(rest) => {
                let (_, content) = found.last_mut()?;
                content.push('\n');
                content.push_str(rest);
            }
            None => {
                let (day, content) = line.split_once(' ')?;
                found.push((day.parse().ok()?, content.to_owned()));
            }
        }
    }
    Some(found)
}
