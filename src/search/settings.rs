//! The index settings of search/leads.json and search/records.json and the words of search/, read once at start.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;

use super::error::SearchError;
use super::fields::{FacetField, FieldSet, LeadField};
use super::narrowing::FilterWords;
use super::tokens::Language;

/// search/leads.json: what all engines, and what one of them, is told of leads.
pub(super) const LEADS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/search/leads.json"));
const RECORDS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/search/records.json"));
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
    /// What the index holds: `leads` or `records`.
    pub index: String,
    /// Where an embedded index of it lies, within the folder of indexes.
    pub folder: PathBuf,
    /// Ranges of the total investment, ascending.
    pub amounts: Arc<[AmountRange]>,
    /// What narrows a search when it is typed into the box.
    pub filters: FilterWords,
    roles: BTreeMap<String, Role>,
}

/// A range of amounts, up to the next one's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountRange {
    pub code: String,
    /// yuan; the range begins here.
    pub from_yuan: i64,
}

/// The code of the range that an amount in fen lies in; empty for none.
pub fn range_of(amounts: &[AmountRange], fen: Option<i64>) -> &str {
    let holds = |fen: i64| amounts.iter().rev().find(move |range| fen / 100 >= range.from_yuan);
    fen.and_then(holds).map_or("", |range| range.code.as_str())
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
    /// Papers, each under its name (`papers`): the same, in texts so long that they are read only where one is shown.
    Papers,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Role {
    #[serde(rename = "match")]
    text: Vec<LeadField>,
    facets: Vec<FacetField>,
}

#[derive(Deserialize)]
struct IndexFile {
    index: String,
    searchable: Vec<Searchable>,
    roles: BTreeMap<String, Role>,
}

#[derive(Deserialize)]
struct AmountsFile {
    amounts: Vec<AmountRange>,
}

#[derive(Deserialize)]
struct SynonymsFile {
    groups: Vec<Vec<String>>,
}

/// The codes of the ranges of amounts that the program was built with.
pub fn amount_codes() -> Vec<String> {
    ranges().into_iter().flatten().map(|range| range.code).collect()
}

/// The ranges of amounts, by which leads and projects alike are filtered.
fn ranges() -> Result<Vec<AmountRange>, SearchError> {
    let wrong = |reason: String| SearchError::Data { file: "leads.json", reason };
    let file: AmountsFile = serde_json::from_str(LEADS).map_err(|e| wrong(e.to_string()))?;
    match file.amounts.is_sorted_by_key(|range| range.from_yuan) {
        true => Ok(file.amounts),
        false => Err(wrong("the ranges of amounts ascend".to_owned())),
    }
}

impl Settings {
    /// The settings of the leads' index that the program was built with.
    pub fn builtin() -> Result<Settings, SearchError> {
        Settings::read("leads.json", LEADS, Arc::new(Language::builtin()?))
    }

    /// Those of the records' index, with the same way of reading.
    pub fn of_records(language: Arc<Language>) -> Result<Settings, SearchError> {
        Settings::read("records.json", RECORDS, language)
    }

    fn read(name: &'static str, text: &str, language: Arc<Language>) -> Result<Settings, SearchError> {
        let data = |file: &'static str, reason: String| SearchError::Data { file, reason };
        let file: IndexFile = serde_json::from_str(text).map_err(|e| data(name, e.to_string()))?;
        let words: SynonymsFile =
            toml::from_str(SYNONYMS).map_err(|e| data("synonyms.toml", e.to_string()))?;
        let mut searchable = file.searchable;
        searchable.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        if searchable.iter().any(|s| !(s.weight > 0.0 && s.weight <= 100.0)) {
            return Err(data(name, "a weight lies above 0 and up to 100".to_owned()));
        }
        let amounts = ranges()?.into();
        let (synonyms, filters, roles) = (words.groups, FilterWords::builtin()?, file.roles);
        let index = file.index;
        // The leads' index was there before there was another beside it.
        let folder = if text == LEADS { PathBuf::new() } else { PathBuf::from(&index) };
        Ok(Settings { searchable, synonyms, language, index, folder, amounts, filters, roles })
    }

    /// What a role may match, highlight, filter and count; a role without an entry sees no leads.
    pub fn fields_of(&self, role: &str) -> FieldSet {
        self.roles.get(role).map_or_else(FieldSet::none, |role| FieldSet::of(&role.text, &role.facets))
    }
}
