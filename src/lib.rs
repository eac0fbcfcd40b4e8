//! Yinfeng (引凤): the investment-attraction CRM of a city's investment-promotion bureau.
//!
//! Any path can be guessed from a URL: see docs/ARCHITECTURE.md.

pub mod about_to;
pub mod accounts;
pub mod api;
pub mod app;
pub mod attachments;
pub mod audit;
pub mod award_applications;
pub mod award_notices;
pub mod awards;
pub mod chambers;
pub mod characters;
pub mod claims;
pub mod clock;
pub mod commands;
pub mod companies;
pub mod comparison;
pub mod confidential;
pub mod config;
pub mod contacts;
pub mod db;
pub mod demo;
pub mod duplicates;
pub mod employment;
pub mod error;
pub mod fields;
pub mod filings;
pub mod follow_ups;
pub mod home;
pub mod imports;
pub mod jobs;
pub mod leads;
pub mod milestones;
pub mod money;
pub mod papers;
pub mod policies;
pub mod projects;
pub mod quota;
pub mod reference;
pub mod referrers;
pub mod registers;
pub mod routes;
pub mod schema;
pub mod search;
pub mod web;
