//! Pages of saved searches.

use crate::web::filled::Filled;
use crate::web::templates::Page;
use chrono::NaiveDateTime;
use serde::Serialize;

/// `GET /saved-searches?cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    pub next: String,
}

impl Page for List {
    const TEMPLATE: &'static str = "saved-searches/list.html";
}

/// A saved search in a few words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub name: String,
    /// What it asks: its words, then each filter.
    pub terms: Vec<String>,
    /// The search itself.
    pub search: String,
    /// Who keeps it; `None` for its reader.
    pub owner: Option<String>,
    pub shared: bool,
    pub tell: bool,
    /// Leads that its reader has not looked at.
    pub new: i64,
}

/// `GET /saved-searches/{id}?cursor=`: what is new. Posts to `…/subscription` (`tell`: `true` or `false`) and `…/reading`
/// (`through`).
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub saved: Row,
    /// The latest first.
    pub found: Vec<Found>,
    pub next: String,
    /// The latest find of all, through which he has looked when he says so.
    pub through: Option<String>,
    /// UTC
    pub seen_at: Option<NaiveDateTime>,
    /// Only leads registered since the wish are new.
    pub registered_only: bool,
    pub may_change: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "saved-searches/show.html";
}

/// A lead that is new.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Found {
    pub lead_id: String,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    /// By name; `None` where his pages do not show it.
    pub county: Option<String>,
    pub stage: String,
    /// UTC
    pub found_at: NaiveDateTime,
}

/// `GET /saved-searches/new?query=` (posts to `/saved-searches`), `GET /saved-searches/{id}/edit` (posts to
/// `/saved-searches/{id}`).
///
/// Fields: `name`, `shared` where he may, `query` and `tell` of a new one, `version` of another.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new one.
    pub saved: Option<Row>,
    pub version: i64,
    pub form: Filled,
    /// What a new one asks.
    pub terms: Vec<String>,
    pub may_share: bool,
}

impl Page for Form {
    const TEMPLATE: &'static str = "saved-searches/form.html";
}

/// `GET /saved-searches/{id}/removal` (posts there). Field: `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RemovalPage {
    pub saved: Row,
    pub version: i64,
    pub form: Filled,
}

impl Page for RemovalPage {
    const TEMPLATE: &'static str = "saved-searches/removal.html";
}

/// A search with something new, on the first page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct News {
    pub id: String,
    pub name: String,
    pub count: i64,
}
