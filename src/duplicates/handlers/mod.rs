//! HTTP of duplicates.

pub mod page;
pub mod question;
