//! A sheet walked from top to bottom: what stands above the header, the header, the lines under it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::cells::place;
use super::draft::LedgerRow;
use super::header::{Header, Sure};
use super::lines::{Line, line};
use super::row::{RowReader, Surroundings};
use super::sheet::{Cell, Row, Sheet};
use super::units::Units;
use crate::reference::{Column, Reference};

/// So many filled rows may stand above a header.
const SEARCHED: usize = 200;

/// How many columns of a lead ledger the sheet's header names.
pub fn known_columns(sheet: &Sheet, reference: &Reference) -> usize {
    let header = (0..sheet.rows.len().min(SEARCHED))
        .find_map(|at| Header::starting_at(sheet, at, Sure::Words, reference));
    header.map_or(0, |header| header.columns.iter().filter(|head| head.column.is_some()).count())
}

/// The leads of a sheet; `None` when it has no header of a ledger.
pub fn read(sheet: &Sheet, reference: &Reference, today: NaiveDate) -> Option<Vec<LedgerRow>> {
    let first = |sure| {
        (0..sheet.rows.len().min(SEARCHED))
            .find_map(|at| Some((at, Header::starting_at(sheet, at, sure, reference)?)))
    };
    let (at, mut header) = first(Sure::Words).or_else(|| first(Sure::Likeness))?;
    let (above, rows) = sheet.rows.split_at(at);
    let mut walk = Walk::new(sheet, above, reference);
    let mut found = Vec::new();
    for (below, row) in rows.iter().enumerate() {
        if row.number <= header.last_row {
            continue;
        }
        // A table of its own under the first, perhaps with other columns.
        if let Some(next) = Header::starting_at(sheet, at + below, Sure::MostWords, reference) {
            header = next;
            walk.above.clear();
            continue;
        }
        match line(sheet, &header, row, reference) {
            Line::Section(county) => walk.section = Some(county),
            Line::Other => walk.take_units(row),
            Line::Lead => found.push(walk.lead(&header, row, today)),
        }
    }
    Some(found)
}

/// What the lines before a row say about it.
struct Walk<'a> {
    reference: &'a Reference,
    from_1904: bool,
    units: Units,
    /// The county of the sheet's name, or of the lines above the header.
    county: Option<&'a str>,
    section: Option<&'a str>,
    /// The cells of the last lead, for 同上.
    above: Vec<Cell>,
    merged: std::collections::HashMap<(u32, usize), Cell>,
}

impl<'a> Walk<'a> {
    fn new(sheet: &Sheet, above: &[Row], reference: &'a Reference) -> Self {
        let titles = || {
            above
                .iter()
                .flat_map(Row::filled)
                .filter_map(|(_, cell)| place::mentioned(&cell.shown(), reference))
        };
        let mut walk = Self {
            reference,
            from_1904: sheet.from_1904,
            units: Units::default(),
            county: place::mentioned(&sheet.name, reference).or_else(|| titles().next()),
            section: None,
            above: Vec::new(),
            merged: sheet.merged_down(),
        };
        above.iter().for_each(|row| walk.take_units(row));
        walk
    }

    /// A 单位: line holds until the next one.
    fn take_units(&mut self, row: &Row) {
        for (_, cell) in row.filled() {
            let units = Units::of_line(&cell.shown(), self.reference.values());
            self.units = units.or(std::mem::take(&mut self.units));
        }
    }

    fn lead(&mut self, header: &Header, row: &Row, today: NaiveDate) -> LedgerRow {
        let width = header.columns.last().map_or(0, |head| head.index + 1).max(row.cells.len());
        let cells: Vec<Cell> = (0..width).map(|column| self.resolved(row, column)).collect();
        let around = Surroundings {
            reference: self.reference,
            today,
            from_1904: self.from_1904,
            units: &self.units,
            county: self.section.or(self.county),
        };
        let (result, warnings) = RowReader { header, cells: &cells, around: &around }.read();
        let written = header.columns.iter().filter(|head| head.column != Some(Column::Serial));
        let written =
            written.map(|head| (Arc::clone(&head.text), cells[head.index].shown().into_owned())).collect();
        self.above = cells;
        LedgerRow { sheet: None, row: row.number, cells: written, result, warnings }
    }

    /// A cell with what a merge or 同上 puts into it.
    fn resolved(&self, row: &Row, column: usize) -> Cell {
        match row.cell(column) {
            Cell::Empty => self.merged.get(&(row.number, column)).cloned().unwrap_or(Cell::Empty),
            Cell::Text(text) if self.reference.values().is_ditto(text) => {
                self.above.get(column).cloned().unwrap_or(Cell::Empty)
            }
            cell => cell.clone(),
        }
    }
}
