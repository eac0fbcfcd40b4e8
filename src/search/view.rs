//! What a search answers over the API.

use crate::db::Id;
use crate::search::finding::{Head, Hit};
use crate::search::records::SearchKind;
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

/// A lead or another record that was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SearchHit)]
pub struct HitView {
    #[serde(rename = "type")]
    pub kind: SearchKind,
    pub id: Id,
    /// Empty for a company.
    pub code: String,
    /// A company's, referrer's or chamber's name.
    pub title: String,
    /// Of leads and projects.
    pub investor_name: Option<String>,
    /// A code of `/regions`, of leads and projects; null for a liaison.
    pub county: Option<String>,
    /// A lead's stage, or the last milestone that a project has reached.
    pub stage: Option<String>,
    /// For each field that matched, the part around the match: HTML, escaped but for `<em>`.
    #[schema(value_type = BTreeMap<String, String>)]
    pub highlights: BTreeMap<&'static str, String>,
}

impl HitView {
    /// A hit as its asker may see it.
    pub fn new(hit: Hit, shows_county: bool) -> Self {
        let highlights = hit.highlights.into_iter().collect();
        match hit.head {
            Head::Lead(lead) => HitView {
                kind: SearchKind::Lead,
                id: lead.id,
                code: lead.code,
                title: lead.title,
                investor_name: Some(lead.investor_name),
                county: shows_county.then_some(lead.county),
                stage: Some(lead.stage.to_string()),
                highlights,
            },
            Head::Record(record) => HitView {
                kind: record.kind,
                id: record.id,
                code: record.code,
                title: record.title,
                investor_name: record.investor_name,
                county: record.county,
                stage: record.stage.map(|stage| stage.to_string()),
                highlights,
            },
        }
    }
}
