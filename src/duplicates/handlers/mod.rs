//! HTTP of duplicates.

pub mod question;
