//! Excel workbooks since 2007, read cell by cell: a sheet with one cell at its far end takes no memory for
//! what lies between.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::Workbook;
use super::limits::Rows;
use super::xls::{merges, of_date};
use crate::imports::ledger::LedgerError;
use crate::imports::ledger::sheet::{Cell, Sheet};

/// Reads the visible sheets.
pub fn read(bytes: &[u8]) -> Result<Workbook, LedgerError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(refusal)?;
    let from_1904 = book.has_1904_epoch();
    let mut workbook = Workbook::default();
    let sheets = book.sheets_metadata().to_vec();
    for sheet in sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        if sheet.visible != SheetVisible::Visible {
            workbook.hidden.push(sheet.name);
            continue;
        }
        let merged = book.merge_cells_by_sheet_name(&sheet.name).map_err(refusal)?;
        let mut rows = Rows::default();
        let mut reader = book.worksheet_cells_reader(&sheet.name).map_err(refusal)?;
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(refusal)? {
            let (row, column) = cell.pos;
            // A formula that gives an empty text has a result; one without any was never computed.
            let value = match cell.value {
                DataRef::Empty if cell.formula.is_some() => Cell::NoValue,
                value => of_value(value),
            };
            rows.put(row, column as usize, value)?;
        }
        let (name, rows) = (sheet.name, rows.finish());
        workbook.sheets.push(Sheet { name, rows, merges: merges(merged), from_1904 });
    }
    Ok(workbook)
}

fn of_value(value: DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::of_text(text),
        DataRef::SharedString(text) => Cell::of_text(text),
        DataRef::Int(number) => Cell::Number(number as f64),
        DataRef::Float(number) => Cell::Number(number),
        DataRef::Bool(yes) => Cell::Bool(yes),
        DataRef::DateTime(time) => of_date(time),
        DataRef::DateTimeIso(text) => Cell::of_iso(&text),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

fn refusal(error: XlsxError) -> LedgerError {
    match error {
        XlsxError::Password => LedgerError::Protected,
        error => LedgerError::unreadable(error),
    }
}
