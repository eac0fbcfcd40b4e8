//! Full-text search over leads and, in an index of their own, what belongs to them (`records`): one trait (`engine`), an embedded engine (`embedded`), the way both read
//! Chinese (`tokens`). Knows no SQL and no HTTP. Data for any engine stands in search/ at the top.

pub mod answer;
pub mod document;
pub mod embedded;
pub mod engine;
pub mod error;
pub mod evaluation;
pub mod fields;
pub mod handlers;
pub mod index_job;
pub mod narrowing;
pub mod operations;
pub mod pages;
pub mod query;
pub mod records;
pub mod reindex;
pub mod settings;
pub mod tokens;
pub mod view;

pub use answer::{EngineStatus, SearchAnswer, SearchHit};
pub use document::LeadDocument;
pub use embedded::open_embedded;
pub use engine::{Rebuild, SearchEngine};
pub use error::SearchError;
pub use fields::{FacetField, FieldSet, LeadField};
pub use query::{Among, Bounds, Filters, LeadScope, SearchQuery};
pub use settings::Settings;
