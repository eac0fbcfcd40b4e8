//! A paper as a spreadsheet: one sheet, its parts one under the other, figures as figures.

use super::{Cell, Paper, Part, Rows};
use crate::error::AppError;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Excel takes 32,767 characters.
const MOST: usize = 32_000;
/// Characters that a column of width 1 holds: columns of papers together have about 100.
const CHARS: f64 = 0.9;

/// The paper as XLSX.
///
/// # Errors
/// What cannot be written, which is a fault of the program.
pub fn xlsx(paper: &Paper) -> Result<Vec<u8>, AppError> {
    written(paper).map_err(|reason| AppError::Internal(reason.into()))
}

fn written(paper: &Paper) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let formats = Formats::new();
    let last = columns(paper).saturating_sub(1).max(1);
    set_widths(sheet, paper)?;
    sheet.merge_range(0, 0, 0, last, &paper.title, &formats.title)?;
    let mut row = 2;
    for part in &paper.parts {
        match part {
            Part::Heading(text) => {
                sheet.write_string_with_format(row, 0, text, &formats.heading)?;
                row += 1;
            }
            Part::Text(text) => {
                sheet.merge_range(row, 0, row, last, &cut(text), &formats.text)?;
                row += 2;
            }
            Part::Facts(facts) => {
                for (name, cell) in facts {
                    sheet.write_string_with_format(row, 0, name, &formats.head)?;
                    formats.write(sheet, row, 1, cell)?;
                    row += 1;
                }
                row += 1;
            }
            Part::Rows(rows) => row = table(sheet, &formats, rows, row)? + 1,
            Part::Signatures(names) => {
                for name in names {
                    sheet.write_string(row, 0, name)?;
                    row += 1;
                }
            }
        }
    }
    sheet.write_string(row + 1, 0, &paper.foot)?;
    book.save_to_buffer()
}

/// The rows with their head; the row after them.
fn table(sheet: &mut Worksheet, formats: &Formats, rows: &Rows, from: u32) -> Result<u32, XlsxError> {
    for (at, column) in (0_u16..).zip(&rows.columns) {
        sheet.write_string_with_format(from, at, &column.head, &formats.head)?;
    }
    let mut row = from;
    for cells in &rows.rows {
        row += 1;
        for (at, cell) in (0_u16..).zip(cells) {
            formats.write(sheet, row, at, cell)?;
        }
    }
    Ok(row + 1)
}

fn columns(paper: &Paper) -> u16 {
    let widest = paper.parts.iter().map(|part| match part {
        Part::Rows(rows) => rows.columns.len(),
        Part::Facts(_) => 2,
        _ => 1,
    });
    u16::try_from(widest.max().unwrap_or(1)).unwrap_or(u16::MAX)
}

/// Each column as wide as the widest of the tables wants it.
fn set_widths(sheet: &mut Worksheet, paper: &Paper) -> Result<(), XlsxError> {
    for at in 0..columns(paper) {
        let of_tables = paper.parts.iter().filter_map(|part| match part {
            Part::Rows(rows) => {
                let whole: u16 = rows.columns.iter().map(|column| column.width).sum();
                let width = f64::from(rows.columns.get(usize::from(at))?.width);
                Some(width * 100.0 * CHARS / f64::from(whole.max(1)))
            }
            Part::Facts(_) if at < 2 => Some(if at == 0 { 18.0 } else { 40.0 }),
            _ => None,
        });
        sheet.set_column_width(at, of_tables.fold(8.0, f64::max))?;
    }
    Ok(())
}

/// As a string, never as a formula.
fn cut(text: &str) -> String {
    text.chars().take(MOST).collect()
}

struct Formats {
    title: Format,
    heading: Format,
    head: Format,
    text: Format,
    money: Format,
    number: Format,
    share: Format,
}

impl Formats {
    fn new() -> Self {
        let framed =
            || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Top).set_text_wrap();
        Formats {
            title: Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center),
            heading: Format::new().set_bold(),
            head: framed().set_bold(),
            text: framed(),
            money: framed().set_num_format("#,##0.00"),
            number: framed().set_num_format("0"),
            share: framed().set_num_format("0.00%"),
        }
    }

    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Text(text) => sheet.write_string_with_format(row, column, cut(text), &self.text)?,
            Cell::Money(fen) => {
                sheet.write_number_with_format(row, column, part(*fen, 100.0), &self.money)?
            }
            Cell::Number(number) => {
                sheet.write_number_with_format(row, column, part(*number, 1.0), &self.number)?
            }
            Cell::Share(bp) => {
                sheet.write_number_with_format(row, column, part(*bp, 10_000.0), &self.share)?
            }
        };
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "cells hold floats; amounts are far below 2^53")]
fn part(figure: i64, of: f64) -> f64 {
    figure as f64 / of
}
