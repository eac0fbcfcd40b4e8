//! The index settings of search/leads.json and the words of search/, read once at start.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::error::SearchError;
use super::fields::{FacetField, FieldSet, LeadField};
use super::tokens::Language;

/// search/leads.json: what all engines, and what one of them, is told of leads.
pub(super) const LEADS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/search/leads.json"));
const SYNONYMS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/search/synonyms.toml"));

/// Everything an engine needs to know before it indexes the first lead.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The text fields, heaviest first.
    pub searchable: Vec<Searchable>,
    /// Groups of words that stand for one another.
    pub synonyms: Vec<Vec<String>>,
    /// How Han text is read.
    pub language: Arc<Language>,
    roles: BTreeMap<String, Role>,
}

/// A text field and how it counts.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Searchable {
    pub field: LeadField,
    pub kind: FieldKind,
    /// A hit here counts this much.
    pub weight: f32,
}

/// What kind of text a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A code or credit code, found by any three characters or more that follow one another.
    Code,
    /// A short text, highlighted whole; being equal to the query counts most.
    Name,
    /// A long text: numbers that look like a phone's, an identity card's or an account's are left out.
    Text,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Role {
    #[serde(rename = "match")]
    text: Vec<LeadField>,
    facets: Vec<FacetField>,
}

#[derive(Deserialize)]
struct LeadsFile {
    searchable: Vec<Searchable>,
    roles: BTreeMap<String, Role>,
}

#[derive(Deserialize)]
struct SynonymsFile {
    groups: Vec<Vec<String>>,
}

impl Settings {
    /// The settings that the program was built with.
    pub fn builtin() -> Result<Settings, SearchError> {
        let data = |file: &'static str, reason: String| SearchError::Data { file, reason };
        let leads: LeadsFile = serde_json::from_str(LEADS).map_err(|e| data("leads.json", e.to_string()))?;
        let words: SynonymsFile =
            toml::from_str(SYNONYMS).map_err(|e| data("synonyms.toml", e.to_string()))?;
        let mut searchable = leads.searchable;
        searchable.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        if searchable.iter().any(|s| !(s.weight > 0.0 && s.weight <= 100.0)) {
            return Err(data("leads.json", "a weight lies above 0 and up to 100".to_owned()));
        }
        let language = Arc::new(Language::builtin()?);
        Ok(Settings { searchable, synonyms: words.groups, language, roles: leads.roles })
    }

    /// What a role may match, highlight, filter and count; a role without an entry sees no leads.
    pub fn fields_of(&self, role: &str) -> FieldSet {
        self.roles.get(role).map_or_else(FieldSet::none, |role| FieldSet::of(&role.text, &role.facets))
    }
}
