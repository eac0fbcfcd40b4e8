//! Pages of policy versions.

use super::model::Extension;
use crate::web::filled::Filled;
use crate::web::templates::Page;
use chrono::NaiveDate;
use serde::Serialize;

/// `GET /policies`: which versions there are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// The latest first.
    pub versions: Vec<Version>,
    /// Whether the reader loads and extends them.
    pub keeps: bool,
}

impl Page for List {
    const TEMPLATE: &'static str = "policies/list.html";
}

/// One version.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Version {
    pub code: String,
    pub title: String,
    pub issuer: String,
    /// Empty when the document has none.
    pub number: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub demonstration: bool,
    pub in_force: bool,
    pub extensions: Vec<Extension>,
    pub quotas: Vec<QuotaLine>,
}

/// What a version asks for; the metric's name is `metric-<code>`.
#[derive(Clone, Debug, Serialize)]
pub struct QuotaLine {
    pub metric: String,
    /// Code of the scope's kind, and its region by name.
    pub scope: String,
    pub region: Option<String>,
    /// Such as `2023–2025`.
    pub years: String,
    pub target: i64,
}

/// `GET|POST /policies/new`, as an upload. Fields: `file` or `body`, `document_number`, `document_name`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Load {
    pub form: Filled,
}

impl Page for Load {
    const TEMPLATE: &'static str = "policies/form.html";
}

/// `GET|POST /policies/{code}/extension`. Fields: `valid_until`, `document_number`, `document_name`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Extend {
    pub version: Version,
    pub form: Filled,
}

impl Page for Extend {
    const TEMPLATE: &'static str = "policies/extension/form.html";
}
