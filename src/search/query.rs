//! A question to a search engine: words, filters, and the bounds of the asker.

use super::error::SearchError;
use super::fields::{FacetField, FieldSet};

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
    /// Whether to return highlights, which costs reading the texts of the hits.
    pub highlight: bool,
    pub scope: LeadScope,
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
        match FacetField::ALL
            .into_iter()
            .find(|f| !self.filters.of(*f).is_empty() && !self.fields.has_facet(*f))
        {
            Some(field) => Err(SearchError::FieldNotAllowed(field)),
            None => Ok(()),
        }
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
}

impl Filters {
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
