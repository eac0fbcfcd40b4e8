//! The ledger of projects (招商引资项目台账): projects as lines of a sheet, and back.
//!
//! A [`Line`] is what a project's line says; `cells` writes one as cells and `reading` reads it again, so that what is
//! exported comes back as it was. `sheet` puts lines into a file with the bureau's header and sums by county, `table`
//! finds them in any file of the kind; `export` and `import` stand between lines and the database: a line becomes a
//! project, or an `update` of one, whose `changes` are told as cells. Columns and words are `seeds/reference/project-ledger.toml`.
//!
//! A ledger carries no papers, so milestones come back as reported, and what was refused is left out.

mod cell;
pub mod cells;
pub mod changes;
mod doubts;
pub mod export;
pub mod import;
mod made;
mod people;
mod plan;
pub mod reading;
pub mod sheet;
mod steps;
pub mod table;
mod update;
mod years;

pub use crate::imports::kinds::changing::Warning;
use crate::leads::forms::SourceBody;
use crate::leads::model::SourceKind;
use crate::milestones::model::MilestoneKind;
use crate::projects::contract::ContractBody;
use crate::projects::forms::ProjectBody;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// A project as its line says it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    pub code: Option<String>,
    /// Its `leader` and `officer` are names, and its source names no record.
    pub body: ProjectBody,
    /// The chamber, referrer or enterprise by name.
    pub source_name: Option<String>,
    pub contract: Option<ContractBody>,
    pub supplements: Vec<(NaiveDate, String)>,
    pub milestones: BTreeMap<MilestoneKind, Days>,
    pub entered_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
    pub withdrawal_reason: Option<String>,
    /// Columns that no field takes, as (header, text).
    pub extra: Vec<(String, String)>,
    /// The chambers that have the credit, each with its part; an import does not read it.
    pub attribution: Option<String>,
    /// The day of the last change; an import does not read it.
    pub updated_on: Option<NaiveDate>,
}

/// Every code of a warning that lead ledgers do not have.
pub const WARNING_CODES: &[&str] = &[
    "leader_is_no_user",
    "milestone_verified",
    "not_covered_industry",
    "not_key",
    "not_taken",
    "calendar_years",
    "other_than_contract",
    "word_unknown",
];

impl Line {
    /// With what a new project is when its line does not say it.
    pub fn settled(mut self) -> Self {
        self.body.supporting_project.get_or_insert(false);
        self.body.source.get_or_insert_with(SourceBody::default).kind.get_or_insert(SourceKind::Own);
        if let Some(contract) = &mut self.contract {
            contract.total_investment_fen = contract.total_investment_fen.or(self.body.total_investment_fen);
        }
        self
    }
}

/// A milestone's days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Days {
    pub planned_on: Option<NaiveDate>,
    pub actual_on: Option<NaiveDate>,
}

#[cfg(test)]
mod tests;
