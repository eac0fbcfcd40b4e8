//! Full-text search over leads and, in an index of their own, what belongs to them (`records`): one trait (`engine`),
//! an embedded engine (`embedded`) and a server for teams (`meilisearch`), the way both read Chinese (`tokens`). None of
//! these knows SQL or our HTTP. `index_job` and `reindex` fill an engine (`unfinished` says how far), under `lease` where several processes may;
//! `agreement` holds it against the database; `fallback` answers from the database when the engine does not, under the same filters (`filtered`). Data for any engine stands in search/ at the top.

pub mod agreement;
pub mod answer;
mod attached;
pub mod document;
pub mod embedded;
pub mod engine;
pub mod error;
pub mod evaluation;
pub mod fallback;
pub mod fields;
mod filtered;
pub mod finding;
pub mod handlers;
mod highlight;
pub mod index_job;
pub mod lease;
pub mod meilisearch;
pub mod narrowing;
mod near;
pub mod numbers;
pub mod operations;
pub mod pages;
mod papers;
pub mod query;
pub mod records;
pub mod reindex;
pub mod settings;
pub(crate) mod stored;
#[cfg(test)]
mod suite;
pub mod tokens;
pub mod unfinished;
pub mod view;

pub use answer::{EngineStatus, SearchAnswer, SearchHit};
pub use document::{AttachedText, LeadDocument};
pub use engine::{Rebuild, SearchEngine};
pub use error::SearchError;
pub use fields::{FacetField, FieldSet, LeadField};
pub use query::{Among, Bounds, Filters, LeadScope, SearchQuery};
pub use settings::Settings;

use crate::config::{self, SearchEngineKind};
use std::sync::Arc;

/// The engine that is set, over the index of these settings.
///
/// # Errors
/// `Locked` while another process has the embedded index open. That a server does not answer is none.
pub fn open(settings: &config::Settings, search: &Settings) -> Result<Arc<dyn SearchEngine>, SearchError> {
    match &settings.search.engine {
        SearchEngineKind::Embedded => {
            embedded::open_embedded(&settings.index_dir().join(&search.folder), search.clone())
        }
        SearchEngineKind::Meilisearch(place) => meilisearch::open_meilisearch(place, search.clone()),
    }
}

/// Whether another process has the embedded index of these settings open for writing.
pub fn is_held(settings: &config::Settings, search: &Settings) -> Result<bool, SearchError> {
    match &settings.search.engine {
        SearchEngineKind::Embedded => embedded::is_held(&settings.index_dir().join(&search.folder)),
        SearchEngineKind::Meilisearch(_) => Ok(false),
    }
}

/// The same as `open` for reading: what is committed now, also beside a process that writes. It makes and locks nothing.
///
/// # Errors
/// As `open`, but never `Locked`.
pub fn open_to_read(
    settings: &config::Settings,
    search: &Settings,
) -> Result<Arc<dyn SearchEngine>, SearchError> {
    match &settings.search.engine {
        SearchEngineKind::Embedded => {
            Ok(embedded::open_embedded_to_read(&settings.index_dir().join(&search.folder), search.clone()))
        }
        SearchEngineKind::Meilisearch(_) => open(settings, search),
    }
}
