//! Policy versions (政策版本): what a plan asks for and pays, as data. Seeds in seeds/policies/*.toml; a file of
//! the same name in `<data_dir>/policies` takes its place, another name adds a version. A new plan needs no code.
//! On a page a bureau head proposes (`proposing`) to load a version, to extend one, or to give its quota of a year to the
//! counties; a second person confirms (`deciding`), and from then on it counts (`book`). Documents are only added.
//!
//! A version has its title, its window, the pool's criteria, the quotas, and the award rules (`awards`).

pub mod awards;
mod book;
mod deciding;
mod fault;
pub mod handlers;
mod load;
mod model;
pub mod operations;
pub mod pages;
pub mod policy;
mod proposing;
pub mod queries;
mod reading;
mod sense;
pub mod view;

pub use book::Book;
pub use fault::PolicyError;
pub use load::Policies;
pub use model::{Criteria, Decomposition, Extension, Metric, Policy, PolicyName, Quota, ScopeKind, Support};
pub use reading::parse;
