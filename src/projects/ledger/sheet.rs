//! Lines as a file: title, unit, a header of two rows, the projects of each county with their sums.

use super::Line;
use super::cells::Words;
use crate::exports::escaped;
use crate::imports::ledger::sheet::Cell;
use crate::money::WAN;
use crate::reference::{ProjectColumn, Reference};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// The row under which both rows of the header stand, from 0: the watermark, the title and the unit are above it.
const HEADER: u32 = 3;

/// A sheet to be written.
pub struct Sheet {
    title: String,
    unit: String,
    /// Headers with their group.
    heads: Vec<(String, Option<String>)>,
    rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// The lines, grouped by county in the bureau's order.
    pub fn of(lines: &[Line], words: Words<'_>) -> Self {
        let reference = words.reference;
        let ledger = reference.project_ledger();
        let mut more: Vec<&str> = Vec::new();
        for (header, _) in lines.iter().flat_map(|line| &line.extra) {
            let own =
                ledger.columns.iter().any(|column| column.header == *header && holds_extra(column.holds));
            if !own && !more.contains(&header.as_str()) {
                more.push(header);
            }
        }
        let heads = ledger.columns.iter().map(|column| (column.header.clone(), column.group.clone()));
        let heads = heads.chain(more.iter().map(|header| ((*header).to_owned(), None))).collect();
        let mut rows = Vec::new();
        let mut serial = 0;
        for county in reference.counties() {
            let of_county: Vec<&Line> = lines
                .iter()
                .filter(|line| line.body.county.as_deref() == Some(county.code.as_str()))
                .collect();
            for line in &of_county {
                serial += 1;
                let mut row: Vec<Cell> =
                    ledger.columns.iter().map(|column| words.cell(column, line, serial)).collect();
                row.extend(more.iter().map(|wanted| {
                    let pair = line.extra.iter().find(|(header, _)| header == wanted);
                    pair.map_or(Cell::Empty, |(_, text)| Cell::Text(text.clone()))
                }));
                rows.push(row);
            }
            if !of_county.is_empty() {
                let name = format!("{}{}", reference.region_name(&county.code, "zh-CN"), ledger.subtotal);
                rows.push(sums(&name, &of_county, reference));
            }
        }
        rows.push(sums(&ledger.total, &lines.iter().collect::<Vec<_>>(), reference));
        Sheet { title: ledger.title.clone(), unit: ledger.unit.clone(), heads, rows }
    }

    pub fn xlsx(&self, watermark: &str) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let head =
            Format::new().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        let last = u16::try_from(self.heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.write_string(0, 0, watermark)?;
        sheet.merge_range(1, 0, 1, last, &self.title, &head)?;
        sheet.write_string(2, 0, &self.unit)?;
        self.write_header(sheet, &head)?;
        for (row, cells) in (HEADER + 2..).zip(&self.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    // As a string, never as a formula. Excel takes 32,767 characters.
                    Cell::Text(text) => {
                        sheet.write_string(row, column, text.chars().take(32_000).collect::<String>())?;
                    }
                    Cell::Number(number) => {
                        sheet.write_number(row, column, *number)?;
                    }
                    _ => {}
                }
            }
        }
        sheet.set_freeze_panes(HEADER + 2, 3)?;
        book.save_to_buffer()
    }

    fn write_header(&self, sheet: &mut Worksheet, head: &Format) -> Result<(), XlsxError> {
        let mut at = 0;
        while let Some((header, group)) = self.heads.get(at) {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            let together =
                self.heads[at..].iter().take_while(|(_, other)| group.is_some() && other == group).count();
            match group {
                Some(group) if together > 1 => {
                    let last = column.saturating_add(u16::try_from(together - 1).unwrap_or(0));
                    sheet.merge_range(HEADER, column, HEADER, last, group, head)?;
                    for (column, (header, _)) in (column..).zip(&self.heads[at..at + together]) {
                        sheet.write_string_with_format(HEADER + 1, column, header, head)?;
                    }
                    at += together;
                }
                _ => {
                    sheet.merge_range(HEADER, column, HEADER + 1, column, header, head)?;
                    at += 1;
                }
            }
        }
        Ok(())
    }

    /// With one row of headers: a text file merges nothing.
    pub fn csv(&self, watermark: &str) -> Result<Vec<u8>, csv::Error> {
        // Excel takes a CSV for UTF-8 only with this mark.
        let mut out = "\u{FEFF}".as_bytes().to_vec();
        {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(&mut out);
            writer.write_record([watermark])?;
            writer.write_record([&self.title])?;
            writer.write_record([&self.unit])?;
            writer.write_record(self.heads.iter().map(|(header, _)| header))?;
            for row in &self.rows {
                writer.write_record(row.iter().map(|cell| match cell {
                    Cell::Text(text) => escaped(text),
                    other => other.shown().into_owned(),
                }))?;
            }
            writer.flush()?;
        }
        Ok(out)
    }
}

/// Columns under whose header a project keeps what no field takes.
pub fn holds_extra(column: ProjectColumn) -> bool {
    use ProjectColumn::{AnnualPlan, IsAboveScale, Kept, LandAndFactory, Supplements};
    matches!(column, AnnualPlan | IsAboveScale | Kept | LandAndFactory | Supplements)
}

/// A line of sums: how many, and their amounts.
fn sums(name: &str, lines: &[&Line], reference: &Reference) -> Vec<Cell> {
    let sum = |of: fn(&Line) -> Option<i64>| {
        let fen = lines.iter().filter_map(|line| of(line)).fold(0_i64, i64::saturating_add);
        Cell::Number(fen as f64 / WAN as f64)
    };
    let columns = reference.project_ledger().columns.iter();
    let cell = |column: ProjectColumn| match column {
        ProjectColumn::Serial => Cell::Text(name.to_owned()),
        ProjectColumn::Code => Cell::Number(lines.len() as f64),
        ProjectColumn::TotalInvestment => sum(|line| line.body.total_investment_fen),
        ProjectColumn::FixedInvestment => sum(|line| line.body.fixed_investment_fen),
        _ => Cell::Empty,
    };
    columns.map(|column| cell(column.holds)).collect()
}
