//! The page of a year's quotas.

use crate::policies::{Extension, PolicyName};
use crate::projects::pages::Way;
use crate::web::templates::Page;
use chrono::NaiveDate;
use serde::Serialize;

/// `GET /quota?year=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub year: i32,
    /// Years beside it, as hrefs.
    pub prev: String,
    pub next: String,
    /// The version that covers the year; `None` when none does.
    pub policy: Option<Version>,
    /// Where none does: the last year that one covers.
    pub last_covered: Option<i32>,
    /// And for whoever may, the version that can be extended.
    pub extendable: Option<String>,
    pub keeps: bool,
    /// Documents of policy versions that wait for the second person.
    pub waiting: i64,
    pub rows: Vec<Row>,
    /// `web::chart::Chart` of the first row by county, as JSON; empty when there is nothing to draw.
    pub chart: String,
    pub ways: Vec<Way>,
}

impl Page for Show {
    const TEMPLATE: &'static str = "quota/show.html";
}

/// The version and the documents behind it.
#[derive(Clone, Debug, Serialize)]
pub struct Version {
    pub name: PolicyName,
    /// Empty when the document has none.
    pub number: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub extensions: Vec<Extension>,
}

/// One quota; the metric's name is `metric-<code>`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub metric: String,
    /// Code of the scope's kind, and its region by name.
    pub scope: String,
    pub region: Option<String>,
    pub clause: String,
    pub target: i64,
    pub counted: i64,
    pub gap: i64,
    pub met: bool,
    pub forecast: i64,
    /// Of all counties, in the bureau's order; empty for a row of one place.
    pub by_county: Vec<County>,
    /// What the counties' targets add up to; `None` when no county has one.
    pub sum: Option<i64>,
    /// Where the city's quota is decomposed, for whoever may; empty otherwise.
    pub decompose: String,
    /// Those that the reader sees, and how many more there are.
    pub projects: Vec<Counted>,
    pub more: usize,
    /// By reason, the most telling first.
    pub not_counted: Vec<Reason>,
}

/// A county's part.
#[derive(Clone, Debug, Serialize)]
pub struct County {
    pub name: String,
    /// By decomposition of the city's; `None` where it has none.
    pub target: Option<i64>,
    pub gap: Option<i64>,
    pub counted: i64,
    pub forecast: i64,
}

/// A project that counts.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    pub id: String,
    pub code: String,
    pub title: String,
    /// By name.
    pub county: String,
    pub started_on: NaiveDate,
    pub reported_late: bool,
    pub withdrawn_on: Option<NaiveDate>,
}

/// Projects that do not count for one reason, which is `not-counted-<code>`.
#[derive(Clone, Debug, Serialize)]
pub struct Reason {
    pub code: String,
    /// (id, code, title)
    pub projects: Vec<(String, String, String)>,
}
