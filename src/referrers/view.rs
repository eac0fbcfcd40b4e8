//! A referrer as the API shows it, its phone masked; to a county leader the name alone.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::chambers::model::SourceStatus;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::referrers::model::{Referrer, ReferrerKind};
use crate::referrers::{policy, queries};
use crate::registers::phone;
use chrono::NaiveDateTime;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody who brings leads. What a role's pages do not show is null.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Referrer)]
pub struct ReferrerView {
    pub id: Id,
    pub code: String,
    pub version: i64,
    pub name: String,
    pub kind: Option<ReferrerKind>,
    /// GB/T 2260, the bureau's own for a zone, or an ISO 3166 country.
    pub region: Option<String>,
    pub contact_person: Option<String>,
    /// Masked.
    pub phone: Option<String>,
    pub note: Option<String>,
    pub status: Option<SourceStatus>,
    /// Leads it brought, of those that the reader may see.
    pub leads: i64,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// Referrers as their reader sees them, leads counted once for all.
pub fn list(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    rows: Vec<Referrer>,
) -> Result<Vec<ReferrerView>, AppError> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id.clone()).collect();
    let counts = queries::leads_of(conn, actor, &ids)?;
    let all = !policy::sees_names_only(actor.role);
    rows.into_iter()
        .map(|referrer| {
            let sealed = referrer.phone_encrypted.as_deref().filter(|_| all);
            Ok(ReferrerView {
                phone: phone::masked(tools.keys, &referrer.phone_context(), sealed)?,
                leads: counts.get(&referrer.id).copied().unwrap_or_default(),
                id: referrer.id,
                code: referrer.code,
                version: referrer.version,
                name: referrer.name,
                kind: all.then_some(referrer.kind),
                region: referrer.region.filter(|_| all),
                contact_person: referrer.contact_person.filter(|_| all),
                note: referrer.note.filter(|_| all),
                status: all.then_some(referrer.status),
                created_at: referrer.created_at,
                updated_at: referrer.updated_at,
            })
        })
        .collect()
}

/// One referrer as its reader sees it.
pub fn detail(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    referrer: Referrer,
) -> Result<ReferrerView, AppError> {
    list(conn, tools, actor, vec![referrer])?.pop().ok_or(AppError::NotFound)
}
