//! A recommendation as the API shows it.

use crate::chambers;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::recommendations::model::{RecipientKind, Recommendation, RecommendationState};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// An enterprise recommended to a bank or guarantor.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Recommendation)]
pub struct RecommendationView {
    pub id: Id,
    pub code: String,
    pub version: i64,
    pub county: String,
    pub enterprise: String,
    pub uscc: Option<String>,
    /// A code of the reference data, as `credit` and `result`.
    pub size: String,
    pub chamber_id: Option<Id>,
    /// By name.
    pub chamber: Option<String>,
    pub recipient_kind: RecipientKind,
    pub recipient: String,
    pub need_fen: i64,
    pub credit: String,
    pub state: RecommendationState,
    pub sent_on: Option<NaiveDate>,
    pub result: Option<String>,
    pub result_on: Option<NaiveDate>,
    pub note: Option<String>,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// Recommendations as their reader sees them, chambers read once for all.
pub fn list(conn: &mut AnyConn, rows: Vec<Recommendation>) -> Result<Vec<RecommendationView>, AppError> {
    let ids: Vec<Id> = rows.iter().filter_map(|row| row.chamber_id.clone()).collect();
    let names: HashMap<Id, String> = chambers::queries::of_ids(conn, &ids)?
        .into_iter()
        .map(|chamber| (chamber.id, chamber.name))
        .collect();
    let shown = rows.into_iter().map(|row| RecommendationView {
        state: row.state(),
        chamber: row.chamber_id.as_ref().and_then(|id| names.get(id).cloned()),
        id: row.id,
        code: row.code,
        version: row.version,
        county: row.county,
        enterprise: row.enterprise,
        uscc: row.uscc,
        size: row.size,
        chamber_id: row.chamber_id,
        recipient_kind: row.recipient_kind,
        recipient: row.recipient,
        need_fen: row.need_fen,
        credit: row.credit,
        sent_on: row.sent_on,
        result: row.result,
        result_on: row.result_on,
        note: row.note,
        created_at: row.created_at,
        updated_at: row.updated_at,
    });
    Ok(shown.collect())
}

/// One recommendation as its reader sees it.
pub fn detail(conn: &mut AnyConn, row: Recommendation) -> Result<RecommendationView, AppError> {
    list(conn, vec![row])?.pop().ok_or(AppError::NotFound)
}
