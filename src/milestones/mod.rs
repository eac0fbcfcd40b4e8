//! Milestones (节点) of a project, from contract to the statistical register, planned and actual.
//!
//! Those that count (`rules::counts`) need evidence of a named kind and somebody who verifies them and did not
//! enter them; what is not verified never counts. planned → reported → verified | refused → reported … Rules: `rules`.

pub mod editing;
pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod queries;
pub mod rules;
pub mod view;
