//! All SQL of accounts, by table.

pub mod failures;
pub mod sessions;
pub mod set_up_links;
pub mod tokens;
pub mod users;
