//! How much a file may hold, so that a small one cannot fill the memory.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, copy, sink};

use super::Format;
use crate::imports::ledger::LedgerError;
use crate::imports::ledger::sheet::{Cell, Row};

/// Bytes that a compressed file may unfold to: a ledger of 100,000 rows has about half of it.
const UNFOLDED: u64 = 256 * 1024 * 1024;
const ENTRIES: usize = 10_000;
const COLUMNS: usize = 1_000;
const CELLS: usize = 6_000_000;

/// What kind of spreadsheet a ZIP file is. Its parts are unfolded once and counted: what the file says of its
/// own size need not be true.
pub fn zip_format(bytes: &[u8]) -> Result<Format, LedgerError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(LedgerError::unreadable)?;
    if archive.len() > ENTRIES {
        return Err(LedgerError::TooLarge);
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    let format = match () {
        () if has("xl/workbook.xml") => Format::Xlsx,
        () if has("content.xml") && has("mimetype") => Format::Ods,
        () => return Err(LedgerError::NotALedger),
    };
    let mut left = UNFOLDED;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(LedgerError::unreadable)?;
        let size = copy(&mut entry.take(left + 1), &mut sink()).map_err(LedgerError::unreadable)?;
        left = left.checked_sub(size).ok_or(LedgerError::TooLarge)?;
    }
    Ok(format)
}

/// Cells gathered into rows, however far apart they stand.
#[derive(Default)]
pub struct Rows {
    rows: BTreeMap<u32, Vec<Cell>>,
    count: usize,
}

impl Rows {
    /// Puts a cell at a row and column counted from 0; empty ones are left out.
    pub fn put(&mut self, row: u32, column: usize, cell: Cell) -> Result<(), LedgerError> {
        if cell.is_empty() {
            return Ok(());
        }
        let cells = self.rows.entry(row).or_default();
        let wanted = column + 1;
        if wanted > COLUMNS {
            return Err(LedgerError::TooLarge);
        }
        if cells.len() < wanted {
            self.count += wanted - cells.len();
            cells.resize(wanted, Cell::Empty);
        }
        cells[column] = cell;
        if self.count > CELLS { Err(LedgerError::TooLarge) } else { Ok(()) }
    }

    /// The rows in order, numbered from 1.
    pub fn finish(self) -> Vec<Row> {
        self.rows.into_iter().map(|(row, cells)| Row { number: row.saturating_add(1), cells }).collect()
    }
}
