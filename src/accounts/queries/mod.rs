//! All SQL of accounts, by table.

pub mod failures;
pub mod sessions;
pub mod tokens;
pub mod users;
