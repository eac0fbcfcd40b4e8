//! Pages of recommendations.

use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use chrono::NaiveDate;
use serde::Serialize;

/// `GET /recommendations?state=&q=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// What was asked: `state`, `q`.
    pub filter: Filled,
    pub states: Vec<Choice>,
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    pub prev: String,
    pub next: String,
    pub may_create: bool,
}

impl Page for List {
    const TEMPLATE: &'static str = "recommendations/list.html";
}

/// A recommendation.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub code: String,
    /// By name, as size, credit and result.
    pub county: String,
    pub enterprise: String,
    pub size: String,
    pub chamber: Option<String>,
    /// Code of the kind.
    pub recipient_kind: String,
    pub recipient: String,
    pub need_fen: i64,
    pub credit: String,
    /// Code of `RecommendationState`.
    pub state: String,
    pub sent_on: Option<NaiveDate>,
    pub result: Option<String>,
    pub result_on: Option<NaiveDate>,
}

/// `GET /recommendations/{id}`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub recommendation: Row,
    pub uscc: Option<String>,
    pub note: Option<String>,
    /// Where the chamber's page is, for who reads it.
    pub chamber_href: Option<String>,
    pub may_edit: bool,
    /// It was not sent yet.
    pub may_delete: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "recommendations/show.html";
}

/// `GET /recommendations/new` (posts to `/recommendations`), `GET /recommendations/{id}/edit` (posts to
/// `/recommendations/{id}`).
///
/// Fields: those of `RecommendationBody` (`need_fen` in 万元) and `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new one.
    pub recommendation: Option<Row>,
    pub version: i64,
    pub form: Filled,
    pub counties: Vec<Choice>,
    pub sizes: Vec<Choice>,
    pub credits: Vec<Choice>,
    pub results: Vec<Choice>,
    pub recipient_kinds: Vec<Choice>,
    /// Codes and names, for typing ahead.
    pub chambers: Vec<String>,
}

impl Page for Form {
    const TEMPLATE: &'static str = "recommendations/form.html";
}

/// `GET /recommendations/{id}/deletion` (posts there). Field: `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DeletionPage {
    pub recommendation: Row,
    pub version: i64,
    pub form: Filled,
}

impl Page for DeletionPage {
    const TEMPLATE: &'static str = "recommendations/deletion.html";
}
