//! Land, floor area and people: 35.5, 120亩, 2万㎡, 约300人.

use super::numeral::{Decimal, number_at_start};
use crate::imports::ledger::sheet::Cell;
use crate::reference::{Measure, ValueWords, folded};

/// A quantity as read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// In the field's own unit (mu, square metres, people).
    pub value: f64,
    /// It was written as about so much.
    pub approximate: bool,
}

/// A cell that holds something, but no quantity: kept as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoQuantity;

/// Reads a quantity in the cell's unit, else in `unit`; `None` when the cell says nothing.
///
/// # Errors
/// Anything that is not one number of at least zero with a unit of the field's.
pub fn read(
    cell: &Cell,
    unit: f64,
    units: &[Measure],
    words: &ValueWords,
) -> Result<Option<Quantity>, NoQuantity> {
    let text = match cell {
        Cell::Empty => return Ok(None),
        Cell::Number(number) => {
            let value = Decimal::of_cell(*number).ok_or(NoQuantity)?.to_f64() * unit;
            return Ok(Some(Quantity { value, approximate: false }));
        }
        Cell::Text(text) if words.is_nothing(text) => return Ok(None),
        Cell::Text(text) => folded(text),
        Cell::Date(_) | Cell::Bool(_) | Cell::Error(_) | Cell::NoValue => return Err(NoQuantity),
    };
    let mut rest = text;
    let mut approximate = false;
    for (word, inexact) in &words.approximate {
        if rest.contains(word.as_str()) {
            rest = rest.replace(word.as_str(), "");
            approximate |= inexact;
        }
    }
    let (number, after) = number_at_start(&rest).ok_or(NoQuantity)?;
    let per = match after {
        "" => unit,
        word => units.iter().find(|unit| unit.word == word).map(|unit| unit.per).ok_or(NoQuantity)?,
    };
    Ok(Some(Quantity { value: number.to_f64() * per, approximate }))
}
