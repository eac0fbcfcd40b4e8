//! Asking whether an investor is already here.

use chrono::NaiveDate;
use serde::Serialize;

use crate::leads::pages::{Likeness, Link};
use crate::web::filled::Filled;
use crate::web::templates::Page;

/// `GET /duplicates?investor_name=&uscc=&phone=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Question {
    pub form: Filled,
    /// Whether something was asked and answered.
    pub asked: bool,
    pub found: Vec<Likeness>,
    /// A liaison hears only that it is registered, and when the bureau answers.
    pub own: bool,
    pub answered_by: Option<NaiveDate>,
    /// The lead that his own chamber has of this investor.
    pub known: Option<Link>,
    /// The new lead with what was typed, for those who may register; empty for others.
    pub register: String,
}

impl Page for Question {
    const TEMPLATE: &'static str = "duplicates/question.html";
}
