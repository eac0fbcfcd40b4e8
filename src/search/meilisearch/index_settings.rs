//! What the server is told about an index, made from search/leads.json.

use std::collections::{BTreeSet, HashMap};

use meilisearch_sdk::settings::{
    FacetingSettings, LocalizedAttributes, MinWordSizeForTypos, PaginationSetting, Settings as Told,
    TypoToleranceSettings,
};
use serde::Deserialize;
use serde_json::Value;

use super::attributes;
use super::record;
use crate::search::error::SearchError;
use crate::search::query::MAX_DEPTH;
use crate::search::settings::{LEADS, Settings};

/// Values of a field that are counted: people are many.
const MOST_VALUES: usize = 10_000;

#[derive(Deserialize)]
struct LeadsFile {
    filterable: Vec<String>,
    sortable: Vec<String>,
    meilisearch: Own,
}

/// What only this engine is told.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    ranking_rules: Vec<String>,
    least_letters_for_typos: u8,
    stop_words: Vec<String>,
    locale: String,
}

/// The settings of an index, and what questions say along with them.
#[derive(Debug, Clone)]
pub(super) struct IndexSettings {
    pub(super) told: Told,
    pub(super) locale: String,
}

impl IndexSettings {
    /// From the data that the program was built with.
    ///
    /// Synonyms are not among them: here, too, they widen a search only when it finds too little.
    pub(super) fn new(settings: &Settings) -> Result<IndexSettings, SearchError> {
        let LeadsFile { mut filterable, sortable, meilisearch: own } = serde_json::from_str(LEADS)
            .map_err(|e| SearchError::Data { file: "leads.json", reason: e.to_string() })?;
        filterable.extend(record::FILTERED.map(str::to_owned));
        let (forgiving, strict) = attributes::forgiving_and_strict(settings);
        let locale = LocalizedAttributes {
            locales: vec![own.locale.clone()],
            attribute_patterns: vec!["*".to_owned()],
        };
        // The term's mark counts as a letter.
        let typos = MinWordSizeForTypos {
            one_typo: Some(own.least_letters_for_typos.saturating_add(1)),
            two_typos: Some(u8::MAX),
        };
        let told = Told::new()
            .with_searchable_attributes(strict.iter().chain(&forgiving))
            .with_displayed_attributes(record::displayed(settings))
            .with_filterable_attributes(filterable)
            .with_sortable_attributes(sortable)
            .with_ranking_rules(own.ranking_rules)
            .with_stop_words(own.stop_words)
            .with_synonyms(HashMap::<String, Vec<String>>::new())
            .with_pagination(PaginationSetting { max_total_hits: MAX_DEPTH })
            .with_faceting(FacetingSettings { max_values_per_facet: MOST_VALUES, sort_facet_values_by: None })
            // No place of a term is asked for, and pairs of terms would be most of the index.
            .with_proximity_precision("byAttribute")
            .with_localized_attributes([locale])
            .with_typo_tolerance(TypoToleranceSettings {
                enabled: Some(true),
                disable_on_attributes: Some(strict),
                disable_on_words: None,
                min_word_size_for_typos: Some(typos),
                disable_on_numbers: None,
            });
        Ok(IndexSettings { told, locale: own.locale })
    }

    /// Whether an index has these settings: only such a one was filled by this version of the program.
    pub(super) fn are_those_of(&self, index: &Value) -> bool {
        let Ok(told) = serde_json::to_value(&self.told) else { return false };
        let same = |name: &str| told.get(name).is_some_and(|wanted| index.get(name) == Some(wanted));
        // The server keeps these in an order of its own.
        let set = |of: &Value, name: &str| -> Option<BTreeSet<String>> {
            Some(of.get(name)?.as_array()?.iter().map(Value::to_string).collect())
        };
        let same_set = |name: &str| set(&told, name).is_some_and(|wanted| set(index, name) == Some(wanted));
        ["searchableAttributes", "rankingRules"].into_iter().all(same)
            && ["filterableAttributes", "displayedAttributes"].into_iter().all(same_set)
    }
}
