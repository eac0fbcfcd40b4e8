//! Which ledger a file is, told by its headers.

use crate::chambers::ledger as chambers;
use crate::imports::ledger::{Workbook, known_columns};
use crate::imports::model::ImportKind;
use crate::projects::ledger::table;
use crate::reference::Reference;

/// The ledger of which some sheet names most columns; leads before the others when they name as many.
pub fn kind_of(workbook: &Workbook, reference: &Reference) -> ImportKind {
    let most = |known: fn(&_, &Reference) -> usize| {
        workbook.sheets.iter().map(|sheet| known(sheet, reference)).max().unwrap_or_default()
    };
    let kinds = [
        (most(chambers::known_columns), ImportKind::Chambers),
        (most(table::known_columns), ImportKind::Projects),
        (most(known_columns), ImportKind::Leads),
    ];
    // Of several that name as many the last is taken.
    kinds.into_iter().max_by_key(|(known, _)| *known).map_or(ImportKind::Leads, |(_, kind)| kind)
}
