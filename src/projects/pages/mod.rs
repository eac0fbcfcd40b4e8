//! Pages of projects: one struct per template, plain data only, filled by the handlers.

mod list;

pub use list::{Board, Column, List, ListChoices, Next, Row};

use crate::accounts::Role;
use crate::projects::policy;
use crate::web::address;
use crate::web::filled::Filled;
use serde::Serialize;

/// One of the views of the pool; its name is `pool-way-<key>`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Way {
    pub key: &'static str,
    pub href: String,
    pub current: bool,
}

/// The views of the pool that a role has; table and board keep the filters that are set.
pub fn ways(role: Role, current: &str, filter: &Filled) -> Vec<Way> {
    let kept = |path: &str| address::with(path, &filter.values, &[("sort", ""), ("limit", "")]);
    let all = [
        ("table", kept("/projects"), policy::reads(role)),
        ("board", kept("/projects/board"), policy::reads(role)),
    ];
    let open = all.into_iter().filter(|(.., may)| *may);
    open.map(|(key, href, _)| Way { key, href, current: key == current }).collect()
}
