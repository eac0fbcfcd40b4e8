//! The line that an import of projects answers for each row.

use crate::imports::kinds::changing::Told;
use crate::imports::model::{Change, ImportRow, RowContent, RowOutcome};
use crate::imports::reason::reason;
use crate::projects::ledger::reading::ReadRow;
use crate::web::i18n::{I18n, Lang};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProjectLine {
    /// `new`, `changed`, `duplicate` (just as the row says) or `rejected`; once applied `imported` and `updated`.
    pub outcome: RowOutcome,
    pub title: Option<String>,
    pub investor_name: Option<String>,
    pub county: Option<String>,
    pub industry: Option<String>,
    /// Whole fen.
    pub total_investment_fen: Option<i64>,
    /// The project that it is, by id and code, when the importer sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub project: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub code: Option<String>,
    /// The first faulty field of a rejected row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub field: Option<String>,
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
    /// What it changes of the project.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The codes, when there are any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Headers of columns that no field takes, and of cells that could not be read: they stay with the project.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<String>,
    /// When the file has several with projects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it.
    pub row: i64,
}

impl ProjectLine {
    pub(super) fn of(row: &ReadRow, told: &Told<'_>) -> Self {
        let line = row.result.as_ref().ok();
        let body = line.map(|line| line.body.clone()).unwrap_or_default();
        ProjectLine {
            outcome: told.outcome,
            title: row.title.clone(),
            investor_name: row.investor.clone(),
            county: body.county,
            industry: body.industry,
            total_investment_fen: body.total_investment_fen,
            project: None,
            code: None,
            field: None,
            reason: None,
            message: None,
            of_row: told.of_row,
            changes: told.changes.to_vec(),
            warnings: told.warnings.iter().map(|warning| warning.code.to_owned()).collect(),
            kept: line.iter().flat_map(|line| &line.extra).map(|(header, _)| header.clone()).collect(),
            sheet: row.sheet.clone(),
            row: i64::from(row.row),
        }
    }
}

/// The line of a row as it stands now. `codes` are those of the projects that the importer sees, by id.
///
/// # Errors
/// A content that is none of this kind.
pub fn line(
    i18n: &I18n,
    lang: Lang,
    content: RowContent,
    row: &ImportRow,
    codes: &HashMap<String, String>,
) -> serde_json::Result<ProjectLine> {
    let mut line: ProjectLine = serde_json::from_value(content.report.clone())?;
    line.outcome = row.outcome;
    let record = row.record_id.as_ref().or(row.of_record.as_ref()).map(ToString::to_string);
    line.code = record.as_ref().and_then(|id| codes.get(id)).cloned();
    line.project = record.filter(|_| line.code.is_some());
    if row.outcome == RowOutcome::Rejected {
        line.field.clone_from(&row.field);
        line.reason.clone_from(&row.code);
        line.message = Some(i18n.say(lang, &reason(row, &content)));
        line.changes.clear();
    }
    Ok(line)
}
