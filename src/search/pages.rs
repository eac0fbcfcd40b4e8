//! The page of search results, and what is suggested while one types.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
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
    /// Those of them that are bounds or leave something out, in words.
    pub bounds: Vec<Bound>,
    /// What can be looked for.
    pub kinds: Vec<Tab>,
    /// Filters typed into the box that cannot be. Then there are no hits.
    pub refused: Vec<Refused>,
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
    /// Where this search can be saved.
    pub save: Option<String>,
    /// The first hit's place, from 1.
    pub first: i64,
    pub prev: String,
    pub next: String,
}

impl Page for Results {
    const TEMPLATE: &'static str = "search/results.html";
}

/// A filter typed into the box that cannot be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Refused {
    /// The message is `field-<field>`.
    pub field: String,
    pub value: String,
    /// The message is `search-refused-<code>`.
    pub code: String,
}

/// What was found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Hit {
    /// `lead`, `project`, `company`, `referrer` or `chamber`.
    pub kind: String,
    pub href: String,
    /// Empty for a company.
    pub code: String,
    pub title: String,
    pub investor_name: Option<String>,
    /// By name; `None` when the reader's pages do not show it.
    pub county: Option<String>,
    pub industry: Option<String>,
    /// A lead's stage, or a project's last milestone.
    pub stage: Option<String>,
    pub status: Option<String>,
    pub total_investment_fen: Option<i64>,
    /// Field → HTML, escaped but for `<em>`.
    pub highlights: BTreeMap<String, String>,
}

/// A kind of record, how many of it hold the words, and the search for it.
#[derive(Clone, Debug, Serialize)]
pub struct Tab {
    /// The message `search-kind-<kind>`.
    pub label: String,
    pub count: i64,
    pub href: String,
    pub current: bool,
}

/// A bound in words, and the search without it.
#[derive(Clone, Debug, Serialize)]
pub struct Bound {
    pub label: String,
    pub href: String,
}

/// Counts by a field.
#[derive(Clone, Debug, Serialize)]
pub struct Facet {
    /// As the parameter is called.
    pub name: String,
    /// The name is `field-<title>`.
    pub title: String,
    pub values: Vec<FacetValue>,
}

/// A value: its link sets the filter, or takes it away when it is chosen.
#[derive(Clone, Debug, Serialize)]
pub struct FacetValue {
    pub code: String,
    /// What has a name of its own; codes say themselves, as `<facet>-<code>`.
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
    /// Of leads and of what belongs to them.
    pub total: i64,
    /// Filters in the box that cannot be. Then nothing is suggested.
    pub refused: Vec<Refused>,
    /// Few hold what was typed, so what lies near it is among the hits.
    pub approximate: bool,
    /// The database answered in place of the engine.
    pub from_database: bool,
    /// The page of all results.
    pub all: String,
}

impl Page for Suggestions {
    const TEMPLATE: &'static str = "search/suggestions.html";
}

/// `GET /admin/search`
#[derive(Clone, Debug, Default, Serialize)]
pub struct StatusPage {
    pub indexes: Vec<IndexState>,
    /// What follows a change besides.
    pub beside: Vec<WorkWaiting>,
    /// Somebody asked for them to be built anew, and the worker has not begun.
    pub asked: bool,
}

impl Page for StatusPage {
    const TEMPLATE: &'static str = "search/status.html";
}

/// How an index is doing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IndexState {
    /// `leads` or `records`; the message is `search-index-<name>`.
    pub name: String,
    pub engine: String,
    /// `current`, `behind`, `incomplete`, `rebuilding` or `unreachable`; the message is `search-state-<state>`.
    pub state: String,
    pub documents: i64,
    /// What the database has.
    pub rows: i64,
    /// Changes that are not in the index yet.
    pub waiting: i64,
    /// UTC
    pub waiting_since: Option<NaiveDateTime>,
    /// Of those that wait.
    pub last_error: Option<String>,
    /// `119.4 MB`
    pub size: String,
    /// UTC
    pub last_commit: Option<NaiveDateTime>,
}

/// Work that follows changes: reading papers, telling of what is new.
#[derive(Clone, Debug, Default, Serialize)]
pub struct WorkWaiting {
    /// The outbox's topic; the message is `search-beside-<topic>`.
    pub topic: String,
    pub waiting: i64,
    /// UTC
    pub waiting_since: Option<NaiveDateTime>,
    pub last_error: Option<String>,
}
