//! Leads (线索): from the first report on until a contract is signed or the lead is closed.
//!
//! Life: stages in `model`, what each stage needs in seeds/reference/stages.toml, who may do what in
//! `policy`, what follows from a move in `rules`, all SQL in `queries`.

pub mod editing;
pub mod export;
pub mod forms;
pub mod handlers;
pub mod last_changes;
pub mod merging;
pub mod model;
pub mod next;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod promise;
pub mod queries;
pub mod registration;
pub mod rules;
pub mod source_names;
pub mod sources;
pub mod timeline;
pub mod view;
