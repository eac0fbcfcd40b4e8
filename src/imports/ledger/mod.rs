//! Lead ledgers (线索台账) read into rows: which sheets and lines are leads, and what each of them says.
//!
//! Pure: bytes in, rows out; no database and no clock. A file goes through these steps:
//! 1. `formats` tells what it is and gives sheets of cells (API bodies, one a line, go to `json` instead);
//! 2. `table` finds a sheet's `header`, and walks down its `lines`: leads, sections, sums, notes;
//! 3. `row` reads one lead, field by field, with what `cells` know of amounts, dates, phones and places;
//! 4. `duplicates` tells which rows speak of a company that is already there;
//! 5. `report` writes the line that an import answers with.

pub mod cells;
mod draft;
mod duplicates;
mod formats;
mod header;
mod json;
mod lines;
mod report;
mod row;
pub mod sheet;
mod table;
mod units;

use std::fmt::Display;

use chrono::NaiveDate;

pub use draft::{
    ContactDraft, LeadDraft, LedgerRow, REFUSAL_CODES, Refusal, SourceDraft, WARNING_CODES, Warning,
};
pub use duplicates::{Judge, RowRef, Verdict};
pub use formats::{Format, Skipped, Workbook, decode, detect, sheets, unfold};
pub use json::{read_body, rows_of_lines};
pub use report::ReportLine;
pub use row::uscc_code;
pub use table::known_columns;
pub use units::Units;

use crate::characters::without_refused;
use crate::reference::Reference;

/// What a file gave.
#[derive(Debug, Default)]
pub struct LedgerReading {
    /// The lead rows, sheet by sheet.
    pub rows: Vec<LedgerRow>,
    /// Sheets that were not read, by name.
    pub skipped_sheets: Vec<(String, Skipped)>,
    /// How many sheets were read.
    pub sheet_count: usize,
}

/// Why a file gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error("the file is empty; a ledger is an .xlsx, .xls, .ods, .csv or .jsonl file")]
    Empty,
    #[error("this is no .xlsx, .xls, .ods, .csv or .jsonl file")]
    NotALedger,
    #[error("this is a web page or XML file; save it as .xlsx first")]
    WebPage,
    #[error("the file is protected by a password; save it without one first")]
    Protected,
    #[error("the file unfolds to more than a ledger can hold; split it into several")]
    TooLarge,
    #[error("the text is neither UTF-8 nor GB18030; save it as .xlsx first")]
    Encoding,
    #[error("the file is broken; save a copy as .xlsx first: {0}")]
    Unreadable(String),
    #[error("no sheet has a header that names the investor or project and two more known columns")]
    NoHeader,
}

impl LedgerError {
    /// The message is `import-error-<code>` with `_` as `-`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotALedger => "not_a_ledger",
            Self::WebPage => "web_page",
            Self::Protected => "protected",
            Self::TooLarge => "too_large",
            Self::Encoding => "encoding",
            Self::Unreadable(_) => "unreadable",
            Self::NoHeader => "no_header",
        }
    }

    fn unreadable(error: impl Display) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// Opens a file: its format and its sheets. Bodies of the API, one a line, have none.
///
/// # Errors
/// A file that is none of the formats, broken, protected or too large.
pub fn open(bytes: &[u8], file_name: &str) -> Result<(Format, Workbook), LedgerError> {
    let format = detect(bytes, file_name)?;
    let workbook = if format == Format::Jsonl {
        Workbook::default()
    } else {
        formats::sheets(format, bytes, file_name)?
    };
    Ok((format, workbook))
}

/// Sheets that were not read, by name.
pub type SkippedSheets = Vec<(String, Skipped)>;

/// Tables, each with the name of its sheet where several have one.
pub type NamedTables<T> = Vec<(Option<String>, T)>;

/// The tables of a file, each with the name of its sheet where several have one, and the sheets that are none.
///
/// # Errors
/// A file that has none, or is no spreadsheet or CSV.
pub fn tables<T>(
    format: Format,
    workbook: Workbook,
    table: impl Fn(&sheet::Sheet) -> Option<T>,
) -> Result<(NamedTables<T>, SkippedSheets), LedgerError> {
    if format == Format::Jsonl {
        return Err(LedgerError::NotALedger);
    }
    let mut tables = Vec::new();
    let mut skipped = SkippedSheets::new();
    for mut sheet in workbook.sheets {
        sheet.name = without_refused(sheet.name);
        if format == Format::Csv {
            sheet.unescape();
        }
        match table(&sheet) {
            Some(table) => tables.push((Some(sheet.name), table)),
            None => skipped.push((sheet.name, Skipped::NoHeader)),
        }
    }
    skipped.extend(workbook.hidden.into_iter().map(|name| (without_refused(name), Skipped::Hidden)));
    match tables.as_mut_slice() {
        [] => return Err(LedgerError::NoHeader),
        [(name, _)] => *name = None,
        _ => {}
    }
    Ok((tables, skipped))
}

/// Reads a file. `today` is the day of the import: the registration date of rows that say none.
///
/// # Errors
/// A file that is none of the formats, broken, protected, too large, or without any ledger in it.
pub fn read(
    bytes: &[u8],
    file_name: &str,
    reference: &Reference,
    today: NaiveDate,
) -> Result<LedgerReading, LedgerError> {
    match open(bytes, file_name)? {
        (Format::Jsonl, _) => {
            let rows = rows_of_lines(bytes, reference, today)?;
            Ok(LedgerReading { rows, skipped_sheets: Vec::new(), sheet_count: 1 })
        }
        (_, workbook) => read_sheets(workbook, reference, today),
    }
}

/// Reads the sheets of a file.
///
/// # Errors
/// Sheets without any ledger.
pub fn read_sheets(
    workbook: Workbook,
    reference: &Reference,
    today: NaiveDate,
) -> Result<LedgerReading, LedgerError> {
    let mut reading = LedgerReading::default();
    let mut tables = Vec::new();
    for mut sheet in workbook.sheets {
        sheet.name = without_refused(sheet.name);
        match table::read(&sheet, reference, today) {
            Some(rows) => tables.push((sheet.name, rows)),
            None => reading.skipped_sheets.push((sheet.name, Skipped::NoHeader)),
        }
    }
    reading
        .skipped_sheets
        .extend(workbook.hidden.into_iter().map(|name| (without_refused(name), Skipped::Hidden)));
    if tables.is_empty() {
        return Err(LedgerError::NoHeader);
    }
    reading.sheet_count = tables.len();
    let several = tables.len() > 1;
    for (name, rows) in tables {
        let named = rows.into_iter().map(|row| LedgerRow { sheet: several.then(|| name.clone()), ..row });
        reading.rows.extend(named);
    }
    Ok(reading)
}

#[cfg(test)]
mod tests;
