//! Pages of policy versions.

use super::awards::view::RuleView;
use super::model::Extension;
use crate::attachments::pages::Attachments;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

/// `GET /policies`: which versions there are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// The latest first.
    pub versions: Vec<Version>,
    /// Documents that wait for the second person, and those that he refused; the latest first.
    pub waiting: Vec<DocumentLine>,
    pub refused: Vec<DocumentLine>,
    /// Whether the reader proposes to load and extend them.
    pub keeps: bool,
    /// He does, and nobody else is there to confirm.
    pub lacks_second: bool,
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
    /// New jobs a year from which an above-scale enterprise is supported first.
    pub support_from: Option<i64>,
    /// To what awards are cut.
    pub rounding: String,
    pub awards: Vec<Award>,
    /// Those in force that loaded, extended or decomposed it, the latest first.
    pub documents: Vec<DocumentLine>,
}

/// A document, who proposed it and who decided. Times in UTC.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DocumentLine {
    pub id: String,
    /// What it does is `policy-does-<kind>`.
    pub kind: String,
    /// The version's code.
    pub code: String,
    pub name: String,
    pub number: String,
    /// Of an extension.
    pub until: Option<NaiveDate>,
    /// Of a decomposition.
    pub year: Option<i32>,
    pub proposed_by: Option<String>,
    pub proposed_at: NaiveDateTime,
    /// `accepted`, `refused`, or `None` while it waits.
    pub decision: Option<String>,
    /// `None`: it came into force before two persons were asked for.
    pub decided_by: Option<String>,
    pub decided_at: Option<NaiveDateTime>,
    pub reason: Option<String>,
    /// The reader proposed it himself, or may decide about it.
    pub own: bool,
    pub may_decide: bool,
}

/// An award rule, with names for its codes and its rates as per cent.
#[derive(Clone, Debug, Serialize)]
pub struct Award {
    pub rule: RuleView,
    /// Of the mark of its status: what may be paid, what may not now.
    pub tone: &'static str,
    pub responsible: Vec<String>,
    pub supporting: Vec<String>,
    pub industries: Vec<String>,
    /// By name of the industry.
    pub thresholds: Vec<(String, i64)>,
    pub rate: Option<String>,
    pub warn_below: Option<String>,
    pub occupancy: Option<String>,
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
    /// By the bureau's decomposition, not by the plan.
    pub decomposed: bool,
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

/// `GET|POST /policies/{code}/decomposition/{year}`. Fields: `target_<county>`, `document_number`, `document_name`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Decompose {
    pub version: Version,
    pub year: i32,
    /// The city's.
    pub target: i64,
    pub parts: Vec<Part>,
    pub form: Filled,
}

impl Page for Decompose {
    const TEMPLATE: &'static str = "policies/decomposition/form.html";
}

/// A county's part of the city's quota.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// The form's field.
    pub field: String,
    pub name: String,
    pub target: Option<i64>,
}

/// `GET|POST /policies/documents/{id}/decision`. Fields: `decision`, `reason`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Decide {
    pub document: DocumentLine,
    /// Of a new version what it says, else the version that is to change; none when there is none any more.
    pub version: Option<Version>,
    /// The text of a new version.
    pub body: Option<String>,
    /// Of a decomposition, with what they add up to, and what the city is to reach.
    pub parts: Vec<Part>,
    pub sum: i64,
    pub target: Option<i64>,
    /// Who may decide, by name.
    pub others: Vec<String>,
    pub form: Filled,
    pub decisions: Vec<Choice>,
    pub attachments: Option<Attachments>,
}

impl Page for Decide {
    const TEMPLATE: &'static str = "policies/documents/decision/form.html";
}
