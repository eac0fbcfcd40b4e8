//! What differs between the ledgers that are imported: what a row is judged to be, and what applying it does. Preview,
//! rows, rejected rows, application and worker are the same for all.

pub mod chambers;
pub mod changing;
pub mod leads;
pub mod projects;
mod told;

use crate::accounts::{Actor, Role};
use crate::app::Tools;
use crate::chambers::ledger::reading as chamber_reading;
use crate::confidential::Keyring;
use crate::db::{AnyConn, Database, Id};
use crate::error::AppError;
use crate::imports::application::Registration;
use crate::imports::conversion::People;
use crate::imports::ledger::{self, Format, LedgerError, LedgerReading};
use crate::imports::model::{Import, ImportKind, ImportRow, RowContent, RowOutcome};
use crate::imports::preview::content;
use crate::imports::queries;
use crate::projects::ledger::reading as project_reading;
use crate::reference::Reference;
use crate::web::i18n::{I18n, Lang};
use chrono::NaiveDate;
use serde_json::Value;

/// What a file gave.
pub enum Reading {
    Leads(LedgerReading),
    Projects(projects::Reading),
    Chambers(chambers::Reading),
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
    /// Files with more rows are worked off beside the request. Rows that may change a record are written twice, in the
    /// preview to see what they would come to.
    pub fn at_once(self) -> usize {
        match self {
            ImportKind::Leads => 5_000,
            ImportKind::Projects | ImportKind::Chambers => 500,
        }
    }

    /// Roles that import such a ledger.
    pub fn admits(self, role: Role) -> bool {
        match self {
            ImportKind::Leads => crate::leads::policy::edits(role),
            ImportKind::Projects => crate::projects::policy::edits(role),
            ImportKind::Chambers => crate::chambers::policy::keeps(role),
        }
    }

    /// Whether a row of it may change a record that is there; of the other ledgers it is a duplicate then.
    pub fn changes(self) -> bool {
        self != ImportKind::Leads
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
            ImportKind::Chambers => {
                let (rows, skipped_sheets) = chamber_reading::read(format, workbook, bytes, reference)?;
                Ok(Reading::Chambers(chambers::Reading { rows, skipped_sheets }))
            }
        }
    }

    pub fn kind(&self) -> ImportKind {
        match self {
            Reading::Leads(_) => ImportKind::Leads,
            Reading::Projects(_) => ImportKind::Projects,
            Reading::Chambers(_) => ImportKind::Chambers,
        }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        match self {
            Reading::Leads(reading) => reading.rows.len(),
            Reading::Projects(reading) => reading.rows.len(),
            Reading::Chambers(reading) => reading.rows.len(),
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
            Reading::Chambers(reading) => &reading.skipped_sheets,
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
            Reading::Chambers(reading) => {
                Ok(boxed(chambers::Judge::default().judge(conn, tools, actor, reading.rows)?))
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
            Reading::Chambers(reading) => {
                let mut judge = chambers::Judge::default();
                let mut judged: Vec<Box<dyn Judged>> = Vec::with_capacity(reading.rows.len());
                for part in reading.rows.chunks(chambers::PART) {
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
            Reading::Leads(reading) => applied(leads::judge(conn, tools, actor, reading.rows)?),
            Reading::Projects(reading) => applied(reading.rows),
            Reading::Chambers(reading) => applied(reading.rows),
        })
    }
}

/// The lines of rows, each as it stands now.
pub fn lines(
    conn: &mut AnyConn,
    i18n: &I18n,
    keys: &Keyring,
    (actor, lang): (&Actor, Lang),
    kind: ImportKind,
    rows: &[ImportRow],
) -> Result<Vec<Value>, AppError> {
    let titles = queries::titles(conn, actor, kind, rows)?;
    if kind == ImportKind::Leads {
        let visible = titles.keys().filter_map(|id| id.parse::<Id>().ok()).collect();
        return rows.iter().map(|row| Ok(leads::line(content(keys, row)?, row, &visible))).collect();
    }
    let codes = titles.into_iter().map(|(id, (code, _))| (id, code)).collect();
    let line = |row: &ImportRow| {
        let content = content(keys, row)?;
        let line = match kind {
            ImportKind::Chambers => {
                chambers::line(i18n, lang, content, row, &codes).and_then(serde_json::to_value)
            }
            _ => projects::line(i18n, lang, content, row, &codes).and_then(serde_json::to_value),
        };
        line.map_err(|error| AppError::Internal(error.into()))
    };
    rows.iter().map(line).collect()
}

fn applied<A: Applicable + 'static>(rows: Vec<A>) -> Vec<Box<dyn Applicable>> {
    rows.into_iter().map(|row| Box::new(row) as Box<dyn Applicable>).collect()
}

fn boxed<J: Judged + 'static>(judged: Vec<J>) -> Vec<Box<dyn Judged>> {
    judged.into_iter().map(|row| Box::new(row) as Box<dyn Judged>).collect()
}
