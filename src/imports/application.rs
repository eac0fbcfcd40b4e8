//! Applying an import: its new rows, and the duplicates accepted with a reason, become leads.
//!
//! The file is read again and judged against the leads of this moment: what somebody registered since
//! the preview is a duplicate now. A row that is a lead already (an interrupted application) is passed over.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::conversion::{self, People};
use crate::imports::ledger::{LeadDraft, LedgerReading, Verdict};
use crate::imports::model::{Import, ImportRow, RowOutcome};
use crate::imports::preview::outcome;
use crate::imports::queries;
use crate::imports::reading::{Judged, judge};
use crate::leads::model::Lead;
use crate::leads::registration::{Codes, register};

/// Rows that one transaction takes when a large import is applied beside.
pub const CHUNK: i64 = 500;

/// Applies rows from a position on, at most `limit`; the last position, unless nothing follows it.
pub fn apply_rows(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    import: &Import,
    judged: &[Judged],
    after: i64,
    limit: i64,
) -> Result<Option<i64>, AppError> {
    let people = People::load(conn)?;
    let mut rows = queries::rows(conn, &import.id, None, after, limit)?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = rows.last().map(|row| row.position);
    let mut registration = Registration::begin(conn, tools, actor, &people, &import.id)?;
    for mut row in rows.into_iter().filter(|row| row.lead_id.is_none()) {
        let at = usize::try_from(row.position).unwrap_or(usize::MAX);
        let Some(judged) = judged.get(at) else {
            return Err(AppError::Conflict("import-changed"));
        };
        // Of a large file most rows may stay what they were: those are not written again.
        let before = row.outcome;
        apply_row(conn, &mut registration, import, judged, &mut row)?;
        if row.outcome != before && !queries::update_row(conn, &row)? {
            return Err(AppError::Conflict("import-changed"));
        }
    }
    registration.end(conn)?;
    Ok(if more { last } else { None })
}

fn apply_row(
    conn: &mut AnyConn,
    registration: &mut Registration<'_>,
    import: &Import,
    judged: &Judged,
    row: &mut ImportRow,
) -> Result<(), AppError> {
    let Ok(draft) = &judged.row.result else { return Ok(()) };
    let own_reason = draft.duplicate_reason.clone();
    let accepted = row.accepted || own_reason.is_some();
    match &judged.verdict {
        Verdict::Rejected => return Ok(()),
        Verdict::OfRow(..) | Verdict::OfLead(..) if !accepted => {
            if row.outcome == RowOutcome::New {
                row.outcome = outcome(&judged.verdict);
                if let Verdict::OfLead(lead, _) = &judged.verdict {
                    row.of_lead = Some(lead.clone());
                }
            }
            return Ok(());
        }
        _ => {}
    }
    let is_new = matches!(judged.verdict, Verdict::New);
    let reason = if is_new { None } else { own_reason.or_else(|| import.duplicate_reason.clone()) };
    match registration.register(conn, draft.as_ref().clone(), reason) {
        Ok(lead) => {
            row.outcome = RowOutcome::Imported;
            row.lead_id = Some(lead.id);
            Ok(())
        }
        // A record that the row names and nobody knows: the row is refused, not the file.
        Err(AppError::Invalid(errors)) => {
            row.outcome = RowOutcome::Rejected;
            row.field = errors.0.first().map(|fault| fault.field.to_string());
            row.code = errors.0.first().map(|fault| fault.code.to_owned());
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Makes leads of rows, in one transaction.
pub struct Registration<'a> {
    tools: Tools<'a>,
    actor: &'a Actor,
    people: &'a People,
    import: &'a Id,
    codes: Codes<'a>,
}

impl<'a> Registration<'a> {
    pub fn begin(
        conn: &mut AnyConn,
        tools: Tools<'a>,
        actor: &'a Actor,
        people: &'a People,
        import: &'a Id,
    ) -> Result<Self, AppError> {
        let codes = Codes::begin(conn, tools.code_prefix, clock::today())?;
        Ok(Registration { tools, actor, people, import, codes })
    }

    /// One row as a lead.
    pub fn register(
        &mut self,
        conn: &mut AnyConn,
        draft: LeadDraft,
        duplicate_reason: Option<String>,
    ) -> Result<Lead, AppError> {
        let Registration { tools, actor, people, import, .. } = *self;
        let (input, mut ledger) =
            conversion::input(conn, tools, actor, people, draft, duplicate_reason, import)?;
        ledger.code = Some(self.codes.next());
        let lead = register(conn, tools, actor, input, ledger)?;
        self.codes.used();
        Ok(lead)
    }

    /// To be called before the transaction ends.
    pub fn end(self, conn: &mut AnyConn) -> Result<(), AppError> {
        self.codes.end(conn)
    }
}

/// The rows of a file that was read again, judged now. Its own leads of an interrupted application are no
/// originals: the rows that made them are passed over by position.
pub fn judged_again(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    reading: LedgerReading,
) -> Result<Vec<Judged>, AppError> {
    judge(conn, tools, actor, reading.rows)
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
                .set("imported", &done.imported_count)
                .set("duplicates", &done.duplicate_count)
                .set("rejected", &done.rejected_count),
            reason: done.duplicate_reason.as_deref(),
        },
    )?;
    Ok(())
}
