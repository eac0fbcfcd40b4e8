//! What a chamber's liaison sees of a lead that his chamber reported.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Event, FirstReport, LeadHead, Source, Step};
use crate::filings::pages::Card;
use crate::leads::model::{Lead, Stage};
use crate::leads::next::Next;
use crate::questions;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /leads/{id}` for the liaison: where it stands, what happens next, until when.
#[derive(Clone, Debug, Serialize)]
pub struct Own {
    pub lead: LeadHead,
    pub registered_on: NaiveDate,
    pub next: Next,
    /// Made by [`super::track`].
    pub track: Vec<Step>,
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

/// A lead of one's own on the first page: how far it is, what comes next, and what waits for an answer.
#[derive(Clone, Debug, Serialize)]
pub struct OwnCard {
    pub status: String,
    /// States of the steps, in order: `done`, `now` or `next`.
    pub steps: Vec<&'static str>,
    pub next: Next,
    pub question: Option<questions::pages::Row>,
}

impl OwnCard {
    pub fn of(lead: &Lead, next: Next, question: Option<questions::pages::Row>) -> Self {
        let state = |stage: &Stage| match stage.cmp(&lead.stage) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "next",
        };
        OwnCard {
            status: lead.status.to_string(),
            steps: Stage::ALL.iter().map(state).collect(),
            next,
            question,
        }
    }
}
