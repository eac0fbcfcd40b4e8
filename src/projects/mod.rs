//! Projects (项目): what became of leads whose contract is signed, and the pool of key projects (重点项目库,
//! plan clause 三(四)2(1)).
//!
//! A project is made of a lead with a signed contract, or entered directly. It enters the pool when `rules::check_entry`
//! finds nothing lacking, and leaves it by a withdrawal with a reason. Its contract is kept here; how far it has
//! come stands in `milestones`. Who sees what: `queries::visible_to`; who may: `policy`.

pub mod contract;
pub mod editing;
mod filling;
pub mod forms;
pub mod handlers;
pub mod ledger;
pub mod model;
pub mod of_lead;
pub mod operations;
pub mod pages;
mod people;
mod phases;
pub mod policy;
pub mod pool;
pub mod queries;
pub mod reached;
pub mod rules;
pub mod view;
