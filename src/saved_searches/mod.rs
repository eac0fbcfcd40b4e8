//! Searches that somebody keeps under a name: his own, or shared with his unit, whose members then read it with their own
//! eyes and change nothing.
//!
//! Who wishes it is told when a search finds something new (`matching`, a job behind the index): a lead is new for him
//! once, when the search first finds it after his wish. What it found at the wish is written down as known: a row each
//! where that is little (`asking`), else, and where the engine did not answer, by the worker in one text (`surveying`). Scope and fields are his of now, at the
//! finding and at every look. Who may is in `policy`.

pub mod asking;
pub mod editing;
pub mod forms;
pub mod handlers;
pub mod known;
pub mod matching;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod surveying;
pub mod terms;
pub mod view;

pub use model::SavedSearch;
