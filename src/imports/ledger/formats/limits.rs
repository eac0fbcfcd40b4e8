//! How much a file may hold, so that a small one cannot fill the memory.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, copy, sink};

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
    unfold(&mut archive, UNFOLDED)?;
    Ok(format)
}

/// Unfolds all of it once and counts.
///
/// # Errors
/// Where it is more than `limit` bytes, or cannot be unfolded.
pub fn unfold<R: Read + Seek>(archive: &mut zip::ZipArchive<R>, limit: u64) -> Result<(), LedgerError> {
    let mut left = limit;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(LedgerError::unreadable)?;
        let size = copy(&mut entry.take(left + 1), &mut sink()).map_err(LedgerError::unreadable)?;
        left = left.checked_sub(size).ok_or(LedgerError::TooLarge)?;
    }
    Ok(())
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
        if column >= COLUMNS {
            return Err(LedgerError::TooLarge);
        }
        let cells = self.rows.entry(row).or_default();
        let wanted = column + 1;
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_unfolds_to_too_much_is_refused_while_it_unfolds() {
        let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a", "b"] {
            to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            to.write_all(&vec![b'0'; 600_000]).unwrap();
        }
        let bytes = to.finish().unwrap().into_inner();
        assert!(bytes.len() < 10_000);
        let within = |limit| unfold(&mut zip::ZipArchive::new(Cursor::new(&bytes)).unwrap(), limit);
        assert!(within(1_200_000).is_ok());
        assert!(matches!(within(1_199_999), Err(LedgerError::TooLarge)));
        assert!(matches!(within(1), Err(LedgerError::TooLarge)));
    }

    #[test]
    fn cells_far_apart_take_no_memory_and_too_many_are_refused() {
        let mut rows = Rows::default();
        assert!(rows.put(u32::MAX, 5, Cell::Bool(true)).is_ok());
        assert!(rows.put(0, COLUMNS, Cell::Bool(true)).is_err());
        assert!(rows.put(0, COLUMNS, Cell::Empty).is_ok());
        assert_eq!(rows.finish().len(), 1);
    }
}
