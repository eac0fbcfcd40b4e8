//! HTTP of follow-ups.

pub mod record;
