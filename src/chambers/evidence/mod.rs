//! Evidence (成效) of a chamber in a period, for its evaluation (plan clause 三(四)2(5); domain/process.md 4.3): what it
//! brought and what became of it. Each figure opens to the rows that make it; the Federation of Industry and Commerce
//! confirms a sheet, which is kept as it was on that day. No score of itself: the bureau may give figures its weights.
//!
//! What a figure counts stands in `queries::facts`, once for the sum and for the rows; `rules` has what is worked out of
//! figures.

pub mod adding;
pub mod comparing;
pub mod confirming;
pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod papers;
pub mod queries;
pub mod rules;
pub mod view;
pub mod weighing;
