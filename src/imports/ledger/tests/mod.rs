//! Whole files read. Forms of single cells are in `cell_forms`.

mod cell_forms;
mod files;
mod judging;
mod lines;
mod property;
mod sample;
mod tables;

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::sheet::{Cell, Merge, Row, Sheet};
use super::*;
use crate::reference::Reference;

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::load(None).expect("carried files"));

fn today() -> NaiveDate {
    "2026-11-23".parse().expect("a date")
}

/// A sheet of texts; figures without anything else are number cells, as a spreadsheet has them.
fn sheet(rows: &[&[&str]]) -> Sheet {
    let cell = |text: &&str| match text.parse::<f64>() {
        Ok(number) if text.len() < 16 => Cell::Number(number),
        _ => Cell::of_text(*text),
    };
    let rows =
        rows.iter().zip(1..).map(|(cells, number)| Row { number, cells: cells.iter().map(cell).collect() });
    Sheet {
        name: "Sheet1".to_owned(),
        rows: rows.filter(|row| row.filled().next().is_some()).collect(),
        ..Sheet::default()
    }
}

/// Merged cells by their corners, rows from 1 and columns from 0.
fn merge(first_row: u32, first_column: usize, last_row: u32, last_column: usize) -> Merge {
    Merge { first_row, last_row, first_column, last_column }
}

fn rows_of(sheet: &Sheet) -> Vec<LedgerRow> {
    table::read(sheet, &REFERENCE, today()).expect("a ledger")
}

/// The leads of a sheet, which has no faulty row.
fn leads_of(sheet: &Sheet) -> Vec<LeadDraft> {
    rows_of(sheet).into_iter().map(|row| *row.result.expect("a lead")).collect()
}

/// The rows' numbers with the investor or the faulty field.
fn outline(rows: &[LedgerRow]) -> Vec<(u32, &str)> {
    let shown = |row: &'_ LedgerRow| match &row.result {
        Ok(draft) => draft.investor.clone(),
        Err(refusal) => refusal.field.to_owned(),
    };
    rows.iter().map(|row| (row.row, shown(row))).map(|(row, text)| (row, &*text.leak())).collect()
}

fn codes(row: &LedgerRow) -> Vec<&str> {
    row.warnings.iter().map(|warning| warning.code.as_str()).collect()
}
