//! HTTP of questions, one resource a file: HTML and JSON of the same resource side by side.

pub mod answer;
pub mod list;
pub mod record;
