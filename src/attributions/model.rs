//! A change of attribution as stored.

use crate::clock;
use crate::db::{Id, Json};
use crate::schema::{attribution_changes, attribution_consents};
use crate::text_enum;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

text_enum! {
    /// How a change of attribution ended.
    pub enum AttributionOutcome {
        /// Every chamber that gains or loses agreed; or a merger carried what a chamber had reported along, by which none
        /// loses.
        Agreed = "agreed",
        /// The bureau decided so.
        Decided = "decided",
        /// The bureau, or a chamber, said no.
        Refused = "refused",
        /// Who proposed it took it back.
        Withdrawn = "withdrawn",
    }
}

impl AttributionOutcome {
    /// Whether the change holds.
    pub fn holds(self) -> bool {
        matches!(self, AttributionOutcome::Agreed | AttributionOutcome::Decided)
    }
}

/// A chamber's part of a lead's credit. The name is kept with a change: the chamber may be merged into another since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttributionShare {
    pub chamber_id: Id,
    pub name: String,
    /// Basis points; those of a lead add to 10,000.
    pub share_bp: i64,
}

/// A change that was proposed, and what became of it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = attribution_changes)]
pub struct Change {
    pub id: Id,
    pub lead_id: Id,
    pub shares_before: Json<Vec<AttributionShare>>,
    pub shares_after: Json<Vec<AttributionShare>>,
    /// None where an edit of the source brought it.
    pub reason: Option<String>,
    pub by_user: Id,
    pub at: NaiveDateTime,
    /// None while it waits.
    pub outcome: Option<AttributionOutcome>,
    pub outcome_reason: Option<String>,
    pub closed_by: Option<Id>,
    pub closed_at: Option<NaiveDateTime>,
}

impl Change {
    /// A change that waits.
    pub fn proposed(
        lead: &Id,
        before: Vec<AttributionShare>,
        after: Vec<AttributionShare>,
        reason: Option<String>,
        by: &Id,
    ) -> Self {
        Change {
            id: Id::generate(),
            lead_id: lead.clone(),
            shares_before: Json(before),
            shares_after: Json(after),
            reason,
            by_user: by.clone(),
            at: clock::now(),
            outcome: None,
            outcome_reason: None,
            closed_by: None,
            closed_at: None,
        }
    }

    /// The same, ended by who made it in the moment that it was made.
    pub fn ended(self, outcome: AttributionOutcome) -> Self {
        Change {
            outcome: Some(outcome),
            closed_by: Some(self.by_user.clone()),
            closed_at: Some(self.at),
            ..self
        }
    }
}

/// What a chamber that gains or loses says of a change.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = attribution_consents)]
pub struct Consent {
    pub change_id: Id,
    pub chamber_id: Id,
    /// None while it has not said.
    pub agrees: Option<bool>,
    pub reason: Option<String>,
    pub by_user: Option<Id>,
    pub at: Option<NaiveDateTime>,
}
