//! Townsmen (乡贤): people of the home region abroad or elsewhere who agreed to be listed, and how they help.
//!
//! Kept is what the work needs (PIPL art. 6): post, where they are, companies, the help they offered, who introduced
//! them; no family, no birthday. Who agreed, when and with which words stands beside it; after two years somebody asks
//! again (`rules`), and whoever asks to be removed is: name and all go with the row's own key, in the trail too
//! (`model`), and that there was one stays.

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

pub use model::Townsman;
