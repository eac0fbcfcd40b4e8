//! What would become of each row of a ledger of projects.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::conversion::People;
use crate::imports::kinds::changing::{Judged, ReadFromFile, Reason, Seen, Verdict};
use crate::projects::ledger::Line;
use crate::projects::ledger::import::{Landing, is_own_code, rehearse};
use crate::projects::ledger::reading::ReadRow;
use crate::projects::policy;

/// Rows judged in one transaction, when nobody waits for the answer.
pub const PART: usize = 100;

/// Judges rows in their order; a project stands in a file once.
pub struct Judge {
    people: People,
    seen: Seen<Line>,
    /// In whose name rows are tried; it never stays.
    import: Id,
}

impl Judge {
    pub fn new(conn: &mut AnyConn) -> Result<Self, AppError> {
        Ok(Judge { people: People::load(conn)?, seen: Seen::default(), import: Id::generate() })
    }

    /// Judges the next rows; nothing of them stays written.
    pub fn judge(
        &mut self,
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
        rows: Vec<ReadRow>,
    ) -> Result<Vec<Judged<ReadRow>>, AppError> {
        rows.into_iter().map(|row| self.one(conn, tools, actor, row)).collect()
    }

    fn one(
        &mut self,
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
        row: ReadRow,
    ) -> Result<Judged<ReadRow>, AppError> {
        let mut warnings = row.warnings.clone();
        let verdict = match &row.result {
            Err(refusal) => Verdict::Refused(refusal.into()),
            Ok(line) => match out_of_reach(actor, tools, line).or_else(|| self.before(tools, &row, line)) {
                Some(verdict) => verdict,
                None => match self.rehearsed(conn, tools, actor, line) {
                    Ok(landing) => {
                        warnings.extend(landing.warnings);
                        Verdict::of(landing.project.id, landing.landed)
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
            AppError::Invalid(errors) => errors.has("phase_of"),
            _ => false,
        };
        let is_earlier = line.body.phase_of.as_ref().is_some_and(|code| self.seen.holds(&of_code(code)));
        match tried {
            Err(error) if is_earlier && is_unknown(&error) => {
                let mut alone = line.clone();
                alone.body.phase_of = None;
                rehearse(conn, tools, actor, &self.people, alone, &self.import)
            }
            tried => tried,
        }
    }

    /// What an earlier row of the file makes of this one, when it speaks of the same project: of the same code, or one of
    /// none of the same names.
    fn before(&mut self, tools: Tools<'_>, row: &ReadRow, line: &Line) -> Option<Verdict> {
        let code = line.code.as_ref().filter(|code| is_own_code(tools, code));
        let code = code.map(|code| of_code(code));
        let body = &line.body;
        // A project of whose names nothing is said is none that is known.
        let names = match (&body.title, &body.investor_name, &body.county) {
            (Some(title), Some(investor), Some(county)) => Some(format!("{title}\n{investor}\n{county}")),
            _ => None,
        };
        let asked: Vec<String> = code.clone().or(names.clone()).into_iter().collect();
        self.seen.before(row.place(), &asked, code.into_iter().chain(names).collect(), line)
    }
}

/// How a row is known by its project's code.
fn of_code(code: &str) -> String {
    format!("code {code}")
}

/// A county imports its own projects only, and learns of no others.
fn out_of_reach(actor: &Actor, tools: Tools<'_>, line: &Line) -> Option<Verdict> {
    let county = line.body.county.as_deref().filter(|county| !policy::may_create_in(actor, county))?;
    let word = tools.reference.region_name(county, actor.locale.as_str()).to_owned();
    Some(Verdict::refused("county", "county_not_yours", word))
}
