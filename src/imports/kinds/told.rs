//! Which ledger a file is, told by its headers.

use crate::imports::ledger::{Workbook, known_columns};
use crate::imports::model::ImportKind;
use crate::projects::ledger::table;
use crate::reference::Reference;

/// The ledger of which some sheet names more columns; leads when both name as many.
pub fn kind_of(workbook: &Workbook, reference: &Reference) -> ImportKind {
    let most = |known: fn(&_, &Reference) -> usize| {
        workbook.sheets.iter().map(|sheet| known(sheet, reference)).max().unwrap_or_default()
    };
    if most(table::known_columns) > most(known_columns) { ImportKind::Projects } else { ImportKind::Leads }
}
