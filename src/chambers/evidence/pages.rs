//! Pages of evidence.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::chambers::pages::Row as Chamber;
use crate::web::filled::Filled;
use crate::web::templates::Page;

/// `GET /chambers/{id}/evidence?from=&to=`. The forms post to `…/evidence/confirmation` (`from`, `to`, `note`) and
/// `…/evidence/revocation` (`from`, `to`, `reason`).
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub chamber: Chamber,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Hrefs of the years before and after.
    pub prev: String,
    pub next: String,
    pub figures: Vec<Figure>,
    pub score: Option<i64>,
    pub president: Option<String>,
    /// By name.
    pub labels: Vec<String>,
    pub confirmation: Option<Confirmation>,
    /// Every period that was confirmed, the latest first.
    pub confirmations: Vec<ConfirmedPeriod>,
    /// Before it is confirmed.
    pub counted_twice: Option<CountedTwice>,
    pub pdf_href: String,
    pub xlsx_href: String,
    pub may_confirm: bool,
    pub may_revoke: bool,
    pub form: Filled,
}

impl Page for Show {
    const TEMPLATE: &'static str = "chambers/evidence/show.html";
}

/// A figure, and the rows that it opens.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figure {
    /// Code.
    pub code: String,
    pub value: i64,
    /// In fen.
    pub is_amount: bool,
    pub href: String,
    /// What it is by now, where that differs from what was confirmed.
    pub now: Option<i64>,
}

/// Leads and projects that confirmed sheets of other chambers count already.
#[derive(Clone, Debug, Serialize)]
pub struct CountedTwice {
    pub records: usize,
    /// By code and name.
    pub chambers: Vec<String>,
}

/// The federation's word, given or taken back.
#[derive(Clone, Debug, Serialize)]
pub struct Confirmation {
    /// UTC
    pub at: NaiveDateTime,
    pub by: Option<String>,
    pub note: Option<String>,
}

/// A period that the federation confirmed, and what it said when it took that back.
#[derive(Clone, Debug, Serialize)]
pub struct ConfirmedPeriod {
    /// The sheet; empty once it was taken back.
    pub href: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub confirmed: Confirmation,
    /// Its note is the reason.
    pub revoked: Option<Confirmation>,
}

/// `GET /chambers/{id}/evidence/{figure}?from=&to=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Opened {
    pub chamber: Chamber,
    pub figure: Figure,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// The sheet that it belongs to.
    pub back: String,
    pub rows: Vec<OpenedRow>,
    /// Rows that count and that the reader does not see.
    pub hidden: usize,
    pub total: Option<i64>,
    pub next: String,
}

impl Page for Opened {
    const TEMPLATE: &'static str = "chambers/evidence/rows.html";
}

/// A lead or project that makes the figure.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OpenedRow {
    pub href: String,
    pub code: String,
    pub title: String,
    pub on: Option<NaiveDate>,
    /// `60%`
    pub share: String,
    pub value: Option<i64>,
}

/// `GET /chambers/comparison?from=&to=&sort=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Comparison {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub prev: String,
    pub next_year: String,
    pub columns: Vec<Column>,
    pub rows: Vec<ComparedRow>,
    /// `web::chart::Chart` as JSON.
    pub chart: String,
    pub total: Option<i64>,
    pub next: String,
    /// To who gives the weights.
    pub may_weigh: bool,
}

impl Page for Comparison {
    const TEMPLATE: &'static str = "chambers/evidence/comparison.html";
}

/// A column that the chambers can be put in order by.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Column {
    /// Code of a figure, or `score`.
    pub code: String,
    pub href: String,
    pub is_chosen: bool,
}

/// A chamber among the others; the values stand as the columns do.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ComparedRow {
    pub name: String,
    pub href: String,
    pub values: Vec<Figure>,
    /// Whether the federation confirmed other figures for these days.
    pub is_changed: bool,
}

/// `GET|POST /chambers/weights`. Fields: the code of each figure, `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct WeightsForm {
    pub figures: Vec<String>,
    pub version: i64,
    /// Who changed them last.
    pub by: Option<String>,
    /// UTC
    pub at: Option<NaiveDateTime>,
    pub reason: Option<String>,
    pub may_weigh: bool,
    pub form: Filled,
}

impl Page for WeightsForm {
    const TEMPLATE: &'static str = "chambers/evidence/weights.html";
}
