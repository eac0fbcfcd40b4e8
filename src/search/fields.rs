//! The fields of a lead that search knows, and the set of them that a role may use.

use serde::{Deserialize, Serialize};

/// A text field: what a query can match and highlight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadField {
    Code,
    Title,
    InvestorName,
    Uscc,
    ContactName,
    Content,
    Remark,
    /// All follow-ups of the lead.
    FollowUps,
    /// The follow-ups that the source chamber wrote itself: all that its liaison may match.
    ChamberFollowUps,
    /// What papers are called and say.
    Attachments,
    /// The papers of the follow-ups that the source chamber wrote itself.
    ChamberAttachments,
}

impl LeadField {
    /// Every text field, in the order of this enum.
    pub const ALL: [LeadField; 11] = [
        LeadField::Code,
        LeadField::Title,
        LeadField::InvestorName,
        LeadField::Uscc,
        LeadField::ContactName,
        LeadField::Content,
        LeadField::Remark,
        LeadField::FollowUps,
        LeadField::ChamberFollowUps,
        LeadField::Attachments,
        LeadField::ChamberAttachments,
    ];

    /// The field's name in answers, settings and the index.
    pub fn as_str(self) -> &'static str {
        match self {
            LeadField::Code => "code",
            LeadField::Title => "title",
            LeadField::InvestorName => "investor_name",
            LeadField::Uscc => "uscc",
            LeadField::ContactName => "contact_name",
            LeadField::Content => "content",
            LeadField::Remark => "remark",
            LeadField::FollowUps => "follow_ups",
            LeadField::ChamberFollowUps => "chamber_follow_ups",
            LeadField::Attachments => "attachments",
            LeadField::ChamberAttachments => "chamber_attachments",
        }
    }
}

/// A keyword field: what a query can filter by and count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacetField {
    County,
    Industry,
    Stage,
    Status,
    Source,
    Chamber,
    Officer,
    Leader,
    /// The range that the total investment lies in (`amounts` of search/leads.json).
    Investment,
    /// The year in which the lead was registered.
    Registered,
    /// What a record is that is no lead.
    Kind,
}

impl FacetField {
    /// Every keyword field, in the order of this enum.
    pub const ALL: [FacetField; 11] = [
        FacetField::County,
        FacetField::Industry,
        FacetField::Stage,
        FacetField::Status,
        FacetField::Source,
        FacetField::Chamber,
        FacetField::Officer,
        FacetField::Leader,
        FacetField::Investment,
        FacetField::Registered,
        FacetField::Kind,
    ];

    /// The field's name in URLs, answers, settings and the index.
    pub const fn as_str(self) -> &'static str {
        match self {
            FacetField::County => "county",
            FacetField::Industry => "industry",
            FacetField::Stage => "stage",
            FacetField::Status => "status",
            FacetField::Source => "source",
            FacetField::Chamber => "chamber",
            FacetField::Officer => "officer",
            FacetField::Leader => "leader",
            FacetField::Investment => "investment",
            FacetField::Registered => "registered",
            FacetField::Kind => "kind",
        }
    }

    /// The field of this name, as in `facets=county,stage`.
    pub fn parse(name: &str) -> Option<FacetField> {
        FacetField::ALL.into_iter().find(|field| field.as_str() == name)
    }
}

/// The fields that the asker's pages show, so that he can match, highlight, filter and count nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FieldSet {
    text: u16,
    facets: u16,
}

impl FieldSet {
    /// No field at all: such an asker finds nothing by words.
    pub fn none() -> FieldSet {
        FieldSet::default()
    }

    /// Exactly these fields.
    pub fn of(text: &[LeadField], facets: &[FacetField]) -> FieldSet {
        FieldSet {
            text: text.iter().fold(0, |set, field| set | 1 << *field as u16),
            facets: facets.iter().fold(0, |set, field| set | 1 << *field as u16),
        }
    }

    /// What a role without narrowed fields uses: all but the chamber's copies of its own follow-ups and their papers.
    pub fn all() -> FieldSet {
        let copies = [LeadField::ChamberFollowUps, LeadField::ChamberAttachments];
        let text: Vec<LeadField> =
            LeadField::ALL.into_iter().filter(|field| !copies.contains(field)).collect();
        FieldSet::of(&text, &FacetField::ALL)
    }

    /// Whether a query may match and highlight the field.
    pub fn has(self, field: LeadField) -> bool {
        self.text & (1 << field as u16) != 0
    }

    /// Whether a query may filter by the field and count it.
    pub fn has_facet(self, field: FacetField) -> bool {
        self.facets & (1 << field as u16) != 0
    }
}
