//! Questions (问询) of the bureau or a county to the chamber that a lead came from, and its liaison's answers.
//!
//! A question goes to the lead's chamber of that day, is to be answered within the promised working days
//! (`leads::promise`), and is answered once. Both stand in the lead's timeline. Who may is in `policy`; the
//! questions that exist for an actor, in `queries::visible_to`.

pub mod answering;
pub mod asking;
pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod view;

pub use model::Question;
