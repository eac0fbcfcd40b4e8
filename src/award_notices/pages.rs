//! The page of the notices.

use super::view::NoticeView;
use crate::projects::pages::Way;
use crate::web::templates::Page;
use serde::Serialize;

/// `GET /award-notices?cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    pub next: String,
    pub ways: Vec<Way>,
}

impl Page for List {
    const TEMPLATE: &'static str = "award-notices/list.html";
}

/// A notice.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub notice: NoticeView,
    /// By name.
    pub county: String,
}
