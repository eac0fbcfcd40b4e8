//! Referrers (引荐人): who brought a lead, kept as a register.
//!
//! An import that names an unknown one creates it with the status `review`.

pub mod model;
pub mod pages;
pub mod queries;

pub use model::Referrer;
