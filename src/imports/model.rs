//! An import and its rows.

use crate::accounts::Actor;
use crate::clock;
use crate::confidential::to_hex;
use crate::db::{Id, Json};
use crate::schema::{import_rows, imports};
use crate::text_enum;
use crate::web::i18n::Message;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

text_enum! {
    /// What a file holds.
    pub enum ImportKind {
        Leads = "leads",
        Projects = "projects",
        Chambers = "chambers",
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
        /// A project or chamber that is there and that the row says otherwise of.
        Changed = "changed",
        /// There already; of a project or chamber, just as the row says.
        Duplicate = "duplicate",
        Rejected = "rejected",
        Imported = "imported",
        Updated = "updated",
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
    pub changed_count: i64,
    pub duplicate_count: i64,
    pub rejected_count: i64,
    pub imported_count: i64,
    pub updated_count: i64,
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
    /// The lead, project or chamber that is there already.
    pub of_record: Option<Id>,
    /// A duplicate that is to be imported nevertheless.
    pub accepted: bool,
    /// The lead, project or chamber that it became.
    pub record_id: Option<Id>,
    pub content_encrypted: String,
}

impl Import {
    /// A file that was just brought, its rows still to be told.
    pub fn new(kind: ImportKind, actor: &Actor, file_name: &str, bytes: &[u8], status: ImportStatus) -> Self {
        Import {
            id: Id::generate(),
            kind,
            file_name: file_name.to_owned(),
            file_hash: to_hex(&Sha256::digest(bytes)),
            file_size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            status,
            row_count: 0,
            new_count: 0,
            changed_count: 0,
            duplicate_count: 0,
            rejected_count: 0,
            imported_count: 0,
            updated_count: 0,
            skipped_sheets: Json(Vec::new()),
            failure: None,
            duplicate_reason: None,
            by_user: actor.user_id.clone(),
            created_at: clock::now(),
            applied_at: None,
        }
    }
}

/// What a row changes of a record: a column of the ledger, what stands there now, what the row says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = ImportChange)]
pub struct Change {
    /// The column's header.
    pub column: String,
    pub from: String,
    pub to: String,
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
    /// What is wrong with a row, where more is known than its code.
    #[serde(default)]
    pub reason: Option<Message>,
    /// The header of the faulty column, where the ledger's form says it.
    #[serde(default)]
    pub column: Option<String>,
    /// What the row would change of a record.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// Why it is a duplicate.
    pub duplicate_reason: Option<String>,
    /// The report's line of a duplicate once it is imported nevertheless.
    #[serde(default)]
    pub accepted_report: Option<serde_json::Value>,
}
