//! Policy versions (政策版本): what a plan asks for and pays, as data. Seeds in seeds/policies/*.toml; a file of
//! the same name in `<data_dir>/policies` takes its place, another name adds a version. A new plan needs no code.
//!
//! Here stand the title, the window, the pool's criteria and the quotas; the award rules join them with the awards.

mod load;
mod model;

pub use load::Policies;
pub use model::{Criteria, Metric, Policy, Quota, ScopeKind};
