//! The ledger of projects: a row is a new project, a change of one that is there, just what is there, or none of it.
//!
//! Only writing a row tells all that is wrong with it, so a preview writes each and takes it back
//! (`projects::ledger::import::rehearse`).

mod judge;
mod line;

pub use judge::{Judge, Judged, PART};
pub use line::{ProjectLine, line};

use super::{Applicable, Applying};
use crate::db::AnyConn;
use crate::error::{AppError, FieldError};
use crate::imports::ledger::{Refusal, Skipped};
use crate::imports::model::{Change, ImportRow, RowOutcome};
use crate::imports::preview::content;
use crate::projects::ledger::import::{Landed, Landing, land};
use crate::projects::ledger::reading::ReadRow;
use crate::web::i18n::Message;
use crate::web::problem::message_of;
use diesel::Connection;

/// What a file gave.
#[derive(Debug, Default)]
pub struct Reading {
    /// The rows of projects, sheet by sheet.
    pub rows: Vec<ReadRow>,
    /// Sheets that were not read, by name.
    pub skipped_sheets: Vec<(String, Skipped)>,
}

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub field: Option<String>,
    pub code: String,
    /// The column's header, where the fault says more than its field.
    pub column: Option<String>,
    pub message: Message,
    /// The cell as it was written.
    pub word: Option<String>,
}

impl From<&Refusal> for Reason {
    fn from(refusal: &Refusal) -> Self {
        Reason {
            field: Some(refusal.field.to_owned()),
            code: refusal.code.to_owned(),
            column: None,
            message: Message::of("import-refused", &refusal.code.replace('_', "-"))
                .text("word", refusal.word.clone()),
            word: Some(refusal.word.clone()),
        }
    }
}

impl From<&FieldError> for Reason {
    fn from(fault: &FieldError) -> Self {
        let column = fault.args.iter().find(|(name, _)| *name == "column").map(|(_, header)| header.clone());
        Reason {
            field: Some(fault.field.to_string()),
            code: fault.code.to_owned(),
            column,
            message: message_of(fault),
            word: None,
        }
    }
}

impl Reason {
    /// The fault of a row.
    ///
    /// # Errors
    /// What is no fault of the row.
    pub fn of(error: AppError) -> Result<Self, AppError> {
        let of_row = |code: &'static str| Reason {
            field: None,
            code: code.to_owned(),
            column: None,
            message: Message::of("fault", code),
            word: None,
        };
        match &error {
            AppError::Forbidden(code) | AppError::Conflict(code) => Ok(of_row(code)),
            AppError::Stale { .. } => Ok(of_row("edited-meanwhile")),
            AppError::Invalid(errors) => match errors.0.first() {
                Some(fault) => Ok(Reason::from(fault)),
                None => Err(error),
            },
            _ => Err(error),
        }
    }
}

impl Applicable for ReadRow {
    /// Only what the preview showed is done: a project that somebody changed meanwhile, so that the row would overwrite
    /// what its importer never saw, is left to him with the reason.
    fn apply(
        &self,
        conn: &mut AnyConn,
        with: &mut Applying<'_>,
        row: &mut ImportRow,
    ) -> Result<(), AppError> {
        let Ok(line) = &self.result else { return Ok(()) };
        if !matches!(row.outcome, RowOutcome::New | RowOutcome::Changed) {
            return Ok(());
        }
        let shown = content(with.tools.keys, row)?.changes;
        let landed = conn.transaction(|conn| {
            let landing = land(conn, with.tools, with.actor, with.people, line.clone(), &with.import.id)?;
            if is_as_shown(&landing, row.outcome, &shown) {
                Ok(landing)
            } else {
                Err(AppError::Conflict("edited-meanwhile"))
            }
        });
        match landed {
            Ok(Landing { project, landed, .. }) => {
                row.of_record =
                    (landed == Landed::Known).then(|| project.id.clone()).or(row.of_record.take());
                row.outcome = match landed {
                    Landed::Imported => RowOutcome::Imported,
                    Landed::Updated(_) => RowOutcome::Updated,
                    Landed::Known => RowOutcome::Duplicate,
                };
                row.record_id = (row.outcome != RowOutcome::Duplicate).then_some(project.id);
            }
            Err(error) => {
                let reason = Reason::of(error)?;
                row.outcome = RowOutcome::Rejected;
                (row.field, row.code) = (reason.field, Some(reason.code));
            }
        }
        Ok(())
    }
}

fn is_as_shown(landing: &Landing, outcome: RowOutcome, shown: &[Change]) -> bool {
    match &landing.landed {
        Landed::Imported => outcome == RowOutcome::New,
        Landed::Updated(changes) => outcome == RowOutcome::Changed && changes == shown,
        // Somebody entered just that.
        Landed::Known => true,
    }
}
