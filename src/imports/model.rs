//! An import and its rows.

use crate::db::{Id, Json};
use crate::schema::{import_rows, imports};
use crate::text_enum;
use chrono::NaiveDateTime;
use diesel::prelude::*;

text_enum! {
    /// What a file holds.
    pub enum ImportKind {
        Leads = "leads",
    }
}

text_enum! {
    /// How far an import has come.
    pub enum ImportStatus {
        /// A large file is being read beside.
        Reading = "reading",
        /// Read; nothing is written until it is applied.
        Previewed = "previewed",
        /// A large file is being applied beside.
        Applying = "applying",
        Applied = "applied",
        /// It could not be read; `failure` says why.
        Failed = "failed",
    }
}

text_enum! {
    /// What became, or will become, of a row.
    pub enum RowOutcome {
        New = "new",
        Duplicate = "duplicate",
        Rejected = "rejected",
        Imported = "imported",
    }
}

/// An import as stored, but for the file itself.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports)]
pub struct Import {
    pub id: Id,
    pub kind: ImportKind,
    pub file_name: String,
    /// SHA-256, hexadecimal.
    pub file_hash: String,
    pub file_size: i64,
    pub status: ImportStatus,
    pub row_count: i64,
    pub new_count: i64,
    pub duplicate_count: i64,
    pub rejected_count: i64,
    pub imported_count: i64,
    /// Sheets that were not read, as (name, reason).
    pub skipped_sheets: Json<Vec<(String, String)>>,
    /// The code of what is wrong with the file.
    pub failure: Option<String>,
    /// Why duplicates are imported nevertheless.
    pub duplicate_reason: Option<String>,
    pub by_user: Id,
    pub created_at: NaiveDateTime,
    pub applied_at: Option<NaiveDateTime>,
}

/// A row as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_rows)]
pub struct ImportRow {
    pub import_id: Id,
    /// From 0, in the order of sheets and rows.
    pub position: i64,
    pub sheet: Option<String>,
    pub sheet_row: i64,
    pub outcome: RowOutcome,
    /// The first faulty field of a rejected row, and what is wrong with it.
    pub field: Option<String>,
    pub code: Option<String>,
    pub of_row: Option<i64>,
    pub of_lead: Option<Id>,
    /// A duplicate that is to be imported nevertheless.
    pub accepted: bool,
    pub lead_id: Option<Id>,
    pub content_encrypted: String,
}

/// What is kept of a row, sealed: it holds names and phones.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct RowContent {
    /// The report's line, with the outcome as of the preview.
    pub report: serde_json::Value,
    /// (header, text) as in the file.
    pub cells: Vec<(String, String)>,
    /// (code, field, word)
    pub warnings: Vec<(String, String, String)>,
    /// The cell that is at fault, as written.
    pub word: Option<String>,
    /// Why it is a duplicate.
    pub duplicate_reason: Option<String>,
    /// The report's line of a duplicate once it is imported nevertheless.
    #[serde(default)]
    pub accepted_report: Option<serde_json::Value>,
}
