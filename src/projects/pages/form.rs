//! Entering and editing a project.

use super::ProjectHead;
use crate::leads::pages::{ClassGroup, ConflictField, Link, ParkGroup};
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use chrono::NaiveDateTime;
use serde::Serialize;

/// `GET /projects/new` (posts to `/projects`), `GET /projects/{id}/edit` (posts to `/projects/{id}`).
///
/// Fields: `investor_name` `title` `uscc` `origin` `project_company` `content` · `county` `park` `industry`
/// `industry_class` `supporting_project` `supporting_finding` · `total_investment` `fixed_investment` (万元) `land_mu`
/// `factory_m2` `jobs` · `key_basis` `key_reason` `filing_code` `enclave_county` `land_use` `recommended_on` · `source_kind`
/// `source_chamber` `source_referrer` `source_enterprise` (by name) `source_event` (by id) `source_note` · `leader` `officer` (new only)
/// `unit` · `progress` `problems` `coordination` `next_step` `remark` · `lead` `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new one.
    pub project: Option<ProjectHead>,
    /// The lead that it is made of.
    pub lead: Option<Link>,
    pub lead_id: Option<String>,
    pub form: Filled,
    pub counties: Vec<Choice>,
    /// Counties that a project can be registered in the zone for.
    pub enclave_counties: Vec<Choice>,
    /// All parks, by county; a script shows those of the chosen county.
    pub parks: Vec<ParkGroup>,
    pub industries: Vec<Choice>,
    pub classes: Vec<ClassGroup>,
    pub suggested: Vec<Choice>,
    /// Codes.
    pub bases: Vec<Choice>,
    pub land_uses: Vec<Choice>,
    pub sources: Vec<Choice>,
    /// Names for typing ahead.
    pub chambers: Vec<String>,
    pub referrers: Vec<String>,
    pub enterprises: Vec<String>,
    /// By id, the latest first.
    pub events: Vec<Choice>,
    pub origins: Vec<String>,
    pub units: Vec<String>,
    pub leaders: Vec<Choice>,
    pub officers: Vec<Choice>,
}

/// `POST /projects/{id}` when somebody saved meanwhile (412): both versions, field by field.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Conflict {
    /// As it is now, with the newer version.
    pub project: ProjectHead,
    pub by: Option<String>,
    /// UTC
    pub at: Option<NaiveDateTime>,
    /// Fields that both changed, or that the other changed and mine would put back.
    pub fields: Vec<ConflictField>,
    /// Everything else that was typed, as (name, value).
    pub kept: Vec<(String, String)>,
}

impl Page for Conflict {
    const TEMPLATE: &'static str = "projects/conflict.html";
}

impl Page for Form {
    const TEMPLATE: &'static str = "projects/form.html";
}
