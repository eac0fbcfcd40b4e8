//! The ledger of projects: a row is a new project, a change of one that is there, just what is there, or none of it.

mod judge;
mod line;

pub use judge::{Judge, PART};
pub use line::{ProjectLine, line};

use super::changing::{self, ReadFromFile, Told};
use super::{Applicable, Applying};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::imports::ledger::{RowRef, Skipped};
use crate::imports::model::ImportRow;
use crate::projects::ledger::import::{Landing, land};
use crate::projects::ledger::reading::ReadRow;
use serde_json::Value;

/// What a file gave.
#[derive(Debug, Default)]
pub struct Reading {
    /// The rows of projects, sheet by sheet.
    pub rows: Vec<ReadRow>,
    /// Sheets that were not read, by name.
    pub skipped_sheets: Vec<(String, Skipped)>,
}

impl ReadFromFile for ReadRow {
    fn place(&self) -> RowRef {
        RowRef { sheet: self.sheet.clone(), row: self.row }
    }

    fn cells(&self) -> &[(String, String)] {
        &self.cells
    }

    fn report(&self, told: &Told<'_>) -> serde_json::Result<Value> {
        serde_json::to_value(ProjectLine::of(self, told))
    }
}

impl Applicable for ReadRow {
    fn apply(
        &self,
        conn: &mut AnyConn,
        with: &mut Applying<'_>,
        row: &mut ImportRow,
    ) -> Result<(), AppError> {
        let Ok(line) = &self.result else { return Ok(()) };
        changing::apply(conn, with.tools.keys, row, |conn| {
            let landed = land(conn, with.tools, with.actor, with.people, line.clone(), &with.import.id)?;
            let Landing { project, landed, .. } = landed;
            Ok((project.id, landed))
        })
    }
}
