//! The product from outside: one binary, so that it links once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test or bench fails by panicking"
)]

mod about_to;
mod access;
mod accounts;
mod api;
mod attachments;
mod attributions;
mod audit;
mod award_applications;
mod award_notices;
mod awards;
mod chambers;
mod claims;
mod commands;
mod comparison;
mod db;
mod duplicates;
mod employment;
mod events;
mod filings;
mod follow_ups;
mod imports;
mod leads;
mod notices;
mod pages;
mod policies;
mod projects;
mod questions;
mod quota;
mod recommendations;
mod reference;
mod referrers;
mod saved_searches;
mod search;
mod support;
mod teams;
mod townsmen;
mod web;
