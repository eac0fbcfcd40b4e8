//! Text files with commas, semicolons or tabs, in UTF-8, GB18030 or what Excel calls Unicode text.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::Workbook;
use super::limits::Rows;
use crate::imports::ledger::LedgerError;
use crate::imports::ledger::sheet::{Cell, Sheet};

const DELIMITERS: [u8; 4] = *b",;\t|";

/// Reads the file as one sheet, named as the file.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Workbook, LedgerError> {
    let text = decode(bytes)?;
    let (text, delimiter, skipped) = delimiter(&text);
    let mut reader = ::csv::ReaderBuilder::new();
    let mut reader =
        reader.delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Rows::default();
    let mut lines = Lines { text, at: 0, line: skipped };
    // Breaks inside cells are lines of the file and no rows of the sheet.
    let mut inner_breaks = 0;
    for record in reader.records() {
        let record = record.map_err(LedgerError::unreadable)?;
        let start = record.position().map_or(0, ::csv::Position::byte);
        let line = lines.of_record(usize::try_from(start).unwrap_or(usize::MAX));
        let row = u32::try_from(line - inner_breaks).map_err(|_| LedgerError::TooLarge)?;
        for (column, field) in record.iter().enumerate() {
            inner_breaks += field.matches('\n').count();
            rows.put(row, column, of_field(field))?;
        }
    }
    let stem = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let name = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_owned();
    Ok(Workbook { sheets: vec![Sheet { name, rows: rows.finish(), ..Sheet::default() }], hidden: Vec::new() })
}

/// Counts lines. The reader says where a record begins, but blank lines before it count with it.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line, from 0, on which the record begins that is read from this byte on.
    fn of_record(&mut self, byte: usize) -> usize {
        let bytes = self.text.as_bytes();
        let blank = bytes.iter().skip(byte).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = byte.saturating_add(blank).min(bytes.len());
        self.line += bytes[self.at.min(start)..start].iter().filter(|byte| **byte == b'\n').count();
        self.at = start;
        self.line
    }
}

/// The text, its byte order mark taken off.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, LedgerError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
        return text.ok_or(LedgerError::Encoding);
    }
    let utf8 = UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
    utf8.or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes))
        .ok_or(LedgerError::Encoding)
}

/// The rest of the text, its delimiter, and how many lines were taken off: Excel's `sep=;` says it, else the
/// one that parts the first lines most often outside quotes.
fn delimiter(text: &str) -> (&str, u8, usize) {
    if let Some(rest) = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP=")) {
        let mut bytes = rest.bytes();
        if let Some(sign) = bytes.next().filter(|sign| DELIMITERS.contains(sign))
            && let Some((_, rest)) = text.split_once('\n')
        {
            return (rest, sign, 1);
        }
    }
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    let mut lines = 0;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => lines += 1,
            _ if !quoted => counts
                .iter_mut()
                .zip(DELIMITERS)
                .filter(|(_, sign)| *sign == byte)
                .for_each(|(count, _)| *count += 1),
            _ => {}
        }
        if lines == 30 {
            break;
        }
    }
    let best =
        counts.iter().zip(DELIMITERS).max_by_key(|(count, sign)| (**count, std::cmp::Reverse(*sign != b',')));
    (text, best.map_or(b',', |(_, sign)| sign), 0)
}

/// Excel's `="0123"` is the text 0123.
fn of_field(field: &str) -> Cell {
    let plain = field.trim().strip_prefix("=\"").and_then(|text| text.strip_suffix('"'));
    Cell::of_text(plain.unwrap_or(field))
}
