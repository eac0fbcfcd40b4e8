//! HTTP of imports.

pub mod application;
pub mod page;
pub mod record;
pub mod rejected;
pub mod rows;

use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::model::{Import, ImportKind};
use crate::imports::queries;
use serde::Serialize;
use utoipa::ToSchema;

/// The import of a path, if it is the actor's.
pub fn load(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Import, AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    queries::find(conn, actor, &id)?.ok_or(AppError::NotFound)
}

/// An import as the API shows it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub struct ImportView {
    pub id: Id,
    pub kind: ImportKind,
    pub file_name: String,
    pub status: crate::imports::model::ImportStatus,
    /// Rows that speak of a lead, a project or a chamber.
    pub rows: i64,
    /// Rows that would become one.
    pub new: i64,
    /// Rows that would change a project or a chamber.
    pub changed: i64,
    /// Rows of companies that are already here, or stand in the file before; rows of projects and chambers that are
    /// just so.
    pub duplicate: i64,
    /// Rows that cannot be read or written.
    pub rejected: i64,
    /// Rows that became leads, projects or chambers.
    pub imported: i64,
    /// Rows that changed a project or a chamber.
    pub updated: i64,
    /// Sheets that were not read, as [name, reason].
    pub skipped_sheets: Vec<(String, String)>,
    /// The code of what is wrong with the file.
    pub failure: Option<String>,
    #[serde(with = "crate::clock::rfc3339")]
    pub created_at: chrono::NaiveDateTime,
    #[serde(with = "crate::clock::rfc3339::option")]
    pub applied_at: Option<chrono::NaiveDateTime>,
}

impl From<Import> for ImportView {
    fn from(import: Import) -> Self {
        ImportView {
            id: import.id,
            kind: import.kind,
            file_name: import.file_name,
            status: import.status,
            rows: import.row_count,
            new: import.new_count,
            changed: import.changed_count,
            duplicate: import.duplicate_count,
            rejected: import.rejected_count,
            imported: import.imported_count,
            updated: import.updated_count,
            skipped_sheets: import.skipped_sheets.0,
            failure: import.failure,
            created_at: import.created_at,
            applied_at: import.applied_at,
        }
    }
}
