//! Pages of attributions.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::leads::pages::{LeadHead, Link};
use crate::web::filled::Filled;
use crate::web::templates::Page;

/// `GET|POST /leads/{id}/attribution`. Fields: `chamber_1` … `chamber_5` (by name), `share_1` … `share_5` (percent),
/// `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub lead: LeadHead,
    pub shares: Vec<Part>,
    pub waiting: Option<Row>,
    /// Whether the reader may open the change that waits.
    pub opens: bool,
    pub history: Vec<Row>,
    pub form: Filled,
    /// Numbers of the lines of the form; none for who only reads, or while a change waits.
    pub lines: Vec<usize>,
    /// Names of chambers for typing ahead.
    pub chambers: Vec<String>,
    /// What is saved holds at once.
    pub decides: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "attributions/show.html";
}

/// A chamber's part.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Part {
    pub name: String,
    /// `60%`
    pub share: String,
}

/// A change as pages show it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    /// Without an href when the reader does not see it.
    pub lead: Link,
    /// UTC
    pub at: Option<NaiveDateTime>,
    /// Who proposed it; `None` for a liaison.
    pub by: Option<String>,
    pub before: Vec<Part>,
    pub after: Vec<Part>,
    pub reason: Option<String>,
    pub consents: Vec<Said>,
    /// `None` while it waits.
    pub end: Option<End>,
}

/// How a change ended.
#[derive(Clone, Debug, Serialize)]
pub struct End {
    /// Code of the outcome.
    pub outcome: String,
    pub reason: Option<String>,
    /// UTC
    pub at: NaiveDateTime,
    /// `None` for a liaison.
    pub by: Option<String>,
}

/// What a chamber says.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Said {
    pub name: String,
    /// `yes`, `no` or `waiting`
    pub word: &'static str,
    pub reason: Option<String>,
}

/// `GET /attribution-changes?cursor=`: what waits.
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    pub rows: Vec<Row>,
    /// To a liaison: those that ended lately and changed his chamber's part, or would have.
    pub ended: Vec<Row>,
    pub total: Option<i64>,
    pub next: String,
    /// A liaison's: what waits for his chamber's word.
    pub own: bool,
}

impl Page for List {
    const TEMPLATE: &'static str = "attributions/list.html";
}

/// `GET /attribution-changes/{id}`; the form posts to `…/consent` (`agrees`, `reason`), `…/decision` (`decision`,
/// `reason`) or `…/withdrawal` (`reason`).
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChangePage {
    pub change: Row,
    pub form: Filled,
    pub answers: bool,
    pub decides: bool,
    pub withdraws: bool,
}

impl Page for ChangePage {
    const TEMPLATE: &'static str = "attributions/change.html";
}
