//! Policy versions (政策版本): what a plan asks for and pays, as data. Seeds in seeds/policies/*.toml; a file of
//! the same name in `<data_dir>/policies` takes its place, another name adds a version. A new plan needs no code.
//! The bureau head loads versions and extends them on a page; these stand in the database (`book`).
//!
//! A version has its title, its window, the pool's criteria, the quotas, and the award rules (`awards`).

pub mod awards;
mod book;
pub mod editing;
pub mod handlers;
mod load;
mod model;
pub mod pages;
pub mod policy;
pub mod queries;

pub use book::Book;
pub use load::{Policies, PolicyError, parse};
pub use model::{Criteria, Extension, Metric, Policy, PolicyName, Quota, ScopeKind};
