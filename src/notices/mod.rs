//! Notices (通知) of the bureau to the liaisons of chambers: to all, to those of some kinds, or of chosen ones.
//!
//! One comes on its first day, is over after its last, or is retracted with a reason; it is never deleted. Who reads it
//! says so, with the time; an edit that is to be read again makes another edition, which nobody has read. Who may is in
//! `policy`, how one stands on a day in `rules`.

pub mod editing;
pub mod forms;
pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod rules;
pub mod view;

pub use model::Notice;
