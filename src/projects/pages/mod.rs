//! Pages of projects: one struct per template, plain data only, filled by the handlers.

mod form;
mod list;
mod moves;
mod show;

pub use form::{Conflict, Form};
pub use list::{Board, Column, List, ListChoices, Next, Row};
pub use moves::{Assignment, Contract, Deletion, Export, PoolEntry, Supplement, Withdrawal};
pub use show::{
    ContractFacts, Enclave, Event, Facts, Leader, May, MilestoneRow, Missing, Pool, PoolState, Show, Work,
    Year, track,
};

use crate::accounts::Role;
use crate::projects::policy;
use crate::web::address;
use crate::web::filled::Filled;
use serde::Serialize;

/// Which project a page is about: what stands above every small page of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProjectHead {
    pub id: String,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    /// Forms send it back as `version`.
    pub version: i64,
}

/// One of the views of the pool; its name is `pool-way-<key>`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Way {
    pub key: &'static str,
    pub href: String,
    pub current: bool,
}

/// The views of the pool that a role has; table and board keep the filters that are set.
pub fn ways(role: Role, current: &str, filter: &Filled) -> Vec<Way> {
    let kept = |path: &str| address::with(path, &filter.values, &[("sort", ""), ("limit", ""), ("year", "")]);
    let all = [
        ("table", kept("/projects"), policy::reads(role)),
        ("board", kept("/projects/board"), policy::reads(role)),
        ("about-to", "/about-to".to_owned(), policy::reads_about_to(role)),
        ("quota", "/quota".to_owned(), policy::reads_quota(role)),
        ("comparison", "/comparison".to_owned(), policy::reads_quota(role)),
    ];
    let open = all.into_iter().filter(|(.., may)| *may);
    open.map(|(key, href, _)| Way { key, href, current: key == current }).collect()
}
