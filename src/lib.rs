//! Yinfeng (引凤): the investment-attraction CRM of a city's investment-promotion bureau.
//!
//! Any path can be guessed from a URL: see docs/ARCHITECTURE.md.

pub mod accounts;
pub mod audit;
pub mod clock;
pub mod companies;
pub mod db;
pub mod home;
pub mod imports;
pub mod leads;
pub mod money;
pub mod schema;
pub mod search;
pub mod web;
