//! Applying an import: its rows become records, or change those that are there.
//!
//! The file is read again and its rows look at what is there at this moment, not at what the preview saw. A row that is
//! a record already (an interrupted application) is passed over.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::attributions;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::conversion::{self, People};
use crate::imports::kinds::{Applicable, Applying};
use crate::imports::ledger::{LeadDraft, SourceDraft};
use crate::imports::model::Import;
use crate::imports::queries;
use crate::leads::model::Lead;
use crate::leads::registration::{Codes, Ready};

/// Rows that one transaction takes when a large import is applied beside.
pub const CHUNK: i64 = 500;

/// Applies rows from a position on, at most `limit`; the last position, unless nothing follows it.
pub fn apply_rows(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    import: &Import,
    applicable: &[Box<dyn Applicable>],
    after: i64,
    limit: i64,
) -> Result<Option<i64>, AppError> {
    let people = People::load(conn)?;
    let leads = Registration::new(tools, actor, &people, &import.id);
    let mut with = Applying { tools, actor, import, people: &people, leads };
    let mut rows = queries::rows(conn, &import.id, None, after, limit)?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = rows.last().map(|row| row.position);
    for mut row in rows.into_iter().filter(|row| row.record_id.is_none()) {
        let at = usize::try_from(row.position).unwrap_or(usize::MAX);
        let Some(applicable) = applicable.get(at) else {
            return Err(AppError::Conflict("import-changed"));
        };
        // Of a large file most rows may stay what they were: those are not written again.
        let before = row.outcome;
        applicable.apply(conn, &mut with, &mut row)?;
        if row.outcome != before && !queries::update_row(conn, &row)? {
            return Err(AppError::Conflict("import-changed"));
        }
    }
    with.leads.end(conn)?;
    Ok(if more { last } else { None })
}

/// A row made ready to become a lead; this needs no database.
pub struct ReadyRow {
    lead: Ready,
    source: SourceDraft,
}

impl ReadyRow {
    pub fn new(
        tools: Tools<'_>,
        actor: &Actor,
        people: &People,
        import: &Id,
        draft: LeadDraft,
        duplicate_reason: Option<String>,
    ) -> Result<Self, AppError> {
        let source = draft.source.clone();
        let (input, ledger) = conversion::input(people, draft, duplicate_reason, import);
        Ok(ReadyRow { lead: Ready::new(tools, actor, input, ledger)?, source })
    }
}

/// Makes leads of rows, in one transaction.
pub struct Registration<'a> {
    tools: Tools<'a>,
    actor: &'a Actor,
    people: &'a People,
    import: &'a Id,
    /// From the first lead on.
    codes: Option<Codes<'a>>,
}

impl<'a> Registration<'a> {
    pub fn new(tools: Tools<'a>, actor: &'a Actor, people: &'a People, import: &'a Id) -> Self {
        Registration { tools, actor, people, import, codes: None }
    }

    /// One row as a lead.
    pub fn register(
        &mut self,
        conn: &mut AnyConn,
        draft: LeadDraft,
        duplicate_reason: Option<String>,
    ) -> Result<Lead, AppError> {
        let row = ReadyRow::new(self.tools, self.actor, self.people, self.import, draft, duplicate_reason)?;
        self.write(conn, row)
    }

    /// The same for a row that is ready.
    pub fn write(&mut self, conn: &mut AnyConn, row: ReadyRow) -> Result<Lead, AppError> {
        let Registration { tools, actor, .. } = *self;
        let source = conversion::source(conn, tools, actor, row.source)?;
        let codes = match &mut self.codes {
            Some(codes) => codes,
            None => self.codes.insert(Codes::begin(conn, tools.code_prefix, clock::today())?),
        };
        let lead = row.lead.write(conn, tools, actor, source, Some(codes.next()))?;
        codes.used();
        Ok(lead)
    }

    /// To be called before the transaction ends.
    pub fn end(self, conn: &mut AnyConn) -> Result<(), AppError> {
        let Some(codes) = self.codes else { return Ok(()) };
        // Its leads bear times from long before its end.
        attributions::queries::mark_change(conn)?;
        codes.end(conn)
    }
}

/// The last step: counts, and one entry in the trail for the whole import.
pub fn finish(conn: &mut AnyConn, actor: &Actor, import: &Import) -> Result<(), AppError> {
    let counts = queries::counts(conn, &import.id)?;
    finish_counted(conn, actor, import, counts)
}

/// The same for an import whose rows were not kept.
pub fn finish_counted(
    conn: &mut AnyConn,
    actor: &Actor,
    import: &Import,
    counts: queries::Counts,
) -> Result<(), AppError> {
    queries::set_applied(conn, &import.id, counts, clock::now())?;
    let done = queries::find_any(conn, &import.id)?.ok_or(AppError::NotFound)?;
    audit::record(
        conn,
        actor,
        Act {
            action: "import.apply",
            subject_kind: "import",
            subject_id: import.id.as_str(),
            differences: Differences::default()
                .set("file_name", &done.file_name)
                .set("file_hash", &done.file_hash)
                .set("kind", &done.kind)
                .set("imported", &done.imported_count)
                .set("updated", &done.updated_count)
                .set("duplicates", &done.duplicate_count)
                .set("rejected", &done.rejected_count),
            reason: done.duplicate_reason.as_deref(),
        },
    )?;
    Ok(())
}
