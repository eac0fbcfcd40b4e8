//! A cell of a line that is read: what it says, under which header it is kept, and what is wrong with it.

use super::Warning;
use super::sheet::holds_extra;
use super::table::Head;
use crate::imports::ledger::Refusal;
use crate::imports::ledger::sheet::Cell;

/// The header under which a cell is kept: the ledger's own where an export looks for it.
pub fn kept_as<'a>(head: &'a Head<'_>) -> &'a String {
    let own = head.column.filter(|column| holds_extra(column.holds));
    own.map_or(&head.text, |column| &column.header)
}

/// A cell's text to the letter, but for white space around it.
pub fn text(cell: &Cell) -> Option<String> {
    let text = cell.shown().trim().replace("\r\n", "\n");
    (!text.is_empty()).then_some(text)
}

/// Its lines that say anything.
pub fn lines(text: Option<String>) -> Vec<String> {
    text.unwrap_or_default()
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What somebody should look at in this cell.
pub fn warning(head: &Head<'_>, cell: &Cell, code: &'static str) -> Warning {
    Warning { code, column: head.text.clone(), word: cell.shown().into_owned() }
}

/// The row is refused for this cell.
pub fn refusal(head: &Head<'_>, code: &'static str, cell: &Cell) -> Refusal {
    let field = head.column.map_or("", |column| column.holds.field());
    Refusal { field, code, word: cell.shown().into_owned() }
}
