//! Chambers of commerce (商会) and associations: sources of leads, kept as a register.
//!
//! An import that names an unknown one creates it with the status `review`.

pub mod model;
pub mod pages;
pub mod queries;

pub use model::Chamber;
