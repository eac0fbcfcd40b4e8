//! The first page of the day.

mod changes;
mod claims;
pub mod handlers;
pub mod pages;
