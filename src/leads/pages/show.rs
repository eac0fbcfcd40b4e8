//! The page of a lead.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Serialize, Serializer};

use super::{Event, LeadHead, Likeness, Link};
use crate::attachments::pages::Attachments;
use crate::attributions::pages::Part;
use crate::claims;
use crate::contacts::model::MaskedContact;
use crate::filings::pages::Card;
use crate::questions;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /leads/{id}`. What the reader's role does not see is `None` or empty.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub lead: LeadHead,
    /// `key` or `normal`.
    pub priority: String,
    pub registered_on: Option<NaiveDate>,
    pub work: Work,
    /// Made by [`super::track`].
    pub track: Vec<Step>,
    /// Why nobody works it, when it is on hold, closed or merged.
    pub standing: Option<Standing>,
    /// The way to the next stage; `None` after the last one, or when it is not his to move.
    pub next_stage: Option<NextStage>,
    pub may: May,
    pub source: Source,
    /// The chambers that have the credit for it.
    pub shares: Vec<Part>,
    /// The project that it became; without an href when the reader does not see it.
    pub project: Option<Link>,
    /// When a lead that was merged into this one was reported earlier.
    pub first_report: Option<FirstReport>,
    pub facts: Option<Facts>,
    pub contact: Option<Contact>,
    /// Columns of a ledger that matched nothing, as (header, value).
    pub extra: Vec<(String, String)>,
    /// Other leads that look like the same investor's.
    pub duplicates: Vec<Likeness>,
    /// Later reports of the same lead.
    pub claims: Vec<claims::pages::Row>,
    /// What its chamber was asked and has not answered.
    pub questions: Vec<questions::pages::Row>,
    /// Referrers' filings; none for a role that does not know them.
    pub filings: Option<Card>,
    pub attachments: Option<Attachments>,
    pub timeline: Vec<Event>,
    /// Href of older items, empty when these are all.
    pub older: String,
    /// The quick form, when he may follow up. Fields as in `follow_ups::pages::Form`.
    pub follow_up: Option<Filled>,
    /// Codes of the follow-up kinds.
    pub follow_up_kinds: Vec<Choice>,
    /// What its file chooser offers.
    pub follow_up_accept: String,
}

impl Page for Show {
    const TEMPLATE: &'static str = "leads/show.html";
}

/// Who, how much, where, what next.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Work {
    pub total_investment_fen: Option<i64>,
    /// By name.
    pub county: Option<String>,
    pub park: Option<String>,
    /// Display names; a name from a ledger that is no user's stands here with its flag.
    pub officer: Option<String>,
    pub officer_is_no_user: bool,
    pub leader: Option<String>,
    pub leader_is_no_user: bool,
    pub next_follow_up_on: Option<NaiveDate>,
    /// Days past that date, negative when it is ahead; `None` when not active.
    pub due_days: Option<i64>,
    /// What the last follow-up said comes next.
    pub next_step: Option<String>,
}

/// A step of the stage track.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    pub code: String,
    /// `done`, `now`, `next` or `skipped`.
    pub state: &'static str,
    pub on: Option<NaiveDate>,
}

/// On hold, closed or merged: since when, why, and until when or into what.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Standing {
    /// Code of the status.
    pub status: String,
    pub closure_kind: Option<String>,
    pub reason: Option<String>,
    /// UTC
    pub at: Option<NaiveDateTime>,
    pub until: Option<NaiveDate>,
    /// Without an href when the reader does not see that lead.
    pub into: Option<Link>,
}

/// The stage after this one and what is missing for it.
#[derive(Clone, Debug, Serialize)]
pub struct NextStage {
    pub code: String,
    /// It is the last one, where the lead stands already: registered there, it may lack what others brought on the way.
    pub reached: bool,
    pub missing: Vec<Missing>,
}

/// A requirement that is not met; its name is `need-<field>`.
#[derive(Clone, Debug, Serialize)]
pub struct Missing {
    pub field: String,
    /// [`super::requirement_href`]; `None` when the reader may not put it right.
    pub href: Option<String>,
}

/// What the reader may do now: role, scope and the lead's status together.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct May {
    pub follow_up: bool,
    pub edit: bool,
    /// Say which chambers have the credit for it.
    pub attribute: bool,
    /// Ask the chamber that it came from.
    pub ask: bool,
    pub move_stage: bool,
    pub assign: bool,
    pub hold: bool,
    pub resume: bool,
    pub close: bool,
    pub merge: bool,
    pub reopen: bool,
    pub delete: bool,
    pub reveal: bool,
    pub answer_claims: bool,
    /// Its contract is signed, and nobody made a project of it yet.
    pub make_project: bool,
}

/// Where the lead came from.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Source {
    /// Code of the kind.
    pub kind: String,
    /// The chamber, referrer, enterprise or event; without an href when he may not open it.
    pub name: Option<String>,
    pub href: Option<String>,
    /// Where the event stands that a chamber brought it from; none when it is the source itself, or not his to open.
    pub event: Option<String>,
    pub note: Option<String>,
}

/// Whose report was the first, and so has the credit.
#[derive(Clone, Debug, Serialize)]
pub struct FirstReport {
    /// The merged lead; without an href when the reader does not see it.
    pub lead: Link,
    pub registered_on: NaiveDate,
    /// UTC
    pub received_at: NaiveDateTime,
    pub source: Source,
}

/// What is known of the investment.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Facts {
    /// By name, and the class as `2452 塑胶玩具制造`.
    pub industry: Option<String>,
    pub industry_class: Option<String>,
    pub uscc: Option<String>,
    pub origin: Option<String>,
    pub content: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub fixed_investment_fen: Option<i64>,
    #[serde(serialize_with = "figure")]
    pub land_mu: Option<f64>,
    #[serde(serialize_with = "figure")]
    pub factory_m2: Option<f64>,
    pub jobs: Option<i64>,
    pub factor_needs: Option<String>,
    pub remark: Option<String>,
    /// Why it was registered although a likeness was known.
    pub duplicate_reason: Option<String>,
    /// The ledger it was imported from.
    pub import: Option<Link>,
    /// UTC
    pub received_at: Option<NaiveDateTime>,
    pub updated_at: Option<NaiveDateTime>,
}

/// A measure as people write it: without a needless `.0`.
fn figure<S: Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        None => to.serialize_none(),
        Some(value) => to.serialize_str(&value.to_string()),
    }
}

/// The contact: masked, and when there is something to reveal.
#[derive(Clone, Debug, Serialize)]
pub struct Contact {
    pub masked: MaskedContact,
    pub anonymised: bool,
}
