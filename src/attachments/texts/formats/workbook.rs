//! Text of a workbook: the cells of its visible sheets, row by row, read one by one so that a cell at a sheet's far end
//! takes no memory for what lies between.

use super::{Gathered, Unreadable};
use crate::imports::ledger::unfold;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use std::io::Cursor;
use zip::ZipArchive;

/// Bytes that it may unfold to.
const UNFOLDED: u64 = 256 * 1024 * 1024;

pub(super) fn read(bytes: &[u8]) -> Result<Gathered, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable)?;
    unfold(&mut archive, UNFOLDED).map_err(|_| Unreadable)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable)?;
    let mut gathered = Gathered::default();
    let sheets = book.sheets_metadata().to_vec();
    let is_seen =
        |sheet: &calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    for sheet in sheets.into_iter().filter(is_seen) {
        gathered.push(&sheet.name);
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|_| Unreadable)?;
        let mut row = None;
        while let Some(cell) = cells.next_cell().map_err(|_| Unreadable)? {
            if gathered.is_cut() {
                return Ok(gathered);
            }
            let here = cell.get_position().0;
            gathered.pause(if row == Some(here) { ' ' } else { '\n' });
            row = Some(here);
            put(cell.get_value(), &mut gathered);
        }
        gathered.pause('\n');
    }
    Ok(gathered)
}

fn put(value: &DataRef<'_>, gathered: &mut Gathered) {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            gathered.push(text)
        }
        DataRef::SharedString(text) => gathered.push(text),
        DataRef::Int(number) => gathered.push(&number.to_string()),
        DataRef::Float(number) => gathered.push(&number.to_string()),
        DataRef::DateTime(time) => {
            if let Some(time) = time.as_datetime() {
                gathered.push(&time.date().to_string());
            }
        }
        DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => {}
    }
}
