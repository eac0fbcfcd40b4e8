//! What would become of each row of a ledger of chambers.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::chambers::ledger::Line;
use crate::chambers::ledger::import::land;
use crate::chambers::ledger::reading::ReadRow;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::imports::kinds::changing::{Judged, ReadFromFile, Reason, Seen, Verdict, taken_back};

/// Rows judged in one transaction, when nobody waits for the answer.
pub const PART: usize = 100;

/// Judges rows in their order; a chamber stands in a file once.
#[derive(Default)]
pub struct Judge {
    seen: Seen<Line>,
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
                None => match taken_back(conn, |conn| land(conn, tools, actor, line.clone())) {
                    Ok(landing) => {
                        warnings.extend(landing.warnings);
                        Verdict::of(landing.chamber.id, landing.landed)
                    }
                    Err(error) => Verdict::Refused(Reason::of(error)?),
                },
            },
        };
        // The number of a chamber that is there stays: that an export masked it is no loss.
        if matches!(verdict, Verdict::Known(_) | Verdict::Changed(..)) {
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
        let names: Vec<String> = code.into_iter().chain(name).collect();
        self.seen.before(row.place(), &names, names.clone(), line)
    }
}
