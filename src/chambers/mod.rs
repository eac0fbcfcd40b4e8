//! Chambers of commerce (商会) and associations: sources of leads, kept as a register.
//!
//! An import that names an unknown one creates it with the status `review`; an editor confirms it, or merges
//! it into the one it is. What holds of it for a time, from its president to its agreements, is in `entries`; what
//! it brought in a period, in `evidence`. Who may is in `policy`; what both registers share, in `registers`.

pub mod editing;
pub mod entries;
pub mod evidence;
pub mod handlers;
pub mod ledger;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod view;

pub use model::Chamber;
