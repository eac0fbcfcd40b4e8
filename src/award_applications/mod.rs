//! Applications for awards (奖励申报), from draft to archive: domain/award-facts.md, "An application's way".
//!
//! A county officer drafts one for a project and a rule; its facts come from the project's records (`facts`), and what
//! no record knows is entered with it (`wanted`). On submission facts, version and result are frozen: later changes of
//! the project show as differences. The steps, who takes them, and that nobody takes two duties stand in `ways` and
//! `rules`; the room's only writer is `editing` with `steps`, `rulings` and `funding`. Whether a fact earns money is for
//! `crate::awards` to say.

pub mod archive;
pub mod card;
pub mod checklist;
pub mod computing;
pub mod county_cap;
pub mod differences;
pub mod editing;
pub mod fact_texts;
pub mod facts;
pub mod forms;
pub mod funding;
pub mod handlers;
pub mod identities;
pub mod model;
pub mod operations;
pub mod overlap;
pub mod overview;
pub mod pages;
pub mod papers;
pub mod parties;
pub mod payees;
pub mod policy;
pub mod queries;
pub mod rules;
pub mod rulings;
pub mod standing;
pub mod steps;
#[cfg(test)]
mod tests;
pub mod view;
pub mod wanted;
pub mod warnings;
pub mod ways;
pub mod what_if;
