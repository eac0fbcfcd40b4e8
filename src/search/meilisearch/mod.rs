//! The team engine: a Meilisearch server, asked by its own client. It stores the terms that we make of each text
//! (`grams`), so that it finds what the embedded engine finds; its own reading of Chinese is not used.
//!
//! `attributes` says what its fields are called and weighed, `index_settings` what it is told about them, `record`
//! what it stores of a lead. A question becomes terms (`terms`, `near_terms`), a filter (`filter`), a few queries
//! whose answers the server makes one (`question`, `ask`); what matched is marked here (`hits`). `engine` writes,
//! `rebuild` fills a new index beside and swaps, `server` makes the calls: `http` is their way, `breaker` spares a
//! server that does not answer.

mod ask;
mod attributes;
mod breaker;
mod engine;
mod filter;
mod grams;
mod hits;
mod http;
mod index_settings;
mod near_terms;
mod question;
mod rebuild;
mod record;
mod server;
mod spelling;
mod terms;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::engine::SearchEngine;
use super::error::SearchError;
use super::settings::Settings;
use crate::config;

/// The engine at this address. Nothing is asked of it yet: it may be down.
///
/// # Errors
/// A key that no request can carry; no threads.
pub fn open_meilisearch(
    place: &config::Meilisearch,
    settings: Settings,
) -> Result<Arc<dyn SearchEngine>, SearchError> {
    Ok(Arc::new(engine::Meilisearch::open(place, settings)?))
}
