//! What two lines say differently, column by column, in the words of the ledger.

use super::Line;
use super::cells::Words;
use super::sheet::holds_extra;
use crate::imports::model::Change;
use crate::reference::{LedgerColumn, ProjectColumn};

/// What a project's line says now, and did not before.
pub fn between(before: &Line, after: &Line, words: Words<'_>) -> Vec<Change> {
    let columns = words.reference.project_ledger().columns.iter();
    let own = columns.filter(|column| !is_written_only(column.holds)).filter_map(|column| {
        let cell = |line: &Line| plain(&words.cell(column, line, 0).shown());
        change(&column.header, cell(before), cell(after))
    });
    let headers =
        others(before, words).chain(others(after, words).filter(|header| kept(before, header).is_none()));
    let others = headers.filter_map(|header| {
        let cell = |line: &Line| plain(kept(line, header).unwrap_or_default());
        change(header, cell(before), cell(after))
    });
    own.chain(others).collect()
}

/// What a line says and its project does not, as (header, cell). A cell that is empty says nothing.
pub fn unlike(said: &Line, there: &Line, words: Words<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for column in &words.reference.project_ledger().columns {
        let cell = |line: &Line| plain(&words.cell(column, line, 0).shown());
        let to = cell(said);
        if !is_written_only(column.holds) && says(said, column) && !to.is_empty() && to != cell(there) {
            found.push((column.header.clone(), to));
        }
    }
    for header in others(said, words) {
        let cell = |line: &Line| plain(kept(line, header).unwrap_or_default());
        if cell(said) != cell(there) {
            found.push((header.to_owned(), cell(said)));
        }
    }
    found
}

/// Columns that follow from others or from the record.
fn is_written_only(column: ProjectColumn) -> bool {
    use ProjectColumn::{Attribution, Code, InPool, Serial, UpdatedOn};
    matches!(column, Serial | Code | InPool | UpdatedOn | Attribution)
}

/// Whether a line says anything where an empty cell is written as no.
fn says(line: &Line, column: &LedgerColumn) -> bool {
    match column.holds {
        ProjectColumn::SupportingProject => line.body.supporting_project.is_some(),
        // The milestone's day says it in a column of its own.
        ProjectColumn::IsAboveScale => kept(line, &column.header).is_some(),
        _ => true,
    }
}

/// Headers of a line that are no columns of the ledger.
fn others<'a>(line: &'a Line, words: Words<'a>) -> impl Iterator<Item = &'a str> {
    let columns = &words.reference.project_ledger().columns;
    let is_own =
        |header: &str| columns.iter().any(|column| column.header == header && holds_extra(column.holds));
    line.extra.iter().map(|(header, _)| header.as_str()).filter(move |header| !is_own(header))
}

fn kept<'a>(line: &'a Line, header: &str) -> Option<&'a str> {
    line.extra.iter().find(|(name, _)| name == header).map(|(_, text)| text.as_str())
}

/// White space around a text, and how its lines end, change nothing.
fn plain(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

fn change(column: &str, from: String, to: String) -> Option<Change> {
    (from != to).then(|| Change { column: column.to_owned(), from, to })
}
