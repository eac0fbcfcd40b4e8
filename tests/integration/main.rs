//! The product from outside: one binary, so that it links once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test or bench fails by panicking"
)]

mod access;
mod accounts;
mod audit;
mod chambers;
mod db;
mod duplicates;
mod follow_ups;
mod leads;
mod pages;
mod projects;
mod quota;
mod reference;
mod referrers;
mod support;
