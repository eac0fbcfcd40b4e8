//! What exports of lists share (导出): they want a reason, the file says who took it, when and why, and the trail keeps
//! that it was taken. What stands in the lines is each feature's own.

use crate::accounts::Actor;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::confidential::to_hex;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::web::i18n::{I18n, Lang, Message};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use sha2::{Digest, Sha256};
use std::fmt::Debug;

/// What an export may be saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    Xlsx,
    Csv,
}

/// A cell of an export.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Nothing,
}

impl Cell {
    pub fn text(text: Option<String>) -> Self {
        text.map_or(Cell::Nothing, Cell::Text)
    }

    pub fn number(number: Option<f64>) -> Self {
        number.map_or(Cell::Nothing, Cell::Number)
    }
}

/// A table under one line of headers.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Who, when and why: the file's first line.
    pub watermark: String,
    pub headers: Vec<String>,
    pub lines: Vec<Vec<Cell>>,
    /// Columns that stay in sight.
    pub frozen: u16,
}

impl Table {
    /// The file.
    ///
    /// # Errors
    /// What the writer refuses.
    pub fn bytes(&self, format: ExportFormat) -> Result<Vec<u8>, AppError> {
        match format {
            ExportFormat::Xlsx => self.xlsx().map_err(|error| AppError::Internal(error.into())),
            ExportFormat::Csv => self.csv().map_err(|error| AppError::Internal(error.into())),
        }
    }

    fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        self.write(book.add_worksheet())?;
        book.save_to_buffer()
    }

    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        sheet.write_string(0, 0, &self.watermark)?;
        for (column, header) in (0_u16..).zip(&self.headers) {
            sheet.write_string_with_format(1, column, header, &bold)?;
        }
        for (row, line) in (2_u32..).zip(&self.lines) {
            for (column, cell) in (0_u16..).zip(line) {
                write_cell(sheet, row, column, cell)?;
            }
        }
        sheet.set_freeze_panes(2, self.frozen)?;
        Ok(())
    }

    fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        // Excel takes a CSV for UTF-8 only with this mark.
        let mut out = "\u{FEFF}".as_bytes().to_vec();
        {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(&mut out);
            writer.write_record([&self.watermark])?;
            writer.write_record(&self.headers)?;
            for line in &self.lines {
                writer.write_record(line.iter().map(|cell| match cell {
                    Cell::Text(text) => escaped(text),
                    Cell::Number(number) => number.to_string(),
                    Cell::Nothing => String::new(),
                }))?;
            }
            writer.flush()?;
        }
        Ok(out)
    }
}

/// Tables as the sheets of one workbook, each under its title.
///
/// # Errors
/// What the writer refuses.
pub fn workbook(sheets: &[(&str, &Table)]) -> Result<Vec<u8>, AppError> {
    let written = || {
        let mut book = Workbook::new();
        for (title, table) in sheets {
            table.write(book.add_worksheet().set_name(*title)?)?;
        }
        book.save_to_buffer()
    };
    written().map_err(|error: XlsxError| AppError::Internal(error.into()))
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        // As a string, never as a formula, whatever it looks like. Excel takes 32,767 characters.
        Cell::Text(text) => {
            sheet.write_string(row, column, text.chars().take(32_000).collect::<String>())?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, *number)?;
        }
        Cell::Nothing => {}
    }
    Ok(())
}

/// Whether a spreadsheet would run a text, were it not for the quotes before it.
fn runs(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Spreadsheets run cells that begin like formulas; a quote makes them text.
pub fn escaped(text: &str) -> String {
    if runs(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text without the quote that [`escaped`] put before it.
pub fn unescaped(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| runs(rest)).unwrap_or(text)
}

/// Why it is taken.
///
/// # Errors
/// 422 without a reason.
pub fn reasoned(reason: &str) -> Result<&str, AppError> {
    match reason.trim() {
        "" => Err(AppError::invalid("reason", "reason-required")),
        reason => Ok(reason),
    }
}

/// Who, when and why, in the reader's language: the file's first line.
pub fn watermark(i18n: &I18n, actor: &Actor, reason: &str) -> String {
    let at = clock::china_time(clock::now()).format("%Y-%m-%d %H:%M").to_string();
    let message = Message::new("export-watermark")
        .text("name", &actor.display_name)
        .text("at", at)
        .text("reason", reason);
    i18n.say(lang(actor), &message)
}

/// The language of who takes it.
pub fn lang(actor: &Actor) -> Lang {
    Lang::negotiate(Some(actor.locale.as_str()), None, None)
}

/// Enters into the trail what was taken: how many rows of which filter, why, and the file's hash.
pub fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    action: &'static str,
    (rows, filter): (usize, &dyn Debug),
    reason: &str,
    bytes: &[u8],
) -> Result<(), AppError> {
    let differences = Differences::default()
        .set("rows", &rows)
        .set("filter", &format!("{filter:?}"))
        .set("sha256", &to_hex(&Sha256::digest(bytes)));
    let act = Act { action, subject_kind: "export", subject_id: "", differences, reason: Some(reason) };
    Ok(audit::record(conn, actor, act)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_quoted_and_read_again_without() {
        for text in ["=1+1", "-3", "+86", "@x", "'=1", "'plain", "plain", ""] {
            assert_eq!(unescaped(&escaped(text)), text, "{text}");
        }
        assert_eq!(escaped("=1+1"), "'=1+1");
        assert_eq!(escaped("'plain"), "'plain");
    }
}
