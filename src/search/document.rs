//! What the index knows of one lead.

use chrono::{NaiveDate, NaiveDateTime};

/// A lead as search sees it, read whole from the database by the index job. A deleted lead has none: it is
/// deleted from the index. Phone, identity and bank numbers are no part of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeadDocument {
    pub id: String,
    /// Of a record that is no lead, what it is (`records::SearchKind`); empty for leads.
    pub kind: String,
    /// `QZ-2026-000123`
    pub code: String,
    pub title: String,
    pub investor_name: String,
    pub uscc: Option<String>,
    /// Region code.
    pub county: String,
    pub industry: String,
    pub stage: String,
    pub status: String,
    pub source_kind: String,
    pub chamber_id: Option<String>,
    pub officer_id: Option<String>,
    pub leader_id: Option<String>,
    /// Codes of the counties that have handed the lead on: they still see it.
    pub handed_on_by: Vec<String>,
    pub contact_name: Option<String>,
    /// The keyed hashes of the contact's phones: equal numbers have equal ones.
    pub phone_hashes: Vec<String>,
    pub content: Option<String>,
    pub remark: Option<String>,
    /// The texts of all follow-ups, newest first.
    pub follow_ups: Vec<String>,
    /// Of these, the ones that the source chamber's liaison wrote himself.
    pub chamber_follow_ups: Vec<String>,
    /// The papers of the lead and of its follow-ups, or of a project and its milestones; the latest first.
    pub attachments: Vec<AttachedText>,
    /// Of these, the ones of the follow-ups in `chamber_follow_ups`.
    pub chamber_attachments: Vec<AttachedText>,
    /// fen
    pub total_investment_fen: Option<i64>,
    pub registered_on: Option<NaiveDate>,
    /// UTC
    pub updated_at: NaiveDateTime,
    /// The row's version, for comparing index and database.
    pub version: i64,
}

/// A paper, by its name, with what was read of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AttachedText {
    pub file_name: String,
    pub text: String,
}
