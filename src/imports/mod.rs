//! Imports of ledgers (台账导入): read, preview, apply.

pub mod ledger;
