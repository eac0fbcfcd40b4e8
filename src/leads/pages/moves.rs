//! The small pages of a lead: each does one thing, and works as a page of its own.

use chrono::NaiveDate;
use serde::Serialize;

use super::{LeadHead, Link, Missing};
use crate::contacts::model::ContactInput;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET|POST /leads/{id}/stage`. Fields: `to`, `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StageMove {
    pub lead: LeadHead,
    pub form: Filled,
    /// All stages in order.
    pub stages: Vec<StageChoice>,
}

impl Page for StageMove {
    const TEMPLATE: &'static str = "leads/stage/form.html";
}

/// A stage and what is missing to move there.
#[derive(Clone, Debug, Serialize)]
pub struct StageChoice {
    pub code: String,
    pub now: bool,
    /// Before the present one: needs a reason.
    pub back: bool,
    pub missing: Vec<Missing>,
}

/// `GET|POST /leads/{id}/closure`. Fields: `kind`, `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Closure {
    pub lead: LeadHead,
    pub form: Filled,
    /// Codes of the closure kinds.
    pub kinds: Vec<Choice>,
    /// Its project while it stands in the pool: then the lead is not closed.
    pub project: Option<Link>,
}

impl Page for Closure {
    const TEMPLATE: &'static str = "leads/closure/form.html";
}

/// `GET|POST /leads/{id}/reopening`: ends a closure. Fields: `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reopening {
    pub lead: LeadHead,
    pub form: Filled,
}

impl Page for Reopening {
    const TEMPLATE: &'static str = "leads/reopening/form.html";
}

/// `GET|POST /leads/{id}/hold`. Fields: `reason`, `until`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Hold {
    pub lead: LeadHead,
    pub form: Filled,
}

impl Page for Hold {
    const TEMPLATE: &'static str = "leads/hold/form.html";
}

/// `GET|POST /leads/{id}/resumption`: ends a hold. Fields: `reason`, `next_follow_up_on`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Resumption {
    pub lead: LeadHead,
    pub form: Filled,
}

impl Page for Resumption {
    const TEMPLATE: &'static str = "leads/resumption/form.html";
}

/// `GET|POST /leads/{id}/assignment`. Fields: `county`, `officer`, `leader`, `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Assignment {
    pub lead: LeadHead,
    pub form: Filled,
    pub counties: Vec<Choice>,
    /// Users by id; the label names person and unit.
    pub officers: Vec<Choice>,
    pub leaders: Vec<Choice>,
    /// Names from a ledger that are no user's.
    pub officer_name: Option<String>,
    pub leader_name: Option<String>,
}

impl Page for Assignment {
    const TEMPLATE: &'static str = "leads/assignment/form.html";
}

/// `GET|POST /leads/{id}/merger`. Fields: `into` (a choice) or `into_code`, `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Merger {
    pub lead: LeadHead,
    pub form: Filled,
    /// Leads of the same company that may stay, by code.
    pub choices: Vec<Choice>,
}

impl Page for Merger {
    const TEMPLATE: &'static str = "leads/merger/form.html";
}

/// `GET|POST /leads/{id}/deletion`. Fields: `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Deletion {
    pub lead: LeadHead,
    pub form: Filled,
    pub follow_ups: i64,
    /// The project that it became: then the lead is not deleted.
    pub project: Option<Link>,
}

impl Page for Deletion {
    const TEMPLATE: &'static str = "leads/deletion/form.html";
}

/// `GET|POST /leads/{id}/restoration`: takes a deletion back. Fields: `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Restoration {
    pub lead: LeadHead,
    pub form: Filled,
}

impl Page for Restoration {
    const TEMPLATE: &'static str = "leads/restoration/form.html";
}

/// `GET|POST /leads/{id}/disclosures`: asks for a reason, then shows one field of the contact in full. Fields:
/// `field`, `reason`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Disclosure {
    pub lead: LeadHead,
    pub form: Filled,
    /// Which fields there are to show.
    pub fields: Vec<Choice>,
    /// That one field in full, once the reason is given and logged.
    pub contact: Option<ContactInput>,
}

impl Page for Disclosure {
    const TEMPLATE: &'static str = "leads/disclosure/form.html";
}

/// `GET|POST /leads/export?…` with the list's filters. Field: `reason`; answers with the file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Export {
    pub form: Filled,
    /// Where it posts to, with the filters.
    pub action: String,
    /// The list that it was called from.
    pub back: String,
    pub count: i64,
    /// The earliest and latest day of registration among them.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Conditions in words, as (message key of the filter, value as text).
    pub conditions: Vec<(String, String)>,
}

impl Page for Export {
    const TEMPLATE: &'static str = "leads/export.html";
}
