//! The line that an import answers for each row.

use chrono::NaiveDate;
use serde::Serialize;

use super::draft::LedgerRow;
use super::duplicates::Verdict;
use crate::imports::model::RowOutcome;
use crate::leads::model::{SourceKind, Stage};
use utoipa::ToSchema;

/// One line of the report. It holds personal data.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReportLine {
    /// `imported` (`new` before it is applied), `duplicate` or `rejected`.
    #[schema(value_type = RowOutcome)]
    pub outcome: &'static str,
    /// The first faulty field of a rejected row.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub field: Option<&'static str>,
    /// The row before it that speaks of the same company.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub of_row: Option<u32>,
    /// The sheet of `of_row`, when it is another than the row's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub of_sheet: Option<String>,
    /// The lead of the same company that is already here, when the importer sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub of_lead: Option<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub lead: Option<ReportedLead>,
    /// When the file has several with leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it.
    pub row: u32,
}

/// What an imported row gave. Amounts in fen.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReportedLead {
    pub title: String,
    pub investor: String,
    pub county: String,
    pub industry: String,
    pub total_investment_fen: Option<i64>,
    pub fixed_investment_fen: Option<i64>,
    pub registered_on: NaiveDate,
    pub next_follow_up_on: Option<NaiveDate>,
    pub stage: Stage,
    pub source: SourceKind,
    pub phone: Option<String>,
    /// The codes, when there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

impl LedgerRow {
    /// The row's line. `taken` is the outcome of a row that is a lead: `new` or `imported`. A lead that is
    /// already there is named by its id.
    pub fn report(&self, verdict: &Verdict<String>, taken: &'static str) -> ReportLine {
        let empty = ReportLine {
            outcome: taken,
            field: None,
            of_row: None,
            of_sheet: None,
            of_lead: None,
            lead: None,
            sheet: self.sheet.clone(),
            row: self.row,
        };
        let draft = match &self.result {
            Ok(draft) => draft,
            Err(refusal) => {
                return ReportLine { outcome: "rejected", field: Some(refusal.field), ..empty };
            }
        };
        match verdict {
            Verdict::OfRow(first, _) => ReportLine {
                outcome: "duplicate",
                of_row: Some(first.row),
                of_sheet: first.sheet.clone().filter(|_| first.sheet != self.sheet),
                ..empty
            },
            Verdict::OfLead(lead, _) => {
                ReportLine { outcome: "duplicate", of_lead: Some(lead.clone()), ..empty }
            }
            Verdict::New | Verdict::Rejected => {
                let lead = ReportedLead {
                    title: draft.title.clone(),
                    investor: draft.investor.clone(),
                    county: draft.county.clone(),
                    industry: draft.industry.clone(),
                    total_investment_fen: draft.total_investment_fen,
                    fixed_investment_fen: draft.fixed_investment_fen,
                    registered_on: draft.registered_on,
                    next_follow_up_on: draft.next_follow_up_on,
                    stage: draft.stage,
                    source: draft.source.kind,
                    phone: draft.contact.phone.clone(),
                    warnings: self.warnings.iter().map(|warning| warning.code.clone()).collect(),
                };
                ReportLine { lead: Some(lead), ..empty }
            }
        }
    }
}
