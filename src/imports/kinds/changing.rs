//! Ledgers whose rows may speak of records that are there: what a row would change of one, and that no more is done than
//! the preview showed. Only writing a row tells all that is wrong with it, so a preview writes each and takes it back.

use super::KeptRow;
use crate::confidential::Keyring;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldError};
use crate::imports::ledger::{Refusal, RowRef};
use crate::imports::model::{Change, ImportRow, RowContent, RowOutcome};
use crate::imports::preview::content;
use crate::web::i18n::Message;
use crate::web::problem::message_of;
use diesel::Connection;
use std::collections::HashMap;

/// What a person should look at in a row: the message is `import-warning-<code>` with `_` as `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub code: &'static str,
    /// The column's header.
    pub column: String,
    /// The cell as it was written.
    pub word: String,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Landed {
    Imported,
    /// The record was there, and these cells of its line are others now.
    Updated(Vec<Change>),
    /// The record was there, just as the row says.
    Known,
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
            AppError::Invalid(errors) | AppError::ForbiddenFields(errors) => match errors.0.first() {
                Some(fault) => Ok(Reason::from(fault)),
                None => Err(error),
            },
            _ => Err(error),
        }
    }
}

/// What would become of a row.
#[derive(Debug, Clone)]
pub enum Verdict {
    New,
    Changed(Id, Vec<Change>),
    /// It adds this to the record that an earlier row makes.
    Adds(Vec<Change>),
    /// The record is just as the row says.
    Known(Id),
    /// An earlier row says the same.
    OfRow(u32),
    Refused(Reason),
}

impl Verdict {
    /// Of a row that was written and taken back.
    pub fn of(record: Id, landed: Landed) -> Self {
        match landed {
            Landed::Imported => Verdict::New,
            Landed::Updated(changes) => Verdict::Changed(record, changes),
            Landed::Known => Verdict::Known(record),
        }
    }

    /// The row is refused for a cell.
    pub fn refused(field: &'static str, code: &'static str, word: String) -> Self {
        Verdict::Refused((&Refusal { field, code, word }).into())
    }

    pub fn outcome(&self) -> RowOutcome {
        match self {
            Verdict::New => RowOutcome::New,
            Verdict::Changed(..) | Verdict::Adds(_) => RowOutcome::Changed,
            Verdict::Known(_) | Verdict::OfRow(_) => RowOutcome::Duplicate,
            Verdict::Refused(_) => RowOutcome::Rejected,
        }
    }
}

/// Rows that came before, by what names their record: a record stands in a file once.
pub struct Seen<L>(HashMap<String, (RowRef, L)>);

impl<L> Default for Seen<L> {
    fn default() -> Self {
        Seen(HashMap::new())
    }
}

impl<L: Clone + PartialEq> Seen<L> {
    /// Whether a row of this name came before.
    pub fn holds(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What an earlier row of the file makes of this one, when it speaks of a record of one of the names `asked`; else
    /// this one stands for its `names`.
    pub fn before(
        &mut self,
        here: RowRef,
        asked: &[String],
        names: Vec<String>,
        line: &L,
    ) -> Option<Verdict> {
        if let Some((first, said)) = asked.iter().find_map(|name| self.0.get(name)) {
            return Some(if said == line { Verdict::OfRow(first.row) } else { twice(first, &here) });
        }
        for name in names {
            self.0.entry(name).or_insert_with(|| (here.clone(), line.clone()));
        }
        None
    }
}

/// Which of two rows is right nobody can tell.
fn twice(first: &RowRef, here: &RowRef) -> Verdict {
    let word = match first.sheet.as_ref().filter(|_| first.sheet != here.sheet) {
        Some(sheet) => format!("{sheet} {}", first.row),
        None => first.row.to_string(),
    };
    Verdict::refused("row", "stated_twice", word)
}

/// What the line of a report says of a row beside what was read.
pub struct Told<'a> {
    pub outcome: RowOutcome,
    pub changes: &'a [Change],
    pub of_row: Option<i64>,
    pub warnings: &'a [Warning],
}

/// A row as it was read from a file.
pub trait ReadFromFile {
    fn place(&self) -> RowRef;

    /// (header, text) as in the file.
    fn cells(&self) -> &[(String, String)];

    /// The line of the report.
    fn report(&self, told: &Told<'_>) -> serde_json::Result<serde_json::Value>;
}

/// A row with what would become of it.
pub struct Judged<R> {
    pub row: R,
    pub verdict: Verdict,
    pub warnings: Vec<Warning>,
    /// The header of the faulty column.
    pub column: Option<String>,
}

impl<R: ReadFromFile> super::Judged for Judged<R> {
    fn outcome(&self) -> RowOutcome {
        self.verdict.outcome()
    }

    fn kept(&self) -> Result<KeptRow, AppError> {
        let reason = match &self.verdict {
            Verdict::Refused(reason) => Some(reason.clone()),
            _ => None,
        };
        let (of_record, of_row, changes) = match &self.verdict {
            Verdict::Changed(record, changes) => (Some(record.clone()), None, changes.clone()),
            Verdict::Known(record) => (Some(record.clone()), None, Vec::new()),
            Verdict::Adds(changes) => (None, None, changes.clone()),
            Verdict::OfRow(row) => (None, Some(i64::from(*row)), Vec::new()),
            Verdict::New | Verdict::Refused(_) => (None, None, Vec::new()),
        };
        let outcome = self.verdict.outcome();
        let told = Told { outcome, changes: &changes, of_row, warnings: &self.warnings };
        let report = self.row.report(&told).map_err(|error| AppError::Internal(error.into()))?;
        let warnings = self.warnings.iter();
        let content = RowContent {
            report,
            cells: self.row.cells().to_vec(),
            warnings: warnings
                .map(|warning| (warning.code.to_owned(), warning.column.clone(), warning.word.clone()))
                .collect(),
            word: reason.as_ref().and_then(|reason| reason.word.clone()),
            reason: reason.as_ref().map(|reason| reason.message.clone()),
            column: self.column.clone(),
            changes,
            ..RowContent::default()
        };
        let (field, code) = reason.map(|reason| (reason.field, reason.code)).unzip();
        let RowRef { sheet, row } = self.row.place();
        Ok(KeptRow {
            sheet,
            sheet_row: i64::from(row),
            outcome,
            field: field.flatten(),
            code,
            of_row,
            of_record,
            content,
        })
    }
}

/// How a savepoint ends in which nothing is to stay.
pub enum Ended<T> {
    TakenBack(Box<T>),
    Failed(AppError),
}

impl<T> From<diesel::result::Error> for Ended<T> {
    fn from(error: diesel::result::Error) -> Self {
        Ended::Failed(error.into())
    }
}

impl<T> From<AppError> for Ended<T> {
    fn from(error: AppError) -> Self {
        Ended::Failed(error)
    }
}

/// Works in a savepoint: what comes of it, whether it stays or the work takes itself back.
///
/// # Errors
/// The work's own.
pub fn in_savepoint<T>(
    conn: &mut AnyConn,
    work: impl FnOnce(&mut AnyConn) -> Result<T, Ended<T>>,
) -> Result<T, AppError> {
    match conn.transaction(work) {
        Ok(done) => Ok(done),
        Err(Ended::TakenBack(done)) => Ok(*done),
        Err(Ended::Failed(error)) => Err(error),
    }
}

/// Does something and takes it back: what it would come to.
///
/// # Errors
/// Its own.
pub fn taken_back<T>(
    conn: &mut AnyConn,
    work: impl FnOnce(&mut AnyConn) -> Result<T, AppError>,
) -> Result<T, AppError> {
    in_savepoint(conn, |conn| Err(Ended::TakenBack(Box::new(work(conn)?))))
}

/// Only what the preview showed is done: a record that somebody changed meanwhile, so that the row would overwrite what
/// its importer never saw, is left to him with the reason.
///
/// # Errors
/// What is wrong with more than this row.
pub fn apply(
    conn: &mut AnyConn,
    keys: &Keyring,
    row: &mut ImportRow,
    land: impl FnOnce(&mut AnyConn) -> Result<(Id, Landed), AppError>,
) -> Result<(), AppError> {
    if !matches!(row.outcome, RowOutcome::New | RowOutcome::Changed) {
        return Ok(());
    }
    let (shown, outcome) = (content(keys, row)?.changes, row.outcome);
    let landed = conn.transaction(|conn| {
        let (record, landed) = land(conn)?;
        if is_as_shown(&landed, outcome, &shown) {
            Ok((record, landed))
        } else {
            Err(AppError::Conflict("edited-meanwhile"))
        }
    });
    match landed {
        Ok((record, landed)) => {
            row.of_record = (landed == Landed::Known).then(|| record.clone()).or(row.of_record.take());
            row.outcome = match landed {
                Landed::Imported => RowOutcome::Imported,
                Landed::Updated(_) => RowOutcome::Updated,
                Landed::Known => RowOutcome::Duplicate,
            };
            row.record_id = (row.outcome != RowOutcome::Duplicate).then_some(record);
        }
        Err(error) => {
            let reason = Reason::of(error)?;
            row.outcome = RowOutcome::Rejected;
            (row.field, row.code) = (reason.field, Some(reason.code));
        }
    }
    Ok(())
}

fn is_as_shown(landed: &Landed, outcome: RowOutcome, shown: &[Change]) -> bool {
    match landed {
        Landed::Imported => outcome == RowOutcome::New,
        Landed::Updated(changes) => outcome == RowOutcome::Changed && changes == shown,
        // Somebody entered just that.
        Landed::Known => true,
    }
}
