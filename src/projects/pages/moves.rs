//! The small pages of a project: each does one thing, and works as a page of its own.

use super::{PoolState, ProjectHead};
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use serde::Serialize;

/// `GET|POST /projects/{id}/pool-entry`. Fields: `entered_on`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PoolEntry {
    pub project: ProjectHead,
    pub form: Filled,
    pub pool: PoolState,
}

impl Page for PoolEntry {
    const TEMPLATE: &'static str = "projects/pool-entry/form.html";
}

/// `GET|POST /projects/{id}/withdrawal`. Fields: `withdrawn_on`, `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Withdrawal {
    pub project: ProjectHead,
    pub form: Filled,
}

impl Page for Withdrawal {
    const TEMPLATE: &'static str = "projects/withdrawal/form.html";
}

/// `GET|POST /projects/{id}/assignment`. Fields: `leader`, `officer`, `reason`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Assignment {
    pub project: ProjectHead,
    pub form: Filled,
    pub leaders: Vec<Choice>,
    pub officers: Vec<Choice>,
    /// Names from a ledger that are no user's.
    pub leader_name: Option<String>,
    pub officer_name: Option<String>,
    /// It must have a leader.
    pub in_pool: bool,
}

impl Page for Assignment {
    const TEMPLATE: &'static str = "projects/assignment/form.html";
}

/// `GET|POST /projects/{id}/contract`. Fields: `kind` `signed_on` `parties` (one a line) · `total_investment`
/// `fixed_investment` `land_premium` (万元) · for each row n `year_<n>_fixed` `year_<n>_land`, `funding_<n>_source`
/// `funding_<n>_amount` · `more` (asks for more rows) · `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Contract {
    pub project: ProjectHead,
    pub form: Filled,
    /// Codes.
    pub kinds: Vec<Choice>,
    /// Numbers of the rows that are shown.
    pub years: Vec<usize>,
    pub funding: Vec<usize>,
    pub is_new: bool,
}

impl Page for Contract {
    const TEMPLATE: &'static str = "projects/contract/form.html";
}

/// `GET|POST /projects/{id}/contract/supplements`. Fields: `signed_on`, `content`, `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Supplement {
    pub project: ProjectHead,
    pub form: Filled,
}

impl Page for Supplement {
    const TEMPLATE: &'static str = "projects/contract/supplements/form.html";
}

/// `GET|POST /projects/{id}/deletion`. Fields: `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Deletion {
    pub project: ProjectHead,
    pub form: Filled,
    /// It is withdrawn then, not deleted.
    pub was_in_pool: bool,
}

impl Page for Deletion {
    const TEMPLATE: &'static str = "projects/deletion/form.html";
}

/// `GET|POST /projects/export?…` with the list's filters. Fields: `format`, `reason`; answers with the file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Export {
    pub form: Filled,
    /// Where it posts to, with the filters.
    pub action: String,
    /// The list that it was called from.
    pub back: String,
    pub count: i64,
    /// Codes.
    pub formats: Vec<Choice>,
}

impl Page for Export {
    const TEMPLATE: &'static str = "projects/export.html";
}
