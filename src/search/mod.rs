//! Full-text search over leads: one trait (`engine`), and how it reads Chinese. Knows no SQL and no HTTP.
//! Data for any engine stands in search/ at the top.

pub mod answer;
pub mod document;
pub mod engine;
pub mod error;
pub mod fields;
pub mod query;

pub use answer::{EngineStatus, SearchAnswer, SearchHit};
pub use document::LeadDocument;
pub use engine::{Rebuild, SearchEngine};
pub use error::SearchError;
pub use fields::{FacetField, FieldSet, LeadField};
pub use query::{Filters, LeadScope, SearchQuery};
