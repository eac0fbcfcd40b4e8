//! Where a file's lines are: the header among the first rows, and the chambers under it.

use crate::imports::ledger::cells::text::tidy;
use crate::imports::ledger::sheet::{Cell, Row, Sheet};
use crate::imports::ledger::{Format, LedgerError, SkippedSheets, Workbook, tables};
use crate::reference::{ChamberColumn, ChamberLedgerColumn, Reference, folded};

/// So many filled rows may stand above a header.
const SEARCHED: usize = 50;

/// So many columns beside the chamber's name make a header.
const OTHERS_WANTED: usize = 2;

/// A header's cell.
pub struct Head<'a> {
    pub index: usize,
    pub text: String,
    /// `None` where it names no column, or one that stands before it.
    pub column: Option<&'a ChamberLedgerColumn>,
}

/// A row of a chamber.
pub struct Found {
    /// The sheet, when the file has several with chambers.
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it.
    pub row: u32,
    pub cells: Vec<Cell>,
    pub from_1904: bool,
}

/// A sheet's header with its rows.
pub type Table<'a> = (Vec<Head<'a>>, Vec<Found>);

/// The tables of a file, and the sheets that are none.
///
/// # Errors
/// A file without a header of the ledger.
pub fn read(
    format: Format,
    workbook: Workbook,
    reference: &Reference,
) -> Result<(Vec<Table<'_>>, SkippedSheets), LedgerError> {
    let (tables, skipped) = tables(format, workbook, |sheet| table(sheet, reference))?;
    let named = tables.into_iter().map(|(sheet, (heads, mut rows))| {
        rows.iter_mut().for_each(|row: &mut Found| row.sheet.clone_from(&sheet));
        (heads, rows)
    });
    Ok((named.collect(), skipped))
}

/// How many columns of the ledger of chambers the sheet's header names.
pub fn known_columns(sheet: &Sheet, reference: &Reference) -> usize {
    let rows = sheet.rows.iter().take(SEARCHED);
    rows.filter_map(|row| header(row, reference)).map(|heads| known(&heads)).max().unwrap_or_default()
}

fn table<'a>(sheet: &Sheet, reference: &'a Reference) -> Option<Table<'a>> {
    let rows = sheet.rows.iter().take(SEARCHED).enumerate();
    let found = rows.filter_map(|(at, row)| header(row, reference).map(|heads| (at, heads)));
    let (at, heads) = found.max_by_key(|(at, heads)| (known(heads), std::cmp::Reverse(*at)))?;
    let merged = sheet.merged_down();
    let width = heads.last().map_or(0, |head| head.index + 1);
    let rows = sheet.rows.iter().skip(at + 1).filter(|row| is_chamber(row, &heads, reference));
    let rows = rows.map(|row| {
        let cell = |index: usize| match row.cell(index) {
            Cell::Empty => merged.get(&(row.number, index)).cloned().unwrap_or(Cell::Empty),
            cell => cell.clone(),
        };
        let cells = (0..width).map(cell).collect();
        Found { sheet: None, row: row.number, cells, from_1904: sheet.from_1904 }
    });
    let rows = rows.collect();
    Some((heads, rows))
}

/// The row as a header: it names the chamber and two columns more.
fn header<'a>(row: &Row, reference: &'a Reference) -> Option<Vec<Head<'a>>> {
    let ledger = reference.chamber_ledger();
    let mut taken = Vec::new();
    let mut heads = Vec::new();
    for (index, cell) in row.filled() {
        let text = tidy(&cell.shown());
        let at = ledger.find(&text).filter(|at| !taken.contains(at));
        taken.extend(at);
        heads.push(Head { index, column: at.and_then(|at| ledger.columns.get(at)), text });
    }
    let holds = |heads: &[Head<'_>], wanted| {
        heads.iter().any(|head| head.column.is_some_and(|column| column.holds == wanted))
    };
    for (kind, _) in ledger.sheets.all() {
        if ChamberColumn::naming(kind).is_some_and(|naming| holds(&heads, naming)) {
            // Of a line that names a member, contact and phone are the member's, where it has none of its own.
            for at in 0..heads.len() {
                let Some(column) = heads[at].column else { continue };
                let of_entry = column.holds.in_sheet_of(kind);
                if !holds(&heads, of_entry) {
                    heads[at].column = ledger.column(of_entry);
                }
            }
        } else {
            // A post may be the contact's, and an address the chamber's: without an officer they are nobody's.
            for head in &mut heads {
                head.column = head.column.filter(|column| column.holds.listed() != Some(kind));
            }
        }
    }
    (holds(&heads, ChamberColumn::Name) && known(&heads) > OTHERS_WANTED).then_some(heads)
}

fn known(heads: &[Head<'_>]) -> usize {
    let is_own = |head: &&Head<'_>| head.column.is_some_and(|column| column.holds != ChamberColumn::Serial);
    heads.iter().filter(is_own).count()
}

/// Lines of one cell, sums and the header again are no chambers.
fn is_chamber(row: &Row, heads: &[Head<'_>], reference: &Reference) -> bool {
    let subtotal = &reference.values().subtotal;
    let is_sum = |cell: &Cell| {
        let text = folded(&cell.shown());
        subtotal.iter().any(|word| text.ends_with(word.as_str()))
    };
    let repeats =
        heads.iter().filter(|head| folded(&row.cell(head.index).shown()) == folded(&head.text)).count();
    row.filled().nth(1).is_some() && !row.filled().take(2).any(|(_, cell)| is_sum(cell)) && repeats < 3
}
