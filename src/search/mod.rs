//! Chinese (`tokens`). Knows no SQL and no HTTP. Data for any engine stands in search/ at the top.

pub mod answer;
pub mod document;
pub mod engine;
pub mod error;
pub mod fields;
pub mod query;
pub mod settings;
pub mod tokens;

pub use answer::{EngineStatus, SearchAnswer, SearchHit};
pub use document::LeadDocument;
pub use engine::{Rebuild, SearchEngine};
pub use error::SearchError;
pub use fields::{FacetField, FieldSet, LeadField};
pub use query::{Filters, LeadScope, SearchQuery};
pub use settings::Settings;

/// Placeholder until the embedded engine is merged.
pub fn open_embedded(_: &std::path::Path) -> Result<std::sync::Arc<dyn SearchEngine>, SearchError> {
    Err(SearchError::RebuildRunning)
}
