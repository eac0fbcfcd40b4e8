//! Where the header of a sheet is, and what its columns hold.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::sheet::{Cell, Row, Sheet};
use super::units::Units;
use crate::reference::{Column, Reference, folded};

/// The header of a table.
#[derive(Debug, Clone)]
pub struct Header {
    /// The number of its last row.
    pub last_row: u32,
    /// Its columns with anything written over them.
    pub columns: Vec<HeaderCell>,
    by_column: HashMap<Column, usize>,
    /// The columns whose word the head is, not only like it.
    exact: HashSet<Column>,
}

/// How sure a row must be a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sure {
    /// Its words are known: for the first header of a sheet.
    Words,
    /// Its words look like known ones: where no row has known words.
    Likeness,
    /// Most of its words are known: for a further header, among rows of leads.
    MostWords,
}

/// One column's head.
#[derive(Debug, Clone)]
pub struct HeaderCell {
    /// The position in the sheet, 0 for A.
    pub index: usize,
    /// As a person reads it, the upper row before the lower.
    pub text: Arc<str>,
    /// What the column holds; `None` where it matches nothing, or repeats one before it.
    pub column: Option<Column>,
    /// The units that the head says.
    pub units: Units,
}

/// So many columns beside the investor or title make a header.
const OTHERS_WANTED: usize = 2;

impl Header {
    /// The header that begins in row `at` of the sheet's filled rows: that row, or it and the next.
    pub fn starting_at(sheet: &Sheet, at: usize, sure: Sure, reference: &Reference) -> Option<Self> {
        let row = sheet.rows.get(at)?;
        if row.filled().nth(1).is_none() || sure == Sure::MostWords && has_figures(row) {
            return None;
        }
        let next = sheet.rows.get(at + 1).filter(|next| next.number == row.number + 1);
        let single = Self::of_rows(sheet, row, None, reference);
        // Under leads a header that stands again does not make a header of the last lead above it.
        let is_lead = |next: &Row| {
            sure == Sure::MostWords
                && single.exact.len() * 3 < row.filled().count()
                && Self::of_rows(sheet, next, None, reference).is_header(sure)
        };
        if let Some(next) = next.filter(|next| continues(sheet, row, next, reference) && !is_lead(next)) {
            let double = Self::of_rows(sheet, row, Some(next), reference);
            if double.is_header(sure) && double.known() >= single.known() {
                return Some(double);
            }
        }
        single.is_header(sure).then_some(single)
    }

    fn of_rows(sheet: &Sheet, upper: &Row, lower: Option<&Row>, reference: &Reference) -> Self {
        let heads = heads(sheet, upper, lower);
        let words = reference.headers();
        let exact: Vec<Option<Column>> = heads.iter().map(|head| head.exact(reference)).collect();
        let mut taken = HashSet::new();
        let mut columns: Vec<HeaderCell> = heads
            .iter()
            .enumerate()
            .map(|(at, head)| {
                let column = exact[at].filter(|column| place_of(*column, &exact) == Some(at));
                taken.extend(column);
                let units = head.spellings().iter().fold(Units::default(), |units, text| {
                    units.or(Units::of_header(text, reference.values()))
                });
                HeaderCell { index: head.index, text: head.shown().into(), column, units }
            })
            .collect();
        let sure = taken.clone();
        // Looser likenesses come after all exact ones, so that they take nobody's place; the likest come first.
        let mut alike: Vec<(usize, Column, usize)> = heads
            .iter()
            .enumerate()
            .filter(|(at, _)| exact[*at].is_none())
            .filter_map(|(at, head)| {
                let (column, likeness) = head.spellings().iter().find_map(|text| words.loose(text))?;
                Some((at, column, likeness))
            })
            .collect();
        alike.sort_by_key(|(at, _, likeness)| (Reverse(*likeness), *at));
        for (at, column, _) in alike {
            columns[at].column = Some(column).filter(|column| taken.insert(*column));
        }
        let by_column =
            columns.iter().enumerate().filter_map(|(at, cell)| Some((cell.column?, at))).collect();
        Self { last_row: lower.unwrap_or(upper).number, columns, by_column, exact: sure }
    }

    /// The head of a column that holds this.
    pub fn find(&self, column: Column) -> Option<&HeaderCell> {
        self.by_column.get(&column).map(|&at| &self.columns[at])
    }

    /// Whether any column holds this.
    pub fn has(&self, column: Column) -> bool {
        self.by_column.contains_key(&column)
    }

    /// Whether a row only says the header again.
    pub fn is_repeated_by(&self, row: &Row) -> bool {
        let filled = row.filled().count();
        let same = self.columns.iter().filter(|head| {
            let text = folded(&row.cell(head.index).shown());
            !text.is_empty() && folded(&head.text).contains(&text)
        });
        let same = same.count();
        same >= 3 && same * 2 > filled
    }

    fn known(&self) -> usize {
        self.columns.iter().filter(|cell| cell.column.is_some()).count()
    }

    /// The investor or title, and two more. A number and a remark head many a table that is no ledger.
    fn is_header(&self, sure: Sure) -> bool {
        let like: HashSet<Column> = self.by_column.keys().copied().collect();
        let known = if sure == Sure::Likeness { &like } else { &self.exact };
        let named = known.contains(&Column::Investor) || known.contains(&Column::Title);
        let others = known.iter().filter(|column| !matches!(column, Column::Serial | Column::Remark));
        let most = sure != Sure::MostWords || known.len() * 2 > self.columns.len();
        named && others.count() > OTHERS_WANTED && most
    }
}

/// Rows of leads are full of figures, headers hold one at most here and there.
fn has_figures(row: &Row) -> bool {
    let figures = row.filled().filter(|(_, cell)| match cell {
        Cell::Text(text) => text.contains(|c: char| c.is_ascii_digit()),
        _ => true,
    });
    figures.count() * 4 > row.filled().count()
}

/// A column's texts in the upper and the lower row.
struct Head {
    index: usize,
    upper: String,
    lower: String,
}

impl Head {
    fn shown(&self) -> String {
        match (self.upper.is_empty(), self.lower.is_empty()) {
            (_, true) => self.upper.clone(),
            (true, _) => self.lower.clone(),
            _ => format!("{} {}", self.upper, self.lower),
        }
    }

    /// Both together (投资方 名称), the lower alone, the upper alone.
    fn spellings(&self) -> Vec<String> {
        match (self.upper.as_str(), self.lower.as_str()) {
            (text, "") | ("", text) => vec![text.to_owned()],
            (upper, lower) => vec![format!("{upper}{lower}"), lower.to_owned(), upper.to_owned()],
        }
    }

    /// The column that one of the spellings names. A name or number under a leader or officer is his, not
    /// the investor's person's.
    fn exact(&self, reference: &Reference) -> Option<Column> {
        use Column::{ContactName, ContactPhone, ContactPost, Leader, Officer, Phone, SourceName};
        let words = reference.headers();
        let found = self.spellings().iter().find_map(|text| words.exact(text))?;
        // 项目规模(万元) is an amount, 项目规模 what is built.
        let found = match found {
            Column::Content if Units::of_header(&self.shown(), reference.values()).money.is_some() => {
                Column::TotalInvestment
            }
            found => found,
        };
        let owner = words.exact(&self.upper).filter(|_| !self.lower.is_empty());
        match (owner, found) {
            (Some(owner @ (Leader | Officer | SourceName)), ContactName) => Some(owner),
            (Some(Leader | Officer | SourceName), Phone | ContactPost | ContactPhone) => None,
            _ => Some(found),
        }
    }
}

/// Where a column stands that several heads name: the first of them; of phones and posts, the first that
/// follows the investor's person.
fn place_of(column: Column, exact: &[Option<Column>]) -> Option<usize> {
    use Column::{ContactName, ContactPost, Leader, Officer, Phone, SourceName};
    let mut places = exact.iter().enumerate().filter(|(_, one)| **one == Some(column)).map(|(at, _)| at);
    let person = |at: usize| {
        let before = exact[..at].iter().rev().flatten();
        before.copied().find(|one| matches!(one, ContactName | Leader | Officer | SourceName))
    };
    let first = places.clone().next();
    match column {
        Phone | ContactPost => places.find(|at| person(*at) == Some(ContactName)).or(first),
        _ => first,
    }
}

fn heads(sheet: &Sheet, upper: &Row, lower: Option<&Row>) -> Vec<Head> {
    let width = upper.cells.len().max(lower.map_or(0, |row| row.cells.len()));
    let text = |row: &Row, index: usize| super::cells::text::tidy(&row.cell(index).shown());
    let mut group = String::new();
    let mut heads = Vec::new();
    for index in 0..width {
        let own = text(upper, index);
        let below = lower.map(|row| text(row, index)).unwrap_or_default();
        let under_group = match sheet.merge_at(upper.number, index) {
            Some(merge) => merge.first_column < index,
            // Without merges, as in a CSV file, an empty cell over a filled one goes with the group before it.
            None => sheet.merges.is_empty() && own.is_empty() && !below.is_empty(),
        };
        let above = if under_group { group.clone() } else { own.clone() };
        if !under_group {
            group = own;
        }
        if lower.is_none() && under_group || above.is_empty() && below.is_empty() {
            continue;
        }
        heads.push(Head { index, upper: above, lower: below });
    }
    heads
}

/// Whether the second row belongs to the header that the first begins: cells are merged over both or over
/// several columns with names below, or, without merges, it has nothing but names of columns.
fn continues(sheet: &Sheet, upper: &Row, lower: &Row, reference: &Reference) -> bool {
    let texts: Vec<(usize, String)> =
        lower.filled().map(|(index, cell)| (index, cell.shown().into_owned())).collect();
    if texts.is_empty() || lower.filled().any(|(_, cell)| !matches!(cell, Cell::Text(_))) {
        return false;
    }
    let grouped = |index: usize| sheet.spans_columns(upper.number, index) && upper.filled().count() > 1;
    let down = |index: usize| {
        sheet.merge_at(upper.number, index).is_some_and(|merge| merge.last_row >= lower.number)
    };
    if texts.iter().any(|(index, _)| down(*index)) {
        return false;
    }
    if texts.iter().all(|(index, _)| grouped(*index)) {
        return true;
    }
    let names = texts.iter().filter(|(_, text)| reference.headers().exact(text).is_some()).count();
    let blank_above = texts.iter().filter(|(index, _)| upper.cell(*index).is_empty()).count();
    if sheet.merges.is_empty() {
        // A group's first name stands under the group's own, the others under nothing.
        return names * 2 > texts.len() && blank_above > 0 && blank_above < texts.len();
    }
    names * 2 > texts.len() && texts.iter().any(|(index, _)| grouped(*index))
}
