//! What a chamber's liaison sees of a lead that his chamber reported.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Event, FirstReport, LeadHead, Source, Step};
use crate::filings::pages::Card;
use crate::leads::model::{Lead, Stage};
use crate::leads::next::Next;
use crate::milestones::model::Phase;
use crate::projects::reached::Reached;
use crate::questions;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /leads/{id}` for the liaison: where it stands, what happens next, until when.
#[derive(Clone, Debug, Serialize)]
pub struct Own {
    pub lead: LeadHead,
    pub registered_on: NaiveDate,
    pub next: Next,
    /// Made by [`super::track`], ended by [`goes_on`].
    pub track: Vec<Step>,
    /// The project's steps, which follow the lead's; none while it is no project.
    pub project_track: Vec<Step>,
    /// What waits for the liaison's answer.
    pub questions: Vec<questions::pages::Row>,
    pub source: Source,
    /// Code of the project that it became.
    pub project: Option<String>,
    /// When a lead that was merged into this one was reported earlier.
    pub first_report: Option<FirstReport>,
    /// Referrers' filings: number, step and days.
    pub filings: Option<Card>,
    pub timeline: Vec<Event>,
    /// Href of older items, empty when these are all.
    pub older: String,
    /// The quick form, while he may tell something. Fields as in `follow_ups::pages::Form`.
    pub follow_up: Option<Filled>,
    /// Codes of the follow-up kinds.
    pub follow_up_kinds: Vec<Choice>,
    /// What its file chooser offers.
    pub follow_up_accept: String,
}

impl Page for Own {
    const TEMPLATE: &'static str = "leads/own.html";
}

/// The phases of a project that follow the contract, with which a lead's own steps end.
fn phases_after_contract() -> impl Iterator<Item = Phase> {
    Phase::ALL.iter().copied().filter(|phase| *phase > Phase::Contract)
}

/// The steps of the project that a lead became, without days, as a liaison is told none; `track` is the lead's, whose
/// contract the project has left behind once it came further.
pub fn goes_on(track: &mut [Step], project: &Reached) -> Vec<Step> {
    if let Some(contract) = track.last_mut() {
        contract.state = project.state(Phase::Contract);
    }
    let step = |phase: Phase| Step { code: phase.to_string(), state: project.state(phase), on: None };
    phases_after_contract().map(step).collect()
}

/// A lead of one's own on the first page: how far it is, what comes next, and what waits for an answer.
#[derive(Clone, Debug, Serialize)]
pub struct OwnCard {
    pub status: String,
    /// States of the steps, in order: `done`, `now`, `next` or `skipped`. Those of the project follow once it is one.
    pub steps: Vec<&'static str>,
    /// Code of the step at which it stands: of a stage, or of the project's phase.
    pub step: &'static str,
    pub next: Next,
    pub question: Option<questions::pages::Row>,
}

impl OwnCard {
    pub fn of(
        lead: &Lead,
        project: Option<&Reached>,
        next: Next,
        question: Option<questions::pages::Row>,
    ) -> Self {
        let state = |stage: &Stage| match stage.cmp(&lead.stage) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "next",
        };
        let mut steps: Vec<&'static str> = Stage::ALL.iter().map(state).collect();
        if let Some(project) = project {
            steps.pop();
            steps.push(project.state(Phase::Contract));
            steps.extend(phases_after_contract().map(|phase| project.state(phase)));
        }
        OwnCard {
            status: lead.status.to_string(),
            steps,
            step: project.map_or(lead.stage.as_str(), |project| project.phase.as_str()),
            next,
            question,
        }
    }
}
