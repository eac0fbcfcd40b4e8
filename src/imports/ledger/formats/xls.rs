//! Excel workbooks of 1997 to 2003.

use std::io::Cursor;

use calamine::{Data, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::Workbook;
use super::limits::Rows;
use crate::imports::ledger::LedgerError;
use crate::imports::ledger::sheet::{Cell, Merge, Sheet};

/// Reads the visible sheets.
pub fn read(bytes: &[u8]) -> Result<Workbook, LedgerError> {
    // A protected .xlsx is stored in the same container as an .xls.
    let marker: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(marker.len()).any(|window| window == marker) {
        return Err(LedgerError::Protected);
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(refusal)?;
    let from_1904 = book.has_1904_epoch();
    let mut workbook = Workbook::default();
    let sheets = book.sheets_metadata().to_vec();
    for sheet in sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        if sheet.visible != SheetVisible::Visible {
            workbook.hidden.push(sheet.name);
            continue;
        }
        let merged = book.merge_cells_by_sheet_name(&sheet.name).map_err(refusal)?;
        let values = book.worksheet_range(&sheet.name).map_err(refusal)?;
        let formulas = book.worksheet_formula(&sheet.name).map_err(refusal)?;
        let mut rows = Rows::default();
        if let Some((row, column)) = formulas.start() {
            for (down, across, _) in formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()) {
                rows.put(row.saturating_add(down as u32), column as usize + across, Cell::NoValue)?;
            }
        }
        if let Some((row, column)) = values.start() {
            for (down, across, value) in values.used_cells() {
                rows.put(row.saturating_add(down as u32), column as usize + across, of_value(value))?;
            }
        }
        let (name, rows) = (sheet.name, rows.finish());
        workbook.sheets.push(Sheet { name, rows, merges: merges(merged), from_1904 });
    }
    Ok(workbook)
}

fn of_value(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) | Data::DurationIso(text) => Cell::of_text(text),
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::Bool(yes) => Cell::Bool(*yes),
        Data::DateTime(time) => of_date(*time),
        Data::DateTimeIso(text) => Cell::of_iso(text),
        Data::Error(error) => Cell::Error(error.to_string()),
    }
}

/// A number that is shown as a date. Lengths of time are numbers to us.
pub(super) fn of_date(time: ExcelDateTime) -> Cell {
    match time.as_datetime() {
        Some(at) if time.is_datetime() => Cell::Date(at.date()),
        _ => Cell::Number(time.as_f64()),
    }
}

/// Merges as we number them.
pub(super) fn merges(merged: Vec<Dimensions>) -> Vec<Merge> {
    let merge = |area: Dimensions| Merge {
        first_row: area.start.0.saturating_add(1),
        last_row: area.end.0.saturating_add(1),
        first_column: area.start.1 as usize,
        last_column: area.end.1 as usize,
    };
    merged.into_iter().map(merge).collect()
}

fn refusal(error: XlsError) -> LedgerError {
    match error {
        XlsError::Password => LedgerError::Protected,
        error => LedgerError::unreadable(error),
    }
}
