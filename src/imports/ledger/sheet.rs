//! A sheet as every format gives it: cells by row, what is merged, and from which day serials count.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::characters::{is_blank, without_refused};
use crate::exports::unescaped;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// A date, its time of day dropped.
    Date(NaiveDate),
    Bool(bool),
    /// `#REF!` and the like.
    Error(String),
    /// A formula whose result the file does not hold.
    NoValue,
}

/// One filled row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// As the spreadsheet numbers it, from 1.
    pub number: u32,
    /// From column A on, to the last filled one.
    pub cells: Vec<Cell>,
}

/// Merged cells, rows numbered from 1 and columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: usize,
    pub last_column: usize,
}

/// One sheet of a workbook, or a whole CSV file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    pub name: String,
    /// Rows with anything in them, in order.
    pub rows: Vec<Row>,
    pub merges: Vec<Merge>,
    /// Serials count from 1904 instead of 1900.
    pub from_1904: bool,
}

/// More cells than any ledger merges.
const MERGED_CELLS: usize = 1_000_000;

/// What spreadsheets write in a cell that they cannot compute.
const ERRORS: &[&str] = &[
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "Err:502",
    "Err:508", "Err:522",
];

static EMPTY: Cell = Cell::Empty;

impl Cell {
    /// Text without control characters; nothing that can be seen counts as empty.
    pub fn of_text(text: impl Into<String>) -> Self {
        let text = without_refused(text.into());
        match text.trim() {
            unseen if is_blank(unseen) => Self::Empty,
            error if ERRORS.contains(&error) => Self::Error(error.to_owned()),
            _ => Self::Text(text),
        }
    }

    /// A date in ISO 8601, its time of day dropped; any other text as text.
    pub fn of_iso(text: &str) -> Self {
        match text.get(..10).and_then(|date| date.parse().ok()) {
            Some(date) => Self::Date(date),
            None => Self::of_text(text),
        }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// As a person reads it. Errors and missing results show what they are.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Empty | Self::NoValue => Cow::Borrowed(""),
            Self::Text(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::Bool(yes) => Cow::Borrowed(if *yes { "TRUE" } else { "FALSE" }),
        }
    }
}

impl Row {
    /// The cell of a column, empty beyond the last.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&EMPTY)
    }

    /// The filled cells with their columns.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty())
    }
}

impl Sheet {
    /// Takes away the quotes that an export as CSV put before texts which a spreadsheet would run.
    pub fn unescape(&mut self) {
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let Cell::Text(text) = cell
                && unescaped(text).len() < text.len()
            {
                *text = unescaped(text).to_owned();
            }
        }
    }

    /// Whether the cell is the first of a merge over several columns.
    pub fn spans_columns(&self, row: u32, column: usize) -> bool {
        self.merge_at(row, column).is_some_and(|merge| merge.last_column > merge.first_column)
    }

    /// The merge that a cell belongs to.
    pub fn merge_at(&self, row: u32, column: usize) -> Option<&Merge> {
        self.merges.iter().find(|merge| {
            (merge.first_row..=merge.last_row).contains(&row)
                && (merge.first_column..=merge.last_column).contains(&column)
        })
    }

    /// What vertically merged cells say for the rows below their first: by row number and column.
    pub fn merged_down(&self) -> HashMap<(u32, usize), Cell> {
        let mut down = HashMap::new();
        let mut filled = 0;
        for merge in self.merges.iter().filter(|merge| merge.last_row > merge.first_row) {
            let start = self.rows.partition_point(|row| row.number < merge.first_row);
            let Some((top, below)) = self.rows[start..].split_first() else { continue };
            let value = top.cell(merge.first_column);
            if top.number != merge.first_row || value.is_empty() {
                continue;
            }
            for row in below.iter().take_while(|row| row.number <= merge.last_row) {
                // Merges cannot overlap; a file in which they do is not worth the time.
                filled += 1;
                if filled > MERGED_CELLS {
                    return down;
                }
                down.insert((row.number, merge.first_column), value.clone());
            }
        }
        down
    }
}
