//! Imports of ledgers (台账导入): a file is read (`ledger`), its rows are judged (`reading`), shown
//! (`preview`) and, once confirmed, become leads (`application`).
//!
//! A file of more than 5,000 rows is worked off beside the request, by the outbox (`work`).

pub mod application;
pub mod conversion;
pub mod handlers;
pub mod ledger;
pub mod model;
pub mod operations;
pub mod pages;
pub mod preview;
pub mod queries;
pub mod reading;
pub mod work;
