//! Who did what.

pub mod pages;
