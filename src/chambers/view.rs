//! A chamber as the API shows it, its phone masked.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::chambers::model::{Chamber, ChamberKind, SourceStatus};
use crate::chambers::queries;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::registers::sealed;
use chrono::NaiveDateTime;
use serde::Serialize;
use utoipa::ToSchema;

/// A chamber of commerce or an association.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Chamber)]
pub struct ChamberView {
    pub id: Id,
    pub code: String,
    pub version: i64,
    pub name: String,
    pub kind: ChamberKind,
    /// GB/T 2260, the bureau's own for a zone, or an ISO 3166 country.
    pub region: Option<String>,
    pub contact_person: Option<String>,
    /// Masked.
    pub phone: Option<String>,
    pub note: Option<String>,
    pub status: SourceStatus,
    /// Terms, posts, agreements and recognitions that end soon (`expiring_days` of the reference data).
    pub expiring: i64,
    /// Leads it brought, of those that the reader may see.
    pub leads: i64,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// Chambers as their reader sees them, leads counted once for all.
pub fn list(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    rows: Vec<Chamber>,
) -> Result<Vec<ChamberView>, AppError> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id.clone()).collect();
    let counts = queries::leads_of(conn, actor, &ids)?;
    let ending = tools.reference.chamber_words().ending(clock::today());
    let expiring = queries::expiring_of(conn, &ids, ending)?;
    rows.into_iter()
        .map(|chamber| {
            let sealed = chamber.phone_encrypted.as_deref();
            Ok(ChamberView {
                phone: sealed::masked_phone(tools.keys, &chamber.phone_context(), sealed)?,
                expiring: expiring.get(&chamber.id).copied().unwrap_or_default(),
                leads: counts.get(&chamber.id).copied().unwrap_or_default(),
                id: chamber.id,
                code: chamber.code,
                version: chamber.version,
                name: chamber.name,
                kind: chamber.kind,
                region: chamber.region,
                contact_person: chamber.contact_person,
                note: chamber.note,
                status: chamber.status,
                created_at: chamber.created_at,
                updated_at: chamber.updated_at,
            })
        })
        .collect()
}

/// One chamber as its reader sees it.
pub fn detail(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    chamber: Chamber,
) -> Result<ChamberView, AppError> {
    list(conn, tools, actor, vec![chamber])?.pop().ok_or(AppError::NotFound)
}
