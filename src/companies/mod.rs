//! Companies (企业): investors by name and credit code, and when two names are the same company.

pub mod identity;
pub mod name;
pub mod names;
pub mod queries;
pub mod uscc;
