//! Where a file's lines are: the header among the first rows, the projects under it, and what is none.

use crate::characters::without_refused;
use crate::imports::ledger::cells::place;
use crate::imports::ledger::sheet::{Cell, Row, Sheet};
use crate::imports::ledger::{Format, LedgerError, SkippedSheets, Units, Workbook, tables};
use crate::reference::{LedgerColumn, ProjectColumn, Reference, folded};

/// So many filled rows may stand above a header.
const SEARCHED: usize = 50;

/// So many columns beside the project's name make a header.
const OTHERS_WANTED: usize = 3;

/// A header's cell.
pub struct Head<'a> {
    pub index: usize,
    pub text: String,
    /// `None` where it names no column, or one that stands before it.
    pub column: Option<&'a LedgerColumn>,
    pub units: Units,
}

/// A row of a project.
pub struct Found {
    /// The sheet, when the file has several with projects.
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it.
    pub row: u32,
    pub cells: Vec<Cell>,
    /// The county of the heading that it stands under.
    pub county: Option<String>,
    /// What the 单位: lines above it say.
    pub units: Units,
    pub from_1904: bool,
}

/// A sheet's header with its rows.
pub type Table<'a> = (Vec<Head<'a>>, Vec<Found>);

/// The tables of a file, and the sheets that are none.
///
/// # Errors
/// A file that is no spreadsheet or CSV, or has no header of the ledger.
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

/// How many columns of the ledger of projects the sheet's header names.
pub fn known_columns(sheet: &Sheet, reference: &Reference) -> usize {
    let headers = (0..sheet.rows.len().min(SEARCHED)).filter_map(|at| header(sheet, at, reference));
    headers.map(|(_, heads)| known(&heads)).max().unwrap_or_default()
}

fn table<'a>(sheet: &Sheet, reference: &'a Reference) -> Option<Table<'a>> {
    // A line above a header may take the header's upper row for its lower one: the header knows more columns.
    let found = (0..sheet.rows.len().min(SEARCHED)).rev();
    let found = found.filter_map(|at| header(sheet, at, reference).map(|(first, heads)| (at, first, heads)));
    let (at, first, heads) = found.max_by_key(|(_, _, heads)| known(heads))?;
    let mut units = Units::default();
    sheet.rows[..at].iter().for_each(|row| take_units(&mut units, row, reference));
    let merged = sheet.merged_down();
    let mut county = place::mentioned(&sheet.name, reference).map(str::to_owned);
    let mut above: Vec<Cell> = Vec::new();
    let mut found = Vec::new();
    for row in &sheet.rows[first..] {
        if row.filled().nth(1).is_none() {
            take_units(&mut units, row, reference);
            let alone = row.filled().next().and_then(|(_, cell)| place::mentioned(&cell.shown(), reference));
            county = alone.map(str::to_owned).or(county);
            continue;
        }
        if let Some(named) = section(row, &heads, reference) {
            county = Some(named.to_owned());
            continue;
        }
        if !is_project(row, &heads, reference) {
            take_units(&mut units, row, reference);
            continue;
        }
        let width = heads.last().map_or(0, |head| head.index + 1);
        let cell = |index: usize| match row.cell(index) {
            Cell::Empty => merged.get(&(row.number, index)).cloned().unwrap_or(Cell::Empty),
            Cell::Text(text) if reference.values().is_ditto(text) => {
                above.get(index).cloned().unwrap_or(Cell::Empty)
            }
            cell => cell.clone(),
        };
        let cells: Vec<Cell> = (0..width).map(cell).collect();
        above.clone_from(&cells);
        found.push(Found {
            sheet: None,
            row: row.number,
            cells,
            county: county.clone(),
            units: units.clone(),
            from_1904: sheet.from_1904,
        });
    }
    Some((heads, found))
}

/// A 单位: line holds until the next one.
fn take_units(units: &mut Units, row: &Row, reference: &Reference) {
    for (_, cell) in row.filled() {
        *units = Units::of_line(&cell.shown(), reference.values()).or(std::mem::take(units));
    }
}

/// The header that begins in this row: it alone, or with the next when that names more columns; and where the rows
/// under it begin.
fn header<'a>(sheet: &Sheet, at: usize, reference: &'a Reference) -> Option<(usize, Vec<Head<'a>>)> {
    let row = sheet.rows.get(at)?;
    let single = heads(row, None, reference);
    let below = sheet.rows.get(at + 1).filter(|below| below.number == row.number + 1);
    let double = below.map(|below| heads(row, Some(below), reference));
    let (rows, heads) = match double {
        Some(double) if known(&double) > known(&single) => (2, double),
        _ => (1, single),
    };
    let has_title =
        heads.iter().any(|head| head.column.is_some_and(|column| column.holds == ProjectColumn::Title));
    (has_title && known(&heads) > OTHERS_WANTED).then_some((at + rows, heads))
}

fn known(heads: &[Head<'_>]) -> usize {
    heads.iter().filter(|head| head.column.is_some()).count()
}

fn heads<'a>(row: &Row, below: Option<&Row>, reference: &'a Reference) -> Vec<Head<'a>> {
    let ledger = reference.project_ledger();
    let width = row.cells.len().max(below.map_or(0, |below| below.cells.len()));
    let mut taken = Vec::new();
    let mut heads = Vec::new();
    // The units of an upper cell hold for all the lower ones that it is merged over.
    let mut group = Units::default();
    for index in 0..width {
        let own = row.cell(index).shown();
        let lower = below.map(|below| below.cell(index).shown()).unwrap_or_default();
        if below.is_some() && !own.trim().is_empty() {
            group = Units::of_header(&own, reference.values());
        }
        let text = if lower.trim().is_empty() { own } else { lower };
        let text = without_refused(text.split_whitespace().collect::<Vec<_>>().join(" "));
        if text.is_empty() {
            continue;
        }
        let at = ledger.find(&text).filter(|at| !taken.contains(at));
        taken.extend(at);
        let units = Units::of_header(&text, reference.values()).or(group.clone());
        heads.push(Head { index, column: at.and_then(|at| ledger.columns.get(at)), units, text });
    }
    heads
}

/// The county of a heading such as `一 | 灵山县`: its name in a column of something else, and little beside it.
fn section<'a>(row: &Row, heads: &[Head<'_>], reference: &'a Reference) -> Option<&'a str> {
    if row.filled().nth(3).is_some() {
        return None;
    }
    let is_county = |index: usize| {
        let head = heads.iter().find(|head| head.index == index).and_then(|head| head.column);
        head.is_some_and(|column| column.holds == ProjectColumn::County)
    };
    row.filled().filter(|(index, _)| !is_county(*index)).find_map(|(_, cell)| {
        let places = reference.places();
        places.of_word(&folded(&cell.shown())).map(|place| places.county_of(place))
    })
}

/// Sums, numbers of columns and the header again are no projects.
fn is_project(row: &Row, heads: &[Head<'_>], reference: &Reference) -> bool {
    let subtotal = &reference.values().subtotal;
    let is_sum = |cell: &Cell| {
        let text = folded(&cell.shown());
        subtotal.iter().any(|word| text.ends_with(word.as_str()))
    };
    let names = |head: &&Head<'_>| {
        let holds = head.column.map(|column| column.holds);
        matches!(holds, Some(ProjectColumn::Title | ProjectColumn::Investor))
    };
    let named: Vec<&Cell> =
        heads.iter().filter(names).map(|head| row.cell(head.index)).filter(|cell| !cell.is_empty()).collect();
    let first_is_sum = row.filled().take(3).any(|(_, cell)| is_sum(cell));
    // In a column of names a sum writes how many they are.
    let is_figure = |cell: &Cell| cell.shown().trim().chars().all(|c| c.is_ascii_digit());
    if named.is_empty() && row.filled().any(|(_, cell)| is_sum(cell)) {
        return false;
    }
    if first_is_sum && named.iter().all(|cell| is_sum(cell) || is_figure(cell)) {
        return false;
    }
    if named.is_empty() && row.filled().all(|(_, cell)| !matches!(cell, Cell::Text(_))) {
        return false;
    }
    let repeats =
        heads.iter().filter(|head| folded(&row.cell(head.index).shown()) == folded(&head.text)).count();
    let numbers_columns = row.filled().all(|(_, cell)| cell.shown().chars().all(|c| c.is_ascii_digit()));
    repeats < 3 && !numbers_columns
}
