//! HTTP of search.

pub mod results;
