//! Pages of notices.

use crate::attachments::pages::Attachments;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

/// `GET /notices?standing=&q=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// What was asked: `standing`, `q`.
    pub filter: Filled,
    pub standings: Vec<Choice>,
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    pub prev: String,
    pub next: String,
    pub may_create: bool,
    /// Its reader is whom they are for: he sees those that are there today.
    pub is_his: bool,
}

impl Page for List {
    const TEMPLATE: &'static str = "notices/list.html";
}

/// A notice in a few words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub title: String,
    pub from_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
    /// Code of `NoticeStanding`.
    pub standing: String,
    /// Code of `NoticeAudience`, for who is told.
    pub audience: Option<String>,
    /// Codes of the kinds that it goes to.
    pub kinds: Vec<String>,
    /// Names of the chambers that it goes to.
    pub chambers: Vec<String>,
    /// Chambers that it goes to and that have read it, for who is told.
    pub addressed: Option<i64>,
    pub read: Option<i64>,
    /// UTC; when its reader said that he read it.
    pub read_at: Option<NaiveDateTime>,
}

/// `GET /notices/{id}`; a liaison posts to `…/reading`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub notice: Row,
    pub text: String,
    /// How often it was given out to be read.
    pub edition: i64,
    /// UTC
    pub retracted_at: Option<NaiveDateTime>,
    pub retraction_reason: Option<String>,
    pub attachments: Option<Attachments>,
    pub may_edit: bool,
    /// It is for him, and he has not said yet that he read it.
    pub may_mark: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "notices/show.html";
}

/// `GET /notices/new` (posts to `/notices`), `GET /notices/{id}/edit` (posts to `/notices/{id}`).
///
/// Fields: `title` `text` `audience` `kinds` (each ticked) `chambers` (one a line) `from_on` `until_on` `read_again` (edit
/// only) `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new one.
    pub notice: Option<Row>,
    pub version: i64,
    pub form: Filled,
    pub audiences: Vec<Choice>,
    /// Codes of kinds, and whether they are ticked.
    pub kinds: Vec<(String, bool)>,
}

impl Page for Form {
    const TEMPLATE: &'static str = "notices/form.html";
}

/// `GET /notices/{id}/retraction` (posts there). Fields: `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RetractionPage {
    pub notice: Row,
    pub version: i64,
    pub form: Filled,
}

impl Page for RetractionPage {
    const TEMPLATE: &'static str = "notices/retraction.html";
}

/// `GET /notices/{id}/reading?cursor=`: the chambers that it goes to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReadingPage {
    pub notice: Row,
    pub rows: Vec<ReadingRow>,
    pub prev: String,
    pub next: String,
}

impl Page for ReadingPage {
    const TEMPLATE: &'static str = "notices/reading.html";
}

/// A chamber that a notice goes to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReadingRow {
    pub id: String,
    pub name: String,
    pub liaisons: i64,
    /// UTC
    pub read_at: Option<NaiveDateTime>,
}
