//! The engine inside the process: tantivy stores terms and texts, everything else is ours.
//!
//! A search computes sets of leads, segment by segment: `scope` says which exist for the asker, `compile`
//! turns a pattern of `tokens` into terms, `terms` and `phrase` look them up, `tiers` weighs, `rank` orders,
//! `facets` counts, `kept` remembers what took long, and `execute` does it all. `live` is an index on disk, `directory`
//! says which one is current, `writer` fills it and `rebuild` replaces it.

mod bits;
mod compile;
mod directory;
mod execute;
mod facets;
mod kept;
mod live;
mod lookup;
mod phrase;
mod rank;
mod rebuild;
mod schema;
mod scope;
mod segment;
mod terms;
#[cfg(test)]
mod tests;
mod tiers;
mod tokenizers;
mod writer;

use std::path::Path;
use std::sync::Arc;

use super::engine::SearchEngine;
use super::error::SearchError;
use super::settings::Settings;

/// Opens the index in `dir`, or an empty one where there is none that can be used; `status` then says that it
/// needs a rebuild. Fails with `Locked` while another process has it open.
pub fn open_embedded(dir: &Path, settings: Settings) -> Result<Arc<dyn SearchEngine>, SearchError> {
    Ok(Arc::new(writer::Embedded::open(dir, settings)?))
}
