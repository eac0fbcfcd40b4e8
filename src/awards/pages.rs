//! Pages of awards.

use super::estimates::{Ceiling, Estimate};
use crate::projects::pages::Way;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use serde::Serialize;

/// `GET /awards/estimates?kind=&investment=&sets=&above_scale=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct EstimatePage {
    /// Those of the plan; none where it names none.
    pub ceilings: Vec<Ceiling>,
    pub kinds: Vec<Choice>,
    pub form: Filled,
    pub estimate: Option<Estimate>,
    pub ways: Vec<Way>,
}

impl Page for EstimatePage {
    const TEMPLATE: &'static str = "awards/estimates.html";
}
