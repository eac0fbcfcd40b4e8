//! Awards (奖励): whether the facts of a project or enterprise earn one, how much, and why, step by step.
//!
//! Pure: facts and a policy version in, an `Award` out; no clock, no database, whole fen only. The contract is
//! domain/award-facts.md, the readings are domain/rules.md 1.3. What a plan fixes (thresholds, rates, caps, windows,
//! industries, readings) stands in its file (`crate::policies::awards`); one file of `rules/` knows the order of the
//! checks of one award.
//!
//! A computation: `question` reads who is asked for which rule (`reading` a line of JSON, the API's body), `engine`
//! finds the version, `rules` reads the facts, names what is wrong with them (an error, before any check) and judges;
//! `trace` keeps the steps; `words` says them to people.

pub mod engine;
pub mod estimates;
mod facts;
pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod question;
mod reading;
mod rules;
#[cfg(test)]
mod tests;
mod trace;
mod words;

pub use engine::Engine;
pub use model::Award;
pub use reading::Refused;
pub use trace::{shared, unknown_word};
pub use words::{Words, percent};
