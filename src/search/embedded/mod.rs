//! The engine inside the process: tantivy stores terms and texts, everything else is ours.
//!
//! A search computes sets of leads, segment by segment: `scope` says which exist for the asker, `compile`
//! turns a pattern of `tokens` into terms, `terms` and `phrase` look them up, `tiers` weighs, `rank` orders,
//! `facets` counts, `kept` remembers what took long, and `execute` does it all. `live` is an index on disk, `directory`
//! says which one is current, `writer` fills it, `rebuild` replaces it, and `beside` reads it while another process
//! does.

mod beside;
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

/// As answers and settings call it.
const NAME: &str = "embedded";

/// Opens the index in `dir`, or an empty one where there is none that can be used; `status` then says that it
/// needs a rebuild. Fails with `Locked` while another process has it open.
pub fn open_embedded(dir: &Path, settings: Settings) -> Result<Arc<dyn SearchEngine>, SearchError> {
    Ok(Arc::new(writer::Embedded::open(dir, settings)?))
}

/// The index in `dir` for reading: what is committed now, whoever holds it. Where there is none that can be used, `status`
/// says that it needs a rebuild.
pub fn open_embedded_to_read(dir: &Path, settings: Settings) -> Arc<dyn SearchEngine> {
    Arc::new(beside::Beside::open(dir, settings))
}

/// Whether a process has the index in `dir` open for writing.
pub fn is_held(dir: &Path) -> Result<bool, SearchError> {
    directory::Directory::is_held(dir)
}
