//! What a row says when it can be a lead, and what is said about it when it cannot.

use chrono::NaiveDate;

use crate::companies::identity::Identity;
use crate::companies::uscc::Uscc;
use crate::leads::model::{ClosureKind, SourceKind, Stage, Status};

/// A lead as its report gives it. Amounts in fen.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadDraft {
    pub title: String,
    /// As written.
    pub investor: String,
    /// Name and code taken apart, for comparing companies.
    pub identity: Identity,
    pub uscc: Option<Uscc>,
    /// A code of GB/T 2260 or ISO 3166 where the text names one place, else the text.
    pub origin: Option<String>,
    /// The county's code.
    pub county: String,
    /// The park's id.
    pub park: Option<String>,
    /// The industry's code.
    pub industry: String,
    pub content: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub fixed_investment_fen: Option<i64>,
    pub land_mu: Option<f64>,
    pub factory_m2: Option<f64>,
    pub jobs: Option<i64>,
    pub contact: ContactDraft,
    pub source: SourceDraft,
    pub stage: Stage,
    pub status: Status,
    /// Why it is closed, when `status` is closed.
    pub closure: Option<ClosureKind>,
    pub registered_on: NaiveDate,
    pub next_follow_up_on: Option<NaiveDate>,
    pub officer_name: Option<String>,
    pub leader_name: Option<String>,
    /// 目前进展: what was done last.
    pub progress: Option<String>,
    pub remark: Option<String>,
    /// Why it is registered although the company is already here; from API bodies only.
    pub duplicate_reason: Option<String>,
    /// Columns that match nothing, and cells that could not be read as their column wants.
    pub extra: Vec<(String, String)>,
}

/// The investor's person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactDraft {
    pub name: Option<String>,
    pub post: Option<String>,
    /// Digits only; an extension after a hyphen.
    pub phone: Option<String>,
    pub other_phones: Vec<String>,
    pub email: Option<String>,
    pub wechat: Option<String>,
}

/// Where the lead comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDraft {
    pub kind: SourceKind,
    /// The chamber, referrer or enterprise as written.
    pub name: Option<String>,
    /// The word for the source, where it is none that we know, or says more than the kind.
    pub note: Option<String>,
    /// Ids or codes of records; from API bodies only.
    pub chamber_id: Option<String>,
    pub referrer_id: Option<String>,
    pub enterprise_id: Option<String>,
    pub event_id: Option<String>,
}

/// Why a row is no lead: the first faulty field, and the message by code with the words in question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub field: &'static str,
    /// The message is `import-refused-<code>` with `_` as `-`.
    pub code: &'static str,
    /// The cell as it was written.
    pub word: String,
}

/// What a person should look at although the row is a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The message is `import-warning-<code>` with `_` as `-`.
    pub code: String,
    pub field: &'static str,
    /// The cell as it was written.
    pub word: String,
}

/// Every code a refusal can have.
pub const REFUSAL_CODES: &[&str] = &[
    "missing",
    "uscc_length",
    "uscc_character",
    "uscc_check",
    "county_elsewhere",
    "county_two_places",
    "amount_range",
    "amount_negative",
    "amount_words",
    "amount_foreign",
    "amount_too_large",
    "formula_without_value",
    "error_cell",
    "date_impossible",
    "date_no_year",
    "date_words",
    "stage_unknown",
    "source_unknown",
    "phone_no_digits",
    "phone_too_short",
    "phone_too_long",
    "phone_lost_digits",
    "not_json",
    "wrong_type",
    "industry_unknown",
    "county_not_yours",
    "stated_twice",
    "not_in_pool",
    "word_unknown",
    "region_unknown",
];

/// Every code a warning can have, but for those that the stage words of the reference data add.
pub const WARNING_CODES: &[&str] = &[
    "approximate",
    "fixed_over_total",
    "month_only",
    "before_registration",
    "source_missing",
    "source_unknown",
    "industry_unknown",
    "stage_transfer",
    "stage_project",
    "same_name",
    "unread",
    "park_unknown",
    "phone_masked",
    "number_left_out",
];

/// One row of a ledger that speaks of a lead.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerRow {
    /// The sheet, when the file has several with leads.
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it; the line of a text file.
    pub row: u32,
    /// Headers with the row's texts, merged cells and 同上 filled in, so that the row can stand alone.
    pub cells: Vec<(std::sync::Arc<str>, String)>,
    pub result: Result<Box<LeadDraft>, Refusal>,
    pub warnings: Vec<Warning>,
}

impl Refusal {
    pub(super) fn new(field: &'static str, code: &'static str, word: impl Into<String>) -> Self {
        Self { field, code, word: word.into() }
    }
}

impl Warning {
    pub(super) fn new(code: impl Into<String>, field: &'static str, word: impl Into<String>) -> Self {
        Self { code: code.into(), field, word: word.into() }
    }
}
