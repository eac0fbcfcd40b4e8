//! The page of search results, and what is suggested while one types.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::web::templates::Page;

/// `GET /search?q=&county=&industry=&stage=&source=&status=&offset=`
///
/// htmx takes `#found` out of the answer: the block `found`, or the page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Results {
    /// As typed; empty shows how to search.
    pub q: String,
    /// The filters in force, by parameter, without `q` and `offset`.
    pub filters: BTreeMap<String, String>,
    pub hits: Vec<Hit>,
    pub total: i64,
    /// Milliseconds, as text: `0.8`.
    pub took_ms: String,
    /// Hits of similar spelling, the same sound or a synonym are among them.
    pub approximate: bool,
    /// Some changes of the last moments are not in the index yet.
    pub stale: bool,
    /// The database answered in place of the engine.
    pub from_database: bool,
    /// The search cannot be asked now.
    pub fault: bool,
    pub facets: Vec<Facet>,
    /// The first hit's place, from 1.
    pub first: i64,
    pub prev: String,
    pub next: String,
}

impl Page for Results {
    const TEMPLATE: &'static str = "search/results.html";
}

/// A lead that was found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Hit {
    pub id: String,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    /// By name; `None` when the reader's pages do not show it.
    pub county: Option<String>,
    pub industry: Option<String>,
    pub stage: String,
    pub status: String,
    pub total_investment_fen: Option<i64>,
    /// Field → HTML, escaped but for `<em>`.
    pub highlights: BTreeMap<String, String>,
}

/// Counts by a field; its name is `field-<name>`, or `field-source_kind` for `source`.
#[derive(Clone, Debug, Serialize)]
pub struct Facet {
    /// `county`, `industry`, `stage`, `source` or `status`.
    pub name: String,
    pub values: Vec<FacetValue>,
}

/// A value: its link sets the filter, or takes it away when it is chosen.
#[derive(Clone, Debug, Serialize)]
pub struct FacetValue {
    pub code: String,
    /// By name for counties and industries; codes say themselves, as `<facet>-<code>`.
    pub label: Option<String>,
    pub count: i64,
    pub href: String,
    pub chosen: bool,
}

/// `GET /search/suggestions?q=`: the block `suggestions`, put under the search box while one types.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Suggestions {
    pub q: String,
    /// The first few.
    pub hits: Vec<Hit>,
    pub total: i64,
    /// The database answered in place of the engine.
    pub from_database: bool,
    /// The page of all results.
    pub all: String,
}

impl Page for Suggestions {
    const TEMPLATE: &'static str = "search/suggestions.html";
}
