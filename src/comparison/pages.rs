//! The counties side by side.

use crate::projects::pages::Way;
use crate::web::templates::Page;
use serde::Serialize;
use std::collections::BTreeMap;

/// `GET /comparison?year=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub year: i32,
    pub prev: String,
    pub next: String,
    /// The last one is of all together, and has no name.
    pub rows: Vec<Row>,
    /// `web::chart::Chart` as JSON.
    pub chart: String,
    pub ways: Vec<Way>,
}

impl Page for Show {
    const TEMPLATE: &'static str = "comparison/show.html";
}

/// A county.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub name: Option<String>,
    /// By figure, the projects behind it; those that the reader's list does not show have none.
    pub hrefs: BTreeMap<&'static str, String>,
    pub in_pool: i64,
    pub key: i64,
    pub entered: i64,
    pub started: i64,
    pub producing: i64,
    pub total_investment_fen: i64,
}
