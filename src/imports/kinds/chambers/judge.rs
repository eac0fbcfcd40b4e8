//! What would become of each row of a ledger of chambers.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::chambers::ledger::Line;
use crate::chambers::ledger::import::land;
use crate::chambers::ledger::reading::ReadRow;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::imports::kinds::changing::{Judged, ReadFromFile, Reason, Seen, Verdict, Warning, taken_back};
use std::collections::HashMap;

/// Rows judged in one transaction, when nobody waits for the answer.
pub const PART: usize = 100;

/// Judges rows in their order; a chamber stands in a file once, and so does each member or officer of it.
#[derive(Default)]
pub struct Judge {
    seen: Seen<Line>,
    /// Lines that make a chamber, by its name.
    made: HashMap<String, Line>,
}

impl Judge {
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
            Ok(line) => match self.before(&row, line) {
                Some(verdict) => verdict,
                None => match self.landed(conn, tools, actor, line) {
                    Ok((verdict, found)) => {
                        warnings.extend(found);
                        verdict
                    }
                    Err(error) => Verdict::Refused(Reason::of(error)?),
                },
            },
        };
        // The number of what is there stays: that an export masked it is no loss. A member may be new to its chamber.
        let is_of_entry = row.result.as_ref().is_ok_and(|line| line.of_entry.is_some());
        if matches!(verdict, Verdict::Known(_)) || matches!(verdict, Verdict::Changed(..)) && !is_of_entry {
            warnings.retain(|warning| warning.code != "phone_masked");
        }
        let column = match &verdict {
            Verdict::Refused(reason) => {
                let field = reason.field.as_deref().unwrap_or_default();
                tools.reference.chamber_ledger().header_of(field).map(str::to_owned)
            }
            _ => None,
        };
        Ok(Judged { row, verdict, warnings, column })
    }

    /// What an earlier row of the file makes of this one, when it speaks of the same chamber: of the same code or name.
    fn before(&mut self, row: &ReadRow, line: &Line) -> Option<Verdict> {
        let code = line.code.as_ref().map(|code| format!("code {code}"));
        let name = line.name.as_ref().map(|name| format!("name {name}"));
        let names = code.into_iter().chain(name);
        let names: Vec<String> = match &line.of_entry {
            Some(entry) => names.map(|chamber| format!("{chamber} {entry}")).collect(),
            None => names.collect(),
        };
        self.seen.before(row.place(), &names, names.clone(), line)
    }

    /// What a line comes to, after the one that makes its chamber, and what somebody should look at.
    fn landed(
        &mut self,
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
        line: &Line,
    ) -> Result<(Verdict, Vec<Warning>), AppError> {
        let name = line.name.clone().unwrap_or_default();
        let maker = self.made.get(&name).filter(|_| line.of_entry.is_some());
        let landing = taken_back(conn, |conn| {
            if let Some(maker) = maker {
                land(conn, tools, actor, maker.clone())?;
            }
            land(conn, tools, actor, line.clone())
        })?;
        let verdict = match Verdict::of(landing.chamber.id, landing.landed) {
            Verdict::Changed(_, changes) if maker.is_some() => Verdict::Adds(changes),
            verdict => verdict,
        };
        if matches!(verdict, Verdict::New) {
            self.made.insert(name, line.clone());
        }
        Ok((verdict, landing.warnings))
    }
}
