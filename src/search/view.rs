//! What a search answers over the API.

use crate::db::Id;
use crate::leads::model::Stage;
use crate::search::handlers::results::Hit;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The hits of one page, and what holds for all of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchResults {
    pub hits: Vec<HitView>,
    /// How many leads match, exactly.
    pub total: u64,
    /// For each field asked for, leads by value, under all filters but the field's own; `""` counts those
    /// that have none.
    #[schema(value_type = BTreeMap<String, BTreeMap<String, u64>>)]
    pub facets: BTreeMap<&'static str, BTreeMap<String, u64>>,
    /// Milliseconds within the engine.
    pub took_ms: f64,
    /// Few leads held the words as typed: similar spellings, sounds and synonyms are among the hits.
    pub approximate: bool,
    /// `embedded` or `meilisearch`; `database` answers in their place, by words of title, investor and code alone.
    pub engine: &'static str,
    /// Some changes are not in the index yet, or the engine could not be asked.
    pub stale: bool,
}

/// One lead that was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SearchHit)]
pub struct HitView {
    pub id: Id,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    /// A code of `/regions`; null for a liaison.
    pub county: Option<String>,
    pub stage: Stage,
    /// For each field that matched, the part around the match: HTML, escaped but for `<em>`.
    #[schema(value_type = BTreeMap<String, String>)]
    pub highlights: BTreeMap<&'static str, String>,
}

impl HitView {
    /// A hit as its asker may see it.
    pub fn new(hit: Hit, shows_county: bool) -> Self {
        HitView {
            id: hit.lead.id,
            code: hit.lead.code,
            title: hit.lead.title,
            investor_name: hit.lead.investor_name,
            county: shows_county.then_some(hit.lead.county),
            stage: hit.lead.stage,
            highlights: hit.highlights.into_iter().collect(),
        }
    }
}
