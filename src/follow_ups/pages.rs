//! Recording a follow-up.

use serde::Serialize;

use crate::leads::pages::LeadHead;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /leads/{id}/follow-ups/new`; posts to `/leads/{id}/follow-ups`.
///
/// Fields: `kind`, `at` (China's time, `YYYY-MM-DDTHH:MM`), `content`, `ours`, `theirs`, `next_step`, `next_on`,
/// `file`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    pub lead: LeadHead,
    pub form: Filled,
    /// Codes of the kinds.
    pub kinds: Vec<Choice>,
    /// What the file chooser offers.
    pub accept: String,
}

impl Page for Form {
    const TEMPLATE: &'static str = "follow_ups/form.html";
}
