//! HTTP of follow-ups.

pub mod page;
pub mod record;
