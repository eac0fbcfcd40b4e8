//! HTTP of milestones: `/projects/{id}/milestones/{kind}`, entering and verifying.

mod api;
mod page;

pub use api::{MilestoneDecision, VerificationBody, update, verify};
pub use page::{form, submit, submit_verification, verification_form};
