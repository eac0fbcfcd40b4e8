//! A liaison's report: the short form of a new lead, made for a thumb.

use serde::Serialize;

use super::Link;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /leads/new` for a chamber's liaison, whose chamber is the source; posts to `/leads`.
///
/// Fields: `investor_name` `content` `county` `industry` `contact_name` `contact_phone`, and folded away `title`
/// `total_investment` (万元) `contact_post`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub form: Filled,
    pub counties: Vec<Choice>,
    pub industries: Vec<Choice>,
    /// Whether one of the folded fields holds something or is wrong: then it is open.
    pub unfolded: bool,
    /// What his chamber reported of this investor before, by its code.
    pub known: Option<Link>,
}

/// What is folded away at first.
const FOLDED: [&str; 3] = ["title", "total_investment", "contact_post"];

impl Report {
    /// The form as it is filled.
    pub fn new(form: Filled, counties: Vec<Choice>, industries: Vec<Choice>) -> Self {
        let holds = |field: &str| form.values.get(field).is_some_and(|value| !value.is_empty());
        let unfolded = FOLDED.iter().any(|field| holds(field) || form.errors.contains_key(*field));
        Report { unfolded, form, counties, industries, known: None }
    }
}

impl Page for Report {
    const TEMPLATE: &'static str = "leads/report.html";
}
