//! Pages of the list of townsmen.

use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use chrono::NaiveDate;
use serde::Serialize;

/// `GET /townsmen?review_due=&q=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// What was asked: `review_due`, `q`.
    pub filter: Filled,
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    /// How many reviews are due, for the tab.
    pub due: i64,
    pub prev: String,
    pub next: String,
    pub may_create: bool,
}

impl Page for List {
    const TEMPLATE: &'static str = "townsmen/list.html";
}

/// A townsman.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub code: String,
    pub name: String,
    pub post: Option<String>,
    /// Where he is, by name.
    pub region: Option<String>,
    /// Where he comes from, by name.
    pub home: Option<String>,
    /// The chamber, or the person, that introduced him.
    pub introducer: Option<String>,
    pub review_due_on: Option<NaiveDate>,
    pub review_due: bool,
}

/// `GET /townsmen/{id}`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub townsman: Row,
    pub companies: Option<String>,
    pub help: Option<String>,
    pub consent: String,
    pub consent_on: Option<NaiveDate>,
    /// Where the chamber's page is, and that of the referrer whom he is.
    pub chamber_href: Option<String>,
    pub referrer_href: Option<String>,
    pub may_edit: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "townsmen/show.html";
}

/// `GET /townsmen/new` (posts to `/townsmen`), `GET /townsmen/{id}/edit` (posts to `/townsmen/{id}`).
///
/// Fields: `name` `post` `region` `home` `chamber_id` `introducer` `companies` `help` `referrer_id` `consent_on` `consent`
/// `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new one.
    pub townsman: Option<Row>,
    pub version: i64,
    pub form: Filled,
    pub homes: Vec<Choice>,
    /// Places, codes and names of chambers, and of referrers of kind `townsman`, for typing ahead.
    pub regions: Vec<String>,
    pub chambers: Vec<String>,
    pub referrers: Vec<String>,
}

impl Page for Form {
    const TEMPLATE: &'static str = "townsmen/form.html";
}

/// `GET /townsmen/{id}/review` (posts there). Fields: `consent_on` and `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReviewPage {
    pub townsman: Row,
    pub consent: String,
    pub version: i64,
    pub form: Filled,
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "townsmen/review.html";
}

/// `GET /townsmen/{id}/removal` (posts there). Fields: `reason` and `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RemovalPage {
    pub townsman: Row,
    pub version: i64,
    pub form: Filled,
}

impl Page for RemovalPage {
    const TEMPLATE: &'static str = "townsmen/removal.html";
}
