//! Referrers (引荐人): who brought a lead, kept as a register.
//!
//! An import that names an unknown one creates it with the status `review`; an editor confirms it, or merges
//! it into the one it is. Who may is in `policy`; what is entered, and what both registers share, in
//! `registers`. Filings and awards come with the awards.

pub mod editing;
pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod view;

pub use model::Referrer;
