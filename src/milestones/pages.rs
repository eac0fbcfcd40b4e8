//! The pages of a milestone.

use crate::projects::pages::ProjectHead;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

/// A milestone as it stands.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MilestoneHead {
    /// Codes.
    pub kind: String,
    pub state: String,
    pub planned_on: Option<NaiveDate>,
    pub actual_on: Option<NaiveDate>,
    /// Display name.
    pub reported_by: Option<String>,
    /// UTC
    pub reported_at: Option<NaiveDateTime>,
    pub refusal_reason: Option<String>,
}

/// `GET|POST /projects/{id}/milestones/{kind}`. Fields: `planned_on`, `actual_on`, `evidence` (ids of papers; `papers`
/// tells that they were shown), `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub project: ProjectHead,
    pub milestone: MilestoneHead,
    pub form: Filled,
    /// Papers of the project.
    pub papers: Vec<PaperChoice>,
    /// Kinds of paper that prove it, any one of them; empty when it needs none.
    pub evidence: Vec<&'static str>,
    /// Whether he may bring a paper for it.
    pub may_add: bool,
}

impl Page for Report {
    const TEMPLATE: &'static str = "projects/milestones/form.html";
}

/// `GET|POST /projects/{id}/milestones/{kind}/verification`. Fields: `decision`, `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Verification {
    pub project: ProjectHead,
    pub milestone: MilestoneHead,
    pub form: Filled,
    /// Papers under it.
    pub papers: Vec<PaperChoice>,
    pub evidence: Vec<&'static str>,
    pub lacks_evidence: bool,
    pub lacks_photo: bool,
    /// It waits for a decision.
    pub open: bool,
    /// Whoever looks entered it himself.
    pub own: bool,
    pub decisions: Vec<Choice>,
}

impl Page for Verification {
    const TEMPLATE: &'static str = "projects/milestones/verification/form.html";
}

/// A paper that can prove it; its kind is `evidence-kind-<kind>`.
#[derive(Clone, Debug, Serialize)]
pub struct PaperChoice {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub chosen: bool,
}
