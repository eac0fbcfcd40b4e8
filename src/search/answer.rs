//! What a search engine answers.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::fields::{FacetField, LeadField};

/// The page of hits that was asked for, and what holds for all of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchAnswer {
    pub hits: Vec<SearchHit>,
    /// How many leads match, exactly.
    pub total: u64,
    /// Leads by value for each field asked for, under all filters but the field's own. The value "" counts
    /// the leads that have none.
    pub facets: BTreeMap<FacetField, BTreeMap<String, u64>>,
    /// Fewer than three leads held the words as typed, and leads with a similar spelling, the same sound or
    /// a synonym are among the hits.
    pub approximate: bool,
    /// Milliseconds within the engine.
    pub took_ms: f64,
}

/// One lead that was found. Its row is read again from the database, in scope, before it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    pub id: String,
    pub code: String,
    pub score: f32,
    /// For each field that matched, its text or the part around the match: HTML, escaped, the matched
    /// characters in `<em>`.
    pub highlights: BTreeMap<LeadField, String>,
}

/// How an engine is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EngineStatus {
    /// `embedded` or `meilisearch`
    pub engine: &'static str,
    /// Leads that a search can find now.
    pub documents: u64,
    /// Upserts and deletions since the last commit.
    pub pending: u64,
    /// On disk; of Meilisearch, what the documents take there before they are indexed.
    pub size_bytes: u64,
    /// UTC
    pub last_commit: Option<NaiveDateTime>,
    /// The index was found missing, damaged or of another version, and holds only what came in since.
    pub needs_rebuild: bool,
    /// A rebuild is running beside.
    pub rebuilding: bool,
}
