//! Teams that attract investment (招商队伍, plan clause 三(四)2(7)): of the city, of a county, or joint ones.
//!
//! A team has members with their terms, and goes on trips: resident ones (驻点) and others (外出), with the leads that came of
//! them. How stable it is follows from the terms (`rules`). A member or trip is changed with the team's version and
//! stands in the team's trail.

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

pub use model::Team;
