//! Follow-ups (跟进记录): what was done about a lead, with whom, and what comes next.

pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod queries;
pub mod view;

pub use model::{FollowUp, FollowUpKind};
