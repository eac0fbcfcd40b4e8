//! HTTP of search.

pub mod page;
pub mod results;
pub mod status;
pub mod words;
