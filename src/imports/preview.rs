//! The preview of a file: its rows with what would become of them, kept until it is applied or discarded.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::confidential::{KeyError, Keyring};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::kinds::{Judged, Reading};
use crate::imports::model::{Import, ImportKind, ImportRow, ImportStatus, RowContent};
use crate::imports::queries::{self, Counts};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use diesel::QueryResult;
use std::ops::Range;

/// Keeps the file; its rows follow, at once or beside.
pub fn keep(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    kind: ImportKind,
    file_name: &str,
    bytes: &[u8],
    status: ImportStatus,
) -> Result<Import, AppError> {
    let import = Import::new(kind, actor, file_name, bytes, status);
    let sealed = tools.keys.encrypt(&file_context(&import.id), &STANDARD.encode(bytes));
    queries::insert(conn, &import, Some(&sealed))?;
    Ok(import)
}

/// The kept file.
pub fn file(conn: &mut AnyConn, tools: Tools<'_>, id: &Id) -> Result<Option<Vec<u8>>, AppError> {
    let Some(sealed) = queries::file(conn, id)? else { return Ok(None) };
    let text = tools.keys.decrypt(&file_context(id), &sealed)?;
    Ok(Some(STANDARD.decode(text).map_err(|_| KeyError::Decrypt)?))
}

/// What a ledger was found to hold, before any of it is kept.
pub struct Preview {
    judged: Vec<Box<dyn Judged>>,
    /// Sheets that were not read, and why.
    skipped: Vec<(String, String)>,
}

impl Preview {
    /// Judges the rows.
    pub fn judged(
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
        reading: Reading,
    ) -> Result<Self, AppError> {
        let skipped = reading.skipped();
        Ok(Preview { judged: reading.judged(conn, tools, actor)?, skipped })
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.judged.len()
    }

    pub fn is_empty(&self) -> bool {
        self.judged.is_empty()
    }

    /// Of rows that were judged elsewhere.
    pub fn of(judged: Vec<Box<dyn Judged>>, skipped: Vec<(String, String)>) -> Self {
        Preview { judged, skipped }
    }

    /// Keeps all of it at once.
    pub fn keep(&self, conn: &mut AnyConn, tools: Tools<'_>, import: &Id) -> Result<(), AppError> {
        queries::insert_rows(conn, &self.sealed(tools, import, 0..self.judged.len())?)?;
        Ok(self.set_read(conn, import)?)
    }

    /// The positions of its rows, so many at a time.
    pub fn parts(&self, size: usize) -> impl Iterator<Item = Range<usize>> + use<> {
        let count = self.judged.len();
        (0..count).step_by(size.max(1)).map(move |from| from..count.min(from.saturating_add(size)))
    }

    /// Rows as they are kept.
    pub fn sealed(
        &self,
        tools: Tools<'_>,
        import: &Id,
        rows: Range<usize>,
    ) -> Result<Vec<ImportRow>, AppError> {
        let judged = self.judged.iter().enumerate().skip(rows.start).take(rows.len());
        judged.map(|(position, judged)| kept_row(tools.keys, import, position, judged.as_ref())).collect()
    }

    /// Says that all of it is kept, and what the rows are.
    pub fn set_read(&self, conn: &mut AnyConn, import: &Id) -> QueryResult<()> {
        queries::set_read(conn, import, self.counts(), &self.skipped)
    }

    /// How many rows there are of each kind.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.judged.iter().for_each(|judged| counts.add(judged.outcome(), 1));
        counts
    }
}

fn kept_row(
    keys: &Keyring,
    import: &Id,
    position: usize,
    judged: &dyn Judged,
) -> Result<ImportRow, AppError> {
    let row = judged.kept()?;
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    let text = serde_json::to_string(&row.content).map_err(|e| AppError::Internal(e.into()))?;
    Ok(ImportRow {
        import_id: import.clone(),
        position,
        sheet: row.sheet,
        sheet_row: row.sheet_row,
        outcome: row.outcome,
        field: row.field,
        code: row.code,
        of_row: row.of_row,
        of_record: row.of_record,
        accepted: false,
        record_id: None,
        content_encrypted: keys.encrypt(&row_context(import, position), &text),
    })
}

/// A row's content in clear, for its importer.
pub fn content(keys: &Keyring, row: &ImportRow) -> Result<RowContent, AppError> {
    let text = keys.decrypt(&row_context(&row.import_id, row.position), &row.content_encrypted)?;
    serde_json::from_str(&text).map_err(|e| AppError::Internal(e.into()))
}

fn file_context(import: &Id) -> String {
    format!("imports.file:{import}")
}

fn row_context(import: &Id, position: i64) -> String {
    format!("import_rows.content:{import}:{position}")
}
