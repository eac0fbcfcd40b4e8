//! OpenDocument spreadsheets. Read here and not by calamine, which knows no merged cells in them.

use std::collections::HashSet;
use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Workbook;
use super::limits::Rows;
use crate::imports::ledger::LedgerError;
use crate::imports::ledger::sheet::{Cell, Merge, Sheet};

const VERSION: quick_xml::XmlVersion = quick_xml::XmlVersion::Explicit1_0;

/// So many times a filled row or cell is repeated at most: more is the background of an empty sheet.
const REPEATS: u32 = 10_000;

/// Reads the visible sheets.
pub fn read(bytes: &[u8]) -> Result<Workbook, LedgerError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(LedgerError::unreadable)?;
    let content = archive.by_name("content.xml").map_err(LedgerError::unreadable)?;
    let mut xml = Reader::from_reader(BufReader::new(content));
    let mut buffer = Vec::new();
    let mut content = Content::default();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(LedgerError::unreadable)? {
            Event::Start(tag) => content.open(&tag)?,
            Event::Empty(tag) => {
                content.open(&tag)?;
                content.close(tag.local_name().as_ref())?;
            }
            Event::End(tag) => content.close(tag.local_name().as_ref())?,
            Event::Text(text) => content.text(&text.xml_content(VERSION)),
            Event::GeneralRef(name) => content.reference(&name)?,
            Event::CData(text) => content.text(&text.xml_content(VERSION)),
            Event::Eof => break,
            _ => {}
        }
    }
    if !content.tables.is_empty() {
        // Cut off in the middle of a sheet.
        return Err(LedgerError::Unreadable("content.xml ends too early".to_owned()));
    }
    let from_1904 = content.from_1904;
    content.workbook.sheets.iter_mut().for_each(|sheet| sheet.from_1904 = from_1904);
    Ok(content.workbook)
}

/// What of content.xml has been read so far.
#[derive(Default)]
struct Content {
    workbook: Workbook,
    from_1904: bool,
    /// The style that is being read, and those that hide their sheet.
    style: String,
    hiding: HashSet<String>,
    /// Open tables: inside a sheet there may be drawings with tables of their own, which are not read.
    tables: Vec<Table>,
    cell: Option<OpenCell>,
    /// Comments hang inside cells and say nothing of them.
    annotations: u32,
}

#[derive(Default)]
struct Table {
    name: String,
    hidden: bool,
    rows: Rows,
    merges: Vec<Merge>,
    row: u32,
    row_repeats: u32,
    column: usize,
    /// The cells of the row, to be put into each of its repetitions.
    cells: Vec<(usize, Cell)>,
}

struct OpenCell {
    repeats: u32,
    value: Option<Cell>,
    formula: bool,
    error: bool,
    text: String,
}

impl Content {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), LedgerError> {
        match tag.local_name().as_ref() {
            "style" => self.style = attribute(tag, "style:name")?.unwrap_or_default(),
            "table-properties" if attribute(tag, "table:display")?.as_deref() == Some("false") => {
                self.hiding.insert(self.style.clone());
            }
            "null-date" => {
                self.from_1904 =
                    attribute(tag, "table:date-value")?.is_some_and(|date| date.starts_with("1904"));
            }
            "table" => {
                let hidden =
                    attribute(tag, "table:style-name")?.is_some_and(|style| self.hiding.contains(&style));
                let name = attribute(tag, "table:name")?.unwrap_or_default();
                self.tables.push(Table { name, hidden, ..Table::default() });
            }
            "table-row" => {
                let repeats = number(tag, "table:number-rows-repeated")?.unwrap_or(1);
                if let Some(table) = self.tables.last_mut() {
                    (table.row_repeats, table.column) = (repeats, 0);
                    table.cells.clear();
                }
            }
            "table-cell" | "covered-table-cell" => self.open_cell(tag)?,
            "annotation" => self.annotations += 1,
            "s" => {
                let spaces = number(tag, "text:c")?.unwrap_or(1).min(REPEATS);
                self.text(&" ".repeat(spaces as usize));
            }
            "p" => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
                    cell.text.push('\n');
                }
            }
            "line-break" | "tab" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn open_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), LedgerError> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let rows = number(tag, "table:number-rows-spanned")?.unwrap_or(1);
        let columns = number(tag, "table:number-columns-spanned")?.unwrap_or(1);
        if rows > 1 || columns > 1 {
            table.merges.push(Merge {
                first_row: table.row.saturating_add(1),
                last_row: table.row.saturating_add(rows),
                first_column: table.column,
                last_column: table.column.saturating_add(columns as usize).saturating_sub(1),
            });
        }
        let kind = attribute(tag, "office:value-type")?;
        let value = match kind.as_deref() {
            Some("float" | "currency" | "percentage") => {
                attribute(tag, "office:value")?.and_then(|value| value.parse().ok()).map(Cell::Number)
            }
            Some("date") => attribute(tag, "office:date-value")?.map(|date| Cell::of_iso(&date)),
            Some("boolean") => {
                attribute(tag, "office:boolean-value")?.map(|value| Cell::Bool(value == "true"))
            }
            _ => None,
        };
        self.cell = Some(OpenCell {
            repeats: number(tag, "table:number-columns-repeated")?.unwrap_or(1),
            value,
            formula: attribute(tag, "table:formula")?.is_some(),
            error: attribute(tag, "calcext:value-type")?.as_deref() == Some("error"),
            text: String::new(),
        });
        Ok(())
    }

    fn close(&mut self, tag: &str) -> Result<(), LedgerError> {
        match tag {
            "table-cell" | "covered-table-cell" => {
                if let (Some(cell), Some(table)) = (self.cell.take(), self.tables.last_mut()) {
                    table.add(cell);
                }
            }
            "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row()?;
                }
            }
            "annotation" => self.annotations = self.annotations.saturating_sub(1),
            "table" => {
                let Some(table) = self.tables.pop().filter(|_| self.tables.is_empty()) else { return Ok(()) };
                let Table { name, hidden, rows, merges, .. } = table;
                match hidden {
                    true => self.workbook.hidden.push(name),
                    false => self.workbook.sheets.push(Sheet {
                        name,
                        rows: rows.finish(),
                        merges,
                        from_1904: false,
                    }),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| self.annotations == 0) {
            cell.text.push_str(text);
        }
    }

    /// `&amp;` and `&#10;`.
    fn reference(&mut self, name: &quick_xml::events::BytesRef<'_>) -> Result<(), LedgerError> {
        let letter = match name.resolve_char_ref().map_err(LedgerError::unreadable)? {
            Some(letter) => letter.to_string(),
            None => {
                let name: &str = name.as_ref();
                quick_xml::escape::resolve_xml_entity(name).unwrap_or_default().to_owned()
            }
        };
        self.text(&letter);
        Ok(())
    }
}

impl Table {
    fn add(&mut self, cell: OpenCell) {
        let value = match cell.value {
            _ if cell.error => Cell::Error(cell.text),
            Some(value) => value,
            None if cell.formula && cell.text.is_empty() => Cell::NoValue,
            None => Cell::of_text(cell.text),
        };
        if !value.is_empty() {
            for index in 0..cell.repeats.min(REPEATS) {
                self.cells.push((self.column.saturating_add(index as usize), value.clone()));
            }
        }
        self.column = self.column.saturating_add(cell.repeats as usize);
    }

    fn end_row(&mut self) -> Result<(), LedgerError> {
        if !self.cells.is_empty() {
            for index in 0..self.row_repeats.min(REPEATS) {
                for (column, cell) in &self.cells {
                    self.rows.put(self.row.saturating_add(index), *column, cell.clone())?;
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        self.cells.clear();
        Ok(())
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, LedgerError> {
    let found = tag.try_get_attribute(name).map_err(LedgerError::unreadable)?;
    let value = found.map(|found| found.normalized_value(VERSION)).transpose();
    Ok(value.map_err(LedgerError::unreadable)?.map(|value| value.into_owned()))
}

fn number(tag: &BytesStart<'_>, name: &str) -> Result<Option<u32>, LedgerError> {
    Ok(attribute(tag, name)?.and_then(|value| value.parse().ok()))
}
