//! Referrers (引荐人): who brought a lead, kept as a register.
//!
//! An import that names an unknown one creates it with the status `review`; an editor confirms it, or merges
//! it into the one it is. A team has members. Identity numbers and bank accounts are encrypted, with a keyed hash by
//! which equal ones are found. Who may is in `policy`; what both registers share in `registers`; what a referrer is
//! filed for in `filings`.

pub mod editing;
pub mod forms;
pub mod handlers;
pub mod identity;
pub mod members;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod trail;
pub mod view;

pub use model::Referrer;
