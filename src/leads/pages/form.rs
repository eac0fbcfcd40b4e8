//! Registering and editing a lead.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::{LeadHead, Shown};
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /leads/new` of those who work leads (posts to `/leads`), `GET /leads/{id}/edit` (posts to `/leads/{id}`).
///
/// Fields: `title` `investor_name` `uscc` `origin` `content` · `county` `park` `industry` `industry_class` ·
/// `total_investment` `fixed_investment` (万元) `land_mu` `factory_m2` `jobs` `factor_needs` · `source_kind`
/// `source_chamber` `source_referrer` `source_enterprise` (by name) `source_event` (by id) `source_note` ·
/// `contact_name` `contact_post` `contact_phone` `contact_other_phones` `contact_email` `contact_wechat` ·
/// `stage` `registered_on` (new only) `priority` `next_follow_up_on` `remark` · `duplicate_reason` `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new lead.
    pub lead: Option<LeadHead>,
    pub form: Filled,
    pub counties: Vec<Choice>,
    /// All parks, by county; a script shows those of the chosen county.
    pub parks: Vec<ParkGroup>,
    pub industries: Vec<Choice>,
    /// All classes, by industry.
    pub classes: Vec<ClassGroup>,
    /// Classes that the title and content suggest.
    pub suggested: Vec<Choice>,
    /// Codes.
    pub sources: Vec<Choice>,
    /// Names for typing ahead.
    pub chambers: Vec<String>,
    pub referrers: Vec<String>,
    pub enterprises: Vec<String>,
    /// By id, the latest first.
    pub events: Vec<Choice>,
    /// Places and countries for typing ahead.
    pub origins: Vec<String>,
    /// Where a lead may start; empty when it is not his to say. Only for a new lead.
    pub stages: Vec<Choice>,
    /// An edited lead has a contact: what is left empty stays as it is; its phone, masked.
    pub contact_kept: Option<String>,
    /// Leads that look like the same investor's: asks for a reason to save nevertheless.
    pub duplicates: Vec<Likeness>,
}

impl Page for Form {
    const TEMPLATE: &'static str = "leads/form.html";
}

/// Parks of a county.
#[derive(Clone, Debug, Serialize)]
pub struct ParkGroup {
    pub county: String,
    pub name: String,
    pub parks: Vec<Choice>,
}

/// Classes of GB/T 4754-2017 of an industry.
#[derive(Clone, Debug, Serialize)]
pub struct ClassGroup {
    pub industry: String,
    pub name: String,
    pub classes: Vec<Choice>,
}

/// A lead of the same investor, told as far as the reader may know.
#[derive(Clone, Debug, Serialize)]
pub struct Likeness {
    /// Code of the duplicate reason.
    pub reason: String,
    /// Who has it.
    pub unit: String,
    /// The day it was registered.
    pub since: NaiveDate,
    /// Code and title, only when the reader sees that lead.
    pub lead: Option<super::Link>,
}

/// `POST /leads/{id}` when somebody saved meanwhile (412): both versions, field by field. Its form is the edit
/// form again, with the newer `version`: a handler needs nothing more for it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Conflict {
    /// As it is now, with the newer version.
    pub lead: LeadHead,
    pub by: Option<String>,
    /// UTC
    pub at: Option<NaiveDateTime>,
    /// Fields that both changed, or that the other changed and mine would put back.
    pub fields: Vec<ConflictField>,
    /// Everything else that was typed, as (name, value).
    pub kept: Vec<(String, String)>,
}

impl Page for Conflict {
    const TEMPLATE: &'static str = "leads/conflict.html";
}

/// A field with two values; its name is `field-<name>`.
#[derive(Clone, Debug, Serialize)]
pub struct ConflictField {
    pub name: String,
    pub mine: Shown,
    pub theirs: Shown,
    /// As the form sends them.
    pub mine_value: String,
    pub theirs_value: String,
    /// Whether mine is chosen at first: what I changed is mine, what only the other changed is theirs.
    pub keep_mine: bool,
}
