//! The four lists on one page.

use crate::projects::pages::Way;
use crate::web::templates::Page;
use chrono::NaiveDate;
use serde::Serialize;

/// `GET /about-to`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub lists: Vec<List>,
    pub ways: Vec<Way>,
}

impl Page for Show {
    const TEMPLATE: &'static str = "about-to/show.html";
}

/// One list; its name is `about-to-<code>`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    pub code: String,
    pub days: u32,
    pub total: i64,
    pub items: Vec<Item>,
}

/// A lead or a project.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    pub href: String,
    /// A lead, and no project yet.
    pub is_lead: bool,
    pub title: String,
    pub investor_name: String,
    /// By name.
    pub county: String,
    pub leader: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub on: Option<NaiveDate>,
    pub days: Option<i64>,
}
