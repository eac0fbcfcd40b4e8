//! Later claims (后报): a liaison's report of what is already registered, kept sealed, and the bureau's answer
//! to it.
//!
//! A report becomes a claim in `filing`; the bureau answers it once, in `answering`, by the day that was
//! promised. Who may is in `policy`; the claims that exist for an actor, in `queries::visible_to`.

pub mod answering;
pub mod filing;
pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod view;

pub use model::Claim;
