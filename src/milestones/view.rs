//! A milestone as the API shows it.

use crate::clock;
use crate::db::Id;
use crate::milestones::model::{Milestone, MilestoneKind, MilestoneState};
use crate::milestones::queries::Paper;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use utoipa::ToSchema;

/// `{kind, planned_on, actual_on, state, evidence}` of design.md section 6, and who did what.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Milestone)]
pub struct MilestoneView {
    pub kind: MilestoneKind,
    pub planned_on: Option<NaiveDate>,
    pub actual_on: Option<NaiveDate>,
    pub state: MilestoneState,
    /// Papers under it, by id.
    pub evidence: Vec<Id>,
    #[serde(with = "clock::rfc3339::option")]
    pub reported_at: Option<NaiveDateTime>,
    #[serde(with = "clock::rfc3339::option")]
    pub verified_at: Option<NaiveDateTime>,
    pub refusal_reason: Option<String>,
}

pub fn view(milestone: Milestone, papers: Vec<Paper>) -> MilestoneView {
    MilestoneView {
        kind: milestone.kind,
        planned_on: milestone.planned_on,
        actual_on: milestone.actual_on,
        state: milestone.state,
        evidence: papers.into_iter().map(|paper| paper.id).collect(),
        reported_at: milestone.reported_at,
        verified_at: milestone.verified_at,
        refusal_reason: milestone.refusal_reason,
    }
}
