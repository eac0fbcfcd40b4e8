//! Pages of later claims.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::leads::pages::Link;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /claims?state=waiting|answered|all&cursor=`. A liaison's own come all together, others' the waiting ones.
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    pub state: String,
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    /// How many wait for an answer, for the tab.
    pub waiting: i64,
    pub next: String,
    /// A liaison's list: his reports and the answers to them.
    pub own: bool,
    pub may_answer: bool,
}

impl Page for List {
    const TEMPLATE: &'static str = "claims/list.html";
}

/// A claim as pages show it. What it is about is `None` for a liaison.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub investor_name: String,
    pub title: String,
    /// By name.
    pub county: Option<String>,
    pub content: Option<String>,
    pub contact_name: Option<String>,
    /// Masked.
    pub contact_phone: Option<String>,
    /// UTC
    pub at: Option<NaiveDateTime>,
    pub due_on: Option<NaiveDate>,
    /// Days past that day, negative when it is ahead; `None` once it is answered.
    pub due_days: Option<i64>,
    pub chamber: Option<String>,
    /// Code and title; without an href when the lead was deleted.
    pub lead: Option<Link>,
    pub answer: Option<Answer>,
}

/// What the bureau answered.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// Code of the decision.
    pub decision: String,
    pub text: String,
    /// UTC
    pub at: NaiveDateTime,
    /// Who gave it; `None` for the liaison.
    pub by: Option<String>,
}

/// `GET|POST /claims/{id}/answer`. Fields: `decision`, `text`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AnswerPage {
    pub claim: Row,
    pub form: Filled,
    pub decisions: Vec<Choice>,
}

impl Page for AnswerPage {
    const TEMPLATE: &'static str = "claims/answer.html";
}
