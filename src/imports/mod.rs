//! Imports of ledgers (台账导入), of leads (`ledger`), of projects (`projects::ledger`) and of chambers
//! (`chambers::ledger`): a file is read, its rows are judged (`kinds`), shown (`preview`) and, once confirmed, become
//! records or change them (`application`).
//!
//! A large file is worked off beside the request, by the outbox (`work`).

pub mod application;
pub mod conversion;
pub mod handlers;
pub mod kinds;
pub mod ledger;
pub mod model;
pub mod operations;
pub mod pages;
pub mod preview;
pub mod queries;
pub mod reason;
pub mod work;
