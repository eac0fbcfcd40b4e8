//! The line that an import of chambers answers for each row.

use crate::chambers::ledger::reading::ReadRow;
use crate::chambers::model::ChamberKind;
use crate::imports::kinds::changing::Told;
use crate::imports::model::{Change, ImportRow, RowContent, RowOutcome};
use crate::imports::reason::reason;
use crate::web::i18n::{I18n, Lang};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChamberLine {
    /// `new`, `changed`, `duplicate` (just as the row says) or `rejected`; once applied `imported` and `updated`.
    pub outcome: RowOutcome,
    pub name: Option<String>,
    pub kind: Option<ChamberKind>,
    pub region: Option<String>,
    /// What the row enters of the chamber: terms, officers, members and so on.
    pub entries: i64,
    /// What it names beside, and does not enter, as it lacks a day or something else: column and name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incomplete: Vec<String>,
    /// The chamber that it is, by id and code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub chamber: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub code: Option<String>,
    /// The first faulty field of a rejected row, and the header of its column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub field: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub column: Option<String>,
    /// What is wrong with it, for programs and for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub message: Option<String>,
    /// The row before it that says the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub of_row: Option<i64>,
    /// What it changes of the chamber.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The codes, when there are any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// When the file has several with chambers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it.
    pub row: i64,
}

impl ChamberLine {
    pub(super) fn of(row: &ReadRow, told: &Told<'_>) -> Self {
        let line = row.result.as_ref().ok();
        let incomplete: Vec<String> = told
            .warnings
            .iter()
            .filter(|warning| warning.code == "entry_incomplete")
            .map(|warning| format!("{} {}", warning.column, warning.word).trim().to_owned())
            .collect();
        let entries = line.map_or(0, |line| line.entries.len().saturating_sub(incomplete.len()));
        ChamberLine {
            outcome: told.outcome,
            name: row.name.clone(),
            kind: line.and_then(|line| line.kind),
            region: line.and_then(|line| line.region.clone()),
            entries: i64::try_from(entries).unwrap_or(i64::MAX),
            incomplete,
            chamber: None,
            code: None,
            field: None,
            column: None,
            reason: None,
            message: None,
            of_row: told.of_row,
            changes: told.changes.to_vec(),
            warnings: told.warnings.iter().map(|warning| warning.code.to_owned()).collect(),
            sheet: row.sheet.clone(),
            row: i64::from(row.row),
        }
    }
}

/// The line of a row as it stands now. `codes` are those of the chambers that the importer sees, by id.
///
/// # Errors
/// A content that is none of this kind.
pub fn line(
    i18n: &I18n,
    lang: Lang,
    content: RowContent,
    row: &ImportRow,
    codes: &HashMap<String, String>,
) -> serde_json::Result<ChamberLine> {
    let mut line: ChamberLine = serde_json::from_value(content.report.clone())?;
    line.outcome = row.outcome;
    let record = row.record_id.as_ref().or(row.of_record.as_ref()).map(ToString::to_string);
    line.code = record.as_ref().and_then(|id| codes.get(id)).cloned();
    line.chamber = record.filter(|_| line.code.is_some());
    if row.outcome == RowOutcome::Rejected {
        line.field.clone_from(&row.field);
        line.column.clone_from(&content.column);
        line.reason.clone_from(&row.code);
        line.message = Some(i18n.say(lang, &reason(row, &content)));
        line.changes.clear();
    }
    Ok(line)
}
