//! The first page of the day.

pub mod handlers;
pub mod pages;
