//! What would become of each row of a ledger of projects.

use super::Reason;
use super::line::ProjectLine;
use crate::accounts::Actor;
use crate::app::Tools;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::conversion::People;
use crate::imports::kinds::{self, KeptRow};
use crate::imports::ledger::{Refusal, RowRef};
use crate::imports::model::{Change, RowContent, RowOutcome};
use crate::projects::ledger::import::{Landed, Landing, is_own_code, rehearse};
use crate::projects::ledger::reading::ReadRow;
use crate::projects::ledger::{Line, Warning};
use crate::projects::policy;
use std::collections::HashMap;

/// Rows judged in one transaction, when nobody waits for the answer.
pub const PART: usize = 100;

/// A row with what would become of it.
pub struct Judged {
    row: ReadRow,
    verdict: Verdict,
    warnings: Vec<Warning>,
    /// The header of the faulty column.
    column: Option<String>,
}

enum Verdict {
    New,
    Changed(Id, Vec<Change>),
    /// The project is just as the row says.
    Known(Id),
    /// An earlier row says the same.
    OfRow(u32),
    Refused(Reason),
}

/// Judges rows in their order; a project stands in a file once.
pub struct Judge {
    people: People,
    by_code: HashMap<String, (RowRef, Line)>,
    by_names: HashMap<[Option<String>; 3], (RowRef, Line)>,
    /// In whose name rows are tried; it never stays.
    import: Id,
}

impl Judge {
    pub fn new(conn: &mut AnyConn) -> Result<Self, AppError> {
        let people = People::load(conn)?;
        Ok(Judge { people, by_code: HashMap::new(), by_names: HashMap::new(), import: Id::generate() })
    }

    /// Judges the next rows; nothing of them stays written.
    pub fn judge(
        &mut self,
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
        rows: Vec<ReadRow>,
    ) -> Result<Vec<Judged>, AppError> {
        rows.into_iter().map(|row| self.one(conn, tools, actor, row)).collect()
    }

    fn one(
        &mut self,
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
        row: ReadRow,
    ) -> Result<Judged, AppError> {
        let mut warnings = row.warnings.clone();
        let verdict = match &row.result {
            Err(refusal) => Verdict::Refused(refusal.into()),
            Ok(line) => match out_of_reach(actor, tools, line).or_else(|| self.before(tools, &row, line)) {
                Some(verdict) => verdict,
                None => match self.rehearsed(conn, tools, actor, line) {
                    Ok(landing) => {
                        warnings.extend(landing.warnings);
                        match landing.landed {
                            Landed::Imported => Verdict::New,
                            Landed::Updated(changes) => Verdict::Changed(landing.project.id, changes),
                            Landed::Known => Verdict::Known(landing.project.id),
                        }
                    }
                    Err(error) => Verdict::Refused(Reason::of(error)?),
                },
            },
        };
        let column = match &verdict {
            Verdict::Refused(reason) => reason.column.clone().or_else(|| {
                let field = reason.field.as_deref()?;
                tools.reference.project_ledger().header_of(field).map(str::to_owned)
            }),
            _ => None,
        };
        Ok(Judged { row, verdict, warnings, column })
    }

    /// What the row would become. The first phase of its project may be an earlier row, which was taken back: then the row
    /// is tried without naming it.
    fn rehearsed(
        &self,
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
        line: &Line,
    ) -> Result<Landing, AppError> {
        let tried = rehearse(conn, tools, actor, &self.people, line.clone(), &self.import);
        let is_unknown = |error: &AppError| match error {
            AppError::Invalid(errors) => errors.0.iter().any(|fault| fault.field == "phase_of"),
            _ => false,
        };
        let is_earlier = line.body.phase_of.as_ref().is_some_and(|code| self.by_code.contains_key(code));
        match tried {
            Err(error) if is_earlier && is_unknown(&error) => {
                let mut alone = line.clone();
                alone.body.phase_of = None;
                rehearse(conn, tools, actor, &self.people, alone, &self.import)
            }
            tried => tried,
        }
    }

    /// What an earlier row of the file makes of this one, when it speaks of the same project.
    fn before(&mut self, tools: Tools<'_>, row: &ReadRow, line: &Line) -> Option<Verdict> {
        let code = line.code.clone().filter(|code| is_own_code(tools, code));
        let body = &line.body;
        let names = [body.title.clone(), body.investor_name.clone(), body.county.clone()];
        let seen = match &code {
            Some(code) => self.by_code.get(code),
            // A project of whose names nothing is said is none that is known.
            None if names.iter().any(Option::is_none) => None,
            None => self.by_names.get(&names),
        };
        if let Some((first, said)) = seen {
            return Some(if said == line { Verdict::OfRow(first.row) } else { twice(first, row) });
        }
        let here = RowRef { sheet: row.sheet.clone(), row: row.row };
        self.by_names.entry(names).or_insert_with(|| (here.clone(), line.clone()));
        if let Some(code) = code {
            self.by_code.insert(code, (here, line.clone()));
        }
        None
    }
}

/// A county imports its own projects only, and learns of no others.
fn out_of_reach(actor: &Actor, tools: Tools<'_>, line: &Line) -> Option<Verdict> {
    let county = line.body.county.as_deref().filter(|county| !policy::may_create_in(actor, county))?;
    let word = tools.reference.region_name(county, actor.locale.as_str()).to_owned();
    Some(Verdict::Refused((&Refusal { field: "county", code: "county_not_yours", word }).into()))
}

/// Which of two rows is right nobody can tell.
fn twice(first: &RowRef, row: &ReadRow) -> Verdict {
    let word = match first.sheet.as_ref().filter(|_| first.sheet != row.sheet) {
        Some(sheet) => format!("{sheet} {}", first.row),
        None => first.row.to_string(),
    };
    Verdict::Refused((&Refusal { field: "row", code: "stated_twice", word }).into())
}

impl kinds::Judged for Judged {
    fn outcome(&self) -> RowOutcome {
        match &self.verdict {
            Verdict::New => RowOutcome::New,
            Verdict::Changed(..) => RowOutcome::Changed,
            Verdict::Known(_) | Verdict::OfRow(_) => RowOutcome::Duplicate,
            Verdict::Refused(_) => RowOutcome::Rejected,
        }
    }

    fn kept(&self) -> Result<KeptRow, AppError> {
        let reason = match &self.verdict {
            Verdict::Refused(reason) => Some(reason.clone()),
            _ => None,
        };
        let (of_record, of_row, changes) = match &self.verdict {
            Verdict::Changed(project, changes) => (Some(project.clone()), None, changes.clone()),
            Verdict::Known(project) => (Some(project.clone()), None, Vec::new()),
            Verdict::OfRow(row) => (None, Some(i64::from(*row)), Vec::new()),
            Verdict::New | Verdict::Refused(_) => (None, None, Vec::new()),
        };
        let report = ProjectLine::of(&self.row, self.outcome(), &changes, of_row, &self.warnings);
        let warnings = self.warnings.iter();
        let content = RowContent {
            report: serde_json::to_value(report).map_err(|e| AppError::Internal(e.into()))?,
            cells: self.row.cells.clone(),
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
        Ok(KeptRow {
            sheet: self.row.sheet.clone(),
            sheet_row: i64::from(self.row.row),
            outcome: self.outcome(),
            field: field.flatten(),
            code,
            of_row,
            of_record,
            content,
        })
    }
}
