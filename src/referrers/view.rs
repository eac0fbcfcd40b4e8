//! A referrer as the API shows it, its phone masked; to some roles a part of it (`policy::View`).

use crate::accounts::Actor;
use crate::app::Tools;
use crate::chambers::model::SourceStatus;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::referrers::identity::IdentityKind;
use crate::referrers::model::{OfficialTie, Referrer, ReferrerKind};
use crate::referrers::policy::{self, View};
use crate::referrers::{identity, queries};
use crate::registers::sealed;
use chrono::{NaiveDate, NaiveDateTime};
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
    /// Masked.
    pub identity_number: Option<String>,
    /// Of the number; null without one.
    pub identity_kind: Option<IdentityKind>,
    pub uscc: Option<String>,
    pub bank_name: Option<String>,
    /// Masked.
    pub bank_account: Option<String>,
    /// As declared; null while nobody declared it.
    pub public_employee: Option<bool>,
    /// As declared.
    pub official_tie: Option<OfficialTie>,
    pub declared_on: Option<NaiveDate>,
    /// The chamber that it is, as an organisation.
    pub chamber_id: Option<Id>,
    /// The user that it is, as a person.
    pub user_id: Option<Id>,
    pub agreement_number: Option<String>,
    pub agreement_from: Option<NaiveDate>,
    pub agreement_to: Option<NaiveDate>,
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
    let view = policy::view_of(actor.role);
    let all = view == View::All;
    let accounts = policy::reads_accounts(actor.role);
    rows.into_iter()
        .map(|referrer| {
            let phone = referrer.phone_encrypted.as_deref().filter(|_| all);
            let identity = referrer.identity_encrypted.as_deref().filter(|_| all);
            let account = referrer.account_encrypted.as_deref().filter(|_| accounts);
            let open = |context: String, text| sealed::open(tools.keys, &context, text);
            Ok(ReferrerView {
                phone: sealed::masked_phone(tools.keys, &referrer.phone_context(), phone)?,
                identity_kind: identity.map(|_| referrer.identity_kind),
                identity_number: open(referrer.identity_context(), identity)?.as_deref().map(identity::mask),
                bank_account: open(referrer.account_context(), account)?
                    .as_deref()
                    .map(identity::mask_account),
                bank_name: referrer.bank_name.filter(|_| accounts),
                uscc: referrer.uscc.filter(|_| all),
                public_employee: referrer.public_employee.filter(|_| all),
                official_tie: referrer.official_tie.filter(|_| all),
                declared_on: referrer.declared_on.filter(|_| all),
                chamber_id: referrer.chamber_id.filter(|_| all),
                user_id: referrer.user_id.filter(|_| all),
                agreement_number: referrer.agreement_number.filter(|_| all),
                agreement_from: referrer.agreement_from.filter(|_| all),
                agreement_to: referrer.agreement_to.filter(|_| all),
                leads: counts.get(&referrer.id).copied().unwrap_or_default(),
                id: referrer.id,
                code: referrer.code,
                version: referrer.version,
                name: referrer.name,
                kind: (view != View::Name).then_some(referrer.kind),
                region: referrer.region.filter(|_| all || view == View::Payee),
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
