//! The preview of a file: its rows with what would become of them, kept until it is applied or discarded.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::clock;
use crate::confidential::{KeyError, Keyring, to_hex};
use crate::db::{AnyConn, Id, Json};
use crate::error::AppError;
use crate::imports::ledger::{self, LedgerError, LedgerReading, ReportLine, Verdict};
use crate::imports::model::{Import, ImportKind, ImportRow, ImportStatus, RowContent, RowOutcome};
use crate::imports::queries::{self, Counts};
use crate::imports::reading::{Judged, judge, visible};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use diesel::QueryResult;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::ops::Range;

/// Files with more rows are worked off beside the request.
pub const AT_ONCE: usize = 5_000;

/// A file that was read, and its rows. Reading needs no database and may take a second.
pub struct Upload {
    pub file_name: String,
    pub bytes: Vec<u8>,
    pub reading: Result<LedgerReading, LedgerError>,
}

impl Upload {
    pub fn read(tools: Tools<'_>, file_name: String, bytes: Vec<u8>) -> Self {
        let reading = ledger::read(&bytes, &file_name, tools.reference, clock::today());
        Upload { file_name, bytes, reading }
    }
}

/// Keeps the file; its rows follow, at once or beside.
pub fn keep(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    file_name: &str,
    bytes: &[u8],
    status: ImportStatus,
) -> Result<Import, AppError> {
    let import = Import {
        id: Id::generate(),
        kind: ImportKind::Leads,
        file_name: file_name.to_owned(),
        file_hash: to_hex(&Sha256::digest(bytes)),
        file_size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        status,
        row_count: 0,
        new_count: 0,
        duplicate_count: 0,
        rejected_count: 0,
        imported_count: 0,
        skipped_sheets: Json(Vec::new()),
        failure: None,
        duplicate_reason: None,
        by_user: actor.user_id.clone(),
        created_at: clock::now(),
        applied_at: None,
    };
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
    judged: Vec<Judged>,
    /// Leads that rows duplicate, of those that the importer sees.
    visible: HashSet<Id>,
    /// Sheets that were not read, and why.
    skipped: Vec<(String, String)>,
}

impl Preview {
    /// Judges the rows.
    pub fn judged(
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
        reading: LedgerReading,
    ) -> Result<Self, AppError> {
        let skipped = reading.skipped_sheets.iter();
        let skipped = skipped.map(|(name, why)| (name.clone(), why.code().to_owned())).collect();
        let judged = judge(conn, tools, actor, reading.rows)?;
        let visible = visible(conn, actor, &judged)?;
        Ok(Preview { judged, visible, skipped })
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
        judged
            .map(|(position, judged)| kept_row(tools.keys, import, position, judged, &self.visible))
            .collect()
    }

    /// Says that all of it is kept, and how many rows there are of each kind.
    pub fn set_read(&self, conn: &mut AnyConn, import: &Id) -> QueryResult<()> {
        let mut counts = Counts::default();
        self.judged.iter().for_each(|judged| counts.add(outcome(&judged.verdict), 1));
        queries::set_read(conn, import, counts, &self.skipped)
    }
}

fn kept_row(
    keys: &Keyring,
    import: &Id,
    position: usize,
    judged: &Judged,
    visible: &HashSet<Id>,
) -> Result<ImportRow, AppError> {
    let report = judged.report(visible, "new");
    let accepted = judged.accepted();
    let as_json = |line: &ReportLine| serde_json::to_value(line).map_err(|e| AppError::Internal(e.into()));
    let (of_lead, reason) = match &judged.verdict {
        Verdict::OfLead(lead, reason) => (Some(lead.clone()), Some(*reason)),
        Verdict::OfRow(_, reason) => (None, Some(*reason)),
        _ => (None, None),
    };
    let refusal = judged.row.result.as_ref().err();
    let content = RowContent {
        cells: judged.row.cells.iter().map(|(header, text)| (header.to_string(), text.clone())).collect(),
        warnings: judged
            .row
            .warnings
            .iter()
            .map(|warning| (warning.code.clone(), warning.field.to_owned(), warning.word.clone()))
            .collect(),
        word: refusal.map(|refusal| refusal.word.clone()),
        duplicate_reason: reason.map(|reason| reason.to_string()),
        report: as_json(&report)?,
        accepted_report: accepted.as_ref().map(as_json).transpose()?,
    };
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    let text = serde_json::to_string(&content).map_err(|e| AppError::Internal(e.into()))?;
    Ok(ImportRow {
        import_id: import.clone(),
        position,
        sheet: judged.row.sheet.clone(),
        sheet_row: i64::from(judged.row.row),
        outcome: outcome(&judged.verdict),
        field: refusal.map(|refusal| refusal.field.to_owned()),
        code: refusal.map(|refusal| refusal.code.to_owned()),
        of_row: report.of_row.map(i64::from),
        of_lead,
        accepted: false,
        lead_id: None,
        content_encrypted: keys.encrypt(&row_context(import, position), &text),
    })
}

/// What the preview says of a verdict.
pub fn outcome<L>(verdict: &Verdict<L>) -> RowOutcome {
    match verdict {
        Verdict::New => RowOutcome::New,
        Verdict::Rejected => RowOutcome::Rejected,
        Verdict::OfRow(..) | Verdict::OfLead(..) => RowOutcome::Duplicate,
    }
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
