//! Duplicates (重复): whether an investor is already here, and what may be said of it.

pub mod handlers;
pub mod operations;
pub mod own;
pub mod pages;
pub mod queries;

use crate::db::Id;
use crate::leads::model::DuplicateReason;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A lead of the same investor, told as far as the asker may know.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Duplicate {
    pub reason: DuplicateReason,
    /// How sure, of 100.
    pub score: u8,
    /// Who has it: the county's or the zone's name.
    pub unit: String,
    /// The day it was registered: the first reporter keeps the credit.
    pub since: NaiveDate,
    /// Only when the asker sees that lead.
    pub lead_id: Option<Id>,
}

/// All that a chamber's liaison is told of a lead that is already here.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AlreadyRegistered {
    pub reason: DuplicateReason,
    /// That it is registered, and the day by which the bureau answers; or the code of his own chamber's lead.
    pub text: String,
    /// Of his own chamber's lead that he reports once more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub lead_id: Option<Id>,
}
