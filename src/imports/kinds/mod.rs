//! What differs between the ledgers that are imported: what a row is judged to be, and what applying it does. Preview,
//! rows, rejected rows, application and worker are the same for all.

pub mod leads;
pub mod projects;
mod told;

use crate::accounts::{Actor, Role};
use crate::app::Tools;
use crate::db::{AnyConn, Database, Id};
use crate::error::AppError;
use crate::imports::application::Registration;
use crate::imports::conversion::People;
use crate::imports::ledger::{self, Format, LedgerError, LedgerReading};
use crate::imports::model::{Import, ImportKind, ImportRow, RowContent, RowOutcome};
use crate::projects::ledger::reading as project_reading;
use crate::reference::Reference;
use chrono::NaiveDate;

/// What a file gave.
pub enum Reading {
    Leads(LedgerReading),
    Projects(projects::Reading),
}

/// A row that was judged.
pub trait Judged {
    /// What the preview says of it.
    fn outcome(&self) -> RowOutcome;
    fn kept(&self) -> Result<KeptRow, AppError>;
}

/// A row that can be applied.
pub trait Applicable {
    /// Writes what the row says, as things are now, and into `row` what became of it.
    ///
    /// # Errors
    /// What is wrong with more than this row.
    fn apply(&self, conn: &mut AnyConn, with: &mut Applying<'_>, row: &mut ImportRow)
    -> Result<(), AppError>;
}

/// What rows are applied with.
pub struct Applying<'a> {
    pub tools: Tools<'a>,
    pub actor: &'a Actor,
    pub import: &'a Import,
    pub people: &'a People,
    pub leads: Registration<'a>,
}

/// A row as it is kept, before it has its place.
pub struct KeptRow {
    pub sheet: Option<String>,
    pub sheet_row: i64,
    pub outcome: RowOutcome,
    pub field: Option<String>,
    pub code: Option<String>,
    pub of_row: Option<i64>,
    pub of_record: Option<Id>,
    pub content: RowContent,
}

impl ImportKind {
    /// Files with more rows are worked off beside the request. A project is written twice, in the preview to see what it
    /// would become.
    pub fn at_once(self) -> usize {
        match self {
            ImportKind::Leads => 5_000,
            ImportKind::Projects => 500,
        }
    }

    /// Roles that import such a ledger.
    pub fn admits(self, role: Role) -> bool {
        match self {
            ImportKind::Leads => crate::leads::policy::edits(role),
            ImportKind::Projects => crate::projects::policy::edits(role),
        }
    }
}

impl Reading {
    /// Reads a file; without a kind its headers tell which ledger it is. `day` is the day of the import.
    ///
    /// # Errors
    /// A file that is no ledger of the kind.
    pub fn read(
        kind: Option<ImportKind>,
        bytes: &[u8],
        file_name: &str,
        reference: &Reference,
        day: NaiveDate,
    ) -> Result<Self, LedgerError> {
        if kind == Some(ImportKind::Leads) {
            return Ok(Reading::Leads(ledger::read(bytes, file_name, reference, day)?));
        }
        let (format, workbook) = ledger::open(bytes, file_name)?;
        match kind.unwrap_or_else(|| told::kind_of(&workbook, reference)) {
            ImportKind::Leads if format == Format::Jsonl => {
                Ok(Reading::Leads(ledger::read(bytes, file_name, reference, day)?))
            }
            ImportKind::Leads => Ok(Reading::Leads(ledger::read_sheets(workbook, reference, day)?)),
            ImportKind::Projects => {
                let (rows, skipped_sheets) = project_reading::read_sheets(format, workbook, reference)?;
                Ok(Reading::Projects(projects::Reading { rows, skipped_sheets }))
            }
        }
    }

    pub fn kind(&self) -> ImportKind {
        match self {
            Reading::Leads(_) => ImportKind::Leads,
            Reading::Projects(_) => ImportKind::Projects,
        }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        match self {
            Reading::Leads(reading) => reading.rows.len(),
            Reading::Projects(reading) => reading.rows.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it is worked off beside the request.
    pub fn is_large(&self) -> bool {
        self.len() > self.kind().at_once()
    }

    /// Sheets that were not read, and why.
    pub fn skipped(&self) -> Vec<(String, String)> {
        let sheets = match self {
            Reading::Leads(reading) => &reading.skipped_sheets,
            Reading::Projects(reading) => &reading.skipped_sheets,
        };
        sheets.iter().map(|(name, why)| (name.clone(), why.code().to_owned())).collect()
    }

    /// The rows with what would become of each; nothing stays written.
    pub fn judged(
        self,
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
    ) -> Result<Vec<Box<dyn Judged>>, AppError> {
        match self {
            Reading::Leads(reading) => Ok(boxed(leads::judge(conn, tools, actor, reading.rows)?)),
            Reading::Projects(reading) => {
                let mut judge = projects::Judge::new(conn)?;
                Ok(boxed(judge.judge(conn, tools, actor, reading.rows)?))
            }
        }
    }

    /// The same beside a request, with a connection of its own for each part: `step` is told how many rows are done.
    pub fn judged_beside(
        self,
        db: &Database,
        tools: Tools<'_>,
        actor: &Actor,
        mut step: impl FnMut(usize),
    ) -> Result<Vec<Box<dyn Judged>>, AppError> {
        match self {
            Reading::Leads(reading) => db.read(|conn| Reading::Leads(reading).judged(conn, tools, actor)),
            Reading::Projects(reading) => {
                let mut judge = db.read(projects::Judge::new)?;
                let mut judged: Vec<Box<dyn Judged>> = Vec::with_capacity(reading.rows.len());
                for part in reading.rows.chunks(projects::PART) {
                    let part = db.write(|conn| judge.judge(conn, tools, actor, part.to_vec()))?;
                    step(part.len());
                    judged.extend(boxed(part));
                }
                Ok(judged)
            }
        }
    }

    /// The rows to be applied, in their places.
    pub fn applicable(
        self,
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
    ) -> Result<Vec<Box<dyn Applicable>>, AppError> {
        Ok(match self {
            Reading::Leads(reading) => {
                let judged = leads::judge(conn, tools, actor, reading.rows)?;
                judged.into_iter().map(|row| Box::new(row) as Box<dyn Applicable>).collect()
            }
            Reading::Projects(reading) => {
                reading.rows.into_iter().map(|row| Box::new(row) as Box<dyn Applicable>).collect()
            }
        })
    }
}

fn boxed<J: Judged + 'static>(judged: Vec<J>) -> Vec<Box<dyn Judged>> {
    judged.into_iter().map(|row| Box::new(row) as Box<dyn Judged>).collect()
}
