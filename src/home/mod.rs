//! The first page of the day.

pub mod pages;
