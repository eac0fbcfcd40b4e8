//! The page on which a year is entered.

use crate::projects::pages::ProjectHead;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use serde::Serialize;

/// `GET|POST /projects/{id}/employment`. Fields: `year`, `new_jobs`, `above_scale`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Enter {
    pub project: ProjectHead,
    pub form: Filled,
    pub years: Vec<Choice>,
    /// `true`, `false`.
    pub scales: Vec<Choice>,
    /// What is known, the latest year first.
    pub known: Vec<Year>,
}

impl Page for Enter {
    const TEMPLATE: &'static str = "projects/employment/form.html";
}

/// A year as a line.
#[derive(Clone, Debug, Serialize)]
pub struct Year {
    pub year: i64,
    pub new_jobs: i64,
    pub above_scale: bool,
    pub supported_first: bool,
    /// From how many new jobs it would be, as the version says that covers the year.
    pub wanted: Option<i64>,
}
