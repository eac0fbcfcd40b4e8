//! A question to a search engine: words, filters, and the bounds of the asker.

use super::error::SearchError;
use super::fields::{FacetField, FieldSet, LeadField};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How deep a result can be paged: offset + limit never exceeds this.
pub const MAX_DEPTH: usize = 10_000;

/// One search. All of it, the scope too, is applied inside the engine, so that totals, counts and highlights
/// tell nothing that the asker may not know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// As typed. Words apart by spaces must all be found; without any word every lead in scope is a hit.
    pub text: String,
    pub filters: Filters,
    /// Fields to count, of those that `fields` allows.
    pub facets: Vec<FacetField>,
    pub limit: usize,
    pub offset: usize,
    /// Whether the last word may be unfinished: its last syllable then matches by its beginning.
    pub as_you_type: bool,
    /// The keyed hashes of the phone numbers that were typed, which the text has no more: only leads whose contact has
    /// them, and none for who may not match the contact.
    pub phones: Vec<String>,
    /// Whether to return highlights, which costs reading the texts of the hits.
    pub highlight: bool,
    pub scope: LeadScope,
    /// Only these ids, if any are given.
    pub among: Option<Among>,
    /// Nothing is looked for that is only near the words.
    pub exact: bool,
    /// Ids that exist for the asker no more, though the last commit has them still.
    pub gone: Vec<String>,
    pub fields: FieldSet,
}

impl SearchQuery {
    /// Refuses a query that reaches too deep, or filters by a field that the asker may not know.
    pub fn check(&self) -> Result<(), SearchError> {
        if self.offset.saturating_add(self.limit) > MAX_DEPTH {
            return Err(SearchError::TooDeep);
        }
        let asked = |field: &FacetField| self.filters.narrows(*field) && !self.fields.has_facet(*field);
        match FacetField::ALL.into_iter().find(asked) {
            Some(field) => Err(SearchError::FieldNotAllowed(field)),
            None => Ok(()),
        }
    }

    /// Whether it looks for a phone number that the asker may not match: then it finds nothing.
    pub fn asks_for_hidden_phone(&self) -> bool {
        !self.phones.is_empty() && !self.fields.has(LeadField::ContactName)
    }
}

/// Ids to search among. An engine may remember by `stamp` which documents they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Among {
    pub ids: Arc<Vec<String>>,
    /// Of no other set in this process.
    pub stamp: u64,
}

impl Among {
    pub fn new(ids: Vec<String>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Among { ids: Arc::new(ids), stamp: NEXT.fetch_add(1, Ordering::Relaxed) }
    }
}

/// The values that each field may have; an empty list does not filter. The value "" means "has none", as for
/// leads that nobody leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    pub county: Vec<String>,
    pub industry: Vec<String>,
    pub stage: Vec<String>,
    pub status: Vec<String>,
    pub source_kind: Vec<String>,
    pub chamber: Vec<String>,
    pub officer: Vec<String>,
    pub leader: Vec<String>,
    /// Ranges by their codes.
    pub investment: Vec<String>,
    /// Years, as `2026`.
    pub registered: Vec<String>,
    pub kind: Vec<String>,
    /// Values that a lead must not have, by field; what is wanted of the same field is wanted without them.
    pub unwanted: BTreeMap<FacetField, Vec<String>>,
    /// fen; a lead without an amount lies in no bounds.
    pub investment_fen: Bounds<i64>,
    pub registered_on: Bounds<NaiveDate>,
}

/// From … to …, both included; without either there is no bound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds<T> {
    pub from: Option<T>,
    pub to: Option<T>,
}

impl<T: PartialOrd + Copy> Bounds<T> {
    pub fn are_set(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    pub fn hold(&self, value: T) -> bool {
        self.from.is_none_or(|from| value >= from) && self.to.is_none_or(|to| value <= to)
    }
}

impl Filters {
    /// Whether a field is filtered by, be it by values or by bounds.
    pub fn narrows(&self, field: FacetField) -> bool {
        let bounds = match field {
            FacetField::Investment => self.investment_fen.are_set(),
            FacetField::Registered => self.registered_on.are_set(),
            _ => false,
        };
        bounds || !self.of(field).is_empty() || !self.without(field).is_empty()
    }

    /// Whether anything is filtered by.
    pub fn are_set(&self) -> bool {
        FacetField::ALL.into_iter().any(|field| self.narrows(field))
    }

    /// The values of `field` that a lead must not have.
    pub fn without(&self, field: FacetField) -> &[String] {
        self.unwanted.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The values that `field` is filtered by.
    pub fn of(&self, field: FacetField) -> &[String] {
        match field {
            FacetField::County => &self.county,
            FacetField::Industry => &self.industry,
            FacetField::Stage => &self.stage,
            FacetField::Status => &self.status,
            FacetField::Source => &self.source_kind,
            FacetField::Chamber => &self.chamber,
            FacetField::Officer => &self.officer,
            FacetField::Leader => &self.leader,
            FacetField::Investment => &self.investment,
            FacetField::Registered => &self.registered,
            FacetField::Kind => &self.kind,
        }
    }
}

/// Which leads exist for the asker (design.md section 5).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LeadScope {
    /// Bureau, leading group, auditor.
    All,
    /// County officer: the county is mine, or mine handed the lead on.
    County(String),
    /// County leader: assigned to me, or of my county and nobody's.
    Leader { user_id: String, county: String },
    /// Chamber liaison: the source chamber is mine.
    Chamber(String),
    /// Federation: any source chamber.
    WithChamber,
    /// Roles that see no leads.
    #[default]
    Nothing,
}
