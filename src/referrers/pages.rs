//! Pages of the register of referrers.

use serde::Serialize;

use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /referrers?q=&status=&kind=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// What was asked: `q`, `status`, `kind`.
    pub filter: Filled,
    pub kinds: Vec<Choice>,
    pub statuses: Vec<Choice>,
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    /// How many wait for review, for the tab.
    pub review: i64,
    pub prev: String,
    pub next: String,
    pub may_create: bool,
}

impl Page for List {
    const TEMPLATE: &'static str = "referrers/list.html";
}

/// A referrer in the register.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub code: String,
    pub name: String,
    pub kind: String,
    /// By name.
    pub region: Option<String>,
    pub contact_person: Option<String>,
    pub status: String,
    /// Leads from it that the reader sees.
    pub leads: i64,
}

/// `GET /referrers/{id}`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub referrer: Row,
    /// Masked.
    pub phone: Option<String>,
    pub note: Option<String>,
    /// The list of its leads.
    pub leads_href: String,
    pub may_edit: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "referrers/show.html";
}

/// `GET /referrers/new` (posts to `/referrers`), `GET /referrers/{id}/edit` (posts to `/referrers/{id}`).
///
/// Fields: `name` `kind` `region` `contact_person` `phone` `status` (edit only) `note` `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new one.
    pub referrer: Option<Row>,
    pub version: i64,
    pub form: Filled,
    pub kinds: Vec<Choice>,
    pub statuses: Vec<Choice>,
    /// Places for typing ahead.
    pub regions: Vec<String>,
    /// The phone that is kept when the field stays empty, masked.
    pub phone_kept: Option<String>,
}

impl Page for Form {
    const TEMPLATE: &'static str = "referrers/form.html";
}

/// `GET /referrers/{id}/merger` (posts there). Fields: `into`, the code of the one that stays, and `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MergerPage {
    pub referrer: Row,
    pub version: i64,
    pub form: Filled,
    /// Codes and names of the others, for typing ahead.
    pub others: Vec<String>,
}

impl Page for MergerPage {
    const TEMPLATE: &'static str = "referrers/merger.html";
}

/// `GET /referrers/{id}/deletion` (posts there). Field: `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DeletionPage {
    pub referrer: Row,
    pub version: i64,
    pub form: Filled,
    /// Something names it: it stays, and can be merged.
    pub is_named: bool,
}

impl Page for DeletionPage {
    const TEMPLATE: &'static str = "referrers/deletion.html";
}

/// `GET /referrers/{id}/disclosures` (posts there): asks for a `reason`, then shows the phone.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DisclosurePage {
    pub referrer: Row,
    pub form: Filled,
    /// The reason is given and logged.
    pub is_shown: bool,
    /// In full, if there is one.
    pub phone: Option<String>,
}

impl Page for DisclosurePage {
    const TEMPLATE: &'static str = "referrers/disclosure.html";
}
