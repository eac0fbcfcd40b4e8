//! Policy versions, and the documents that change them, as the API shows them.

use super::awards::Rounding;
use super::awards::view::{RuleView, rules};
use super::model::{Extension, Metric, Policy, ScopeKind};
use super::queries::{Decided, Document, DocumentDecision, DocumentKind};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::leads::view::{Person, people};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryResult;
use serde::Serialize;
use utoipa::ToSchema;

/// A version of the plan, with what its documents made of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PolicyVersion)]
pub struct VersionView {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub issuer: String,
    /// 文号; empty when the document has none.
    pub number: String,
    /// The days on which it is in force, both included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub in_force: bool,
    /// Codes of the versions that it takes the place of.
    pub supersedes: Vec<String>,
    /// Made up for a demonstration.
    pub demonstration: bool,
    pub extensions: Vec<Extension>,
    pub quotas: Vec<VersionQuota>,
    /// To what awards are cut.
    pub award_rounding: Rounding,
    pub award_rules: Vec<RuleView>,
}

/// What a scope is to reach in each of some years.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VersionQuota {
    pub scope: ScopeKind,
    /// The county's or zone's code.
    pub region: Option<String>,
    pub metric: Metric,
    pub years: Vec<i32>,
    pub target: i64,
    pub clause: String,
    /// Given to a county by the bureau, and no part of the plan's text.
    pub decomposed: bool,
}

impl VersionView {
    pub fn of(policy: &Policy) -> Self {
        let quota = |quota: &super::Quota| VersionQuota {
            scope: quota.scope,
            region: quota.region.clone(),
            metric: quota.metric,
            years: quota.years.clone(),
            target: quota.target,
            clause: quota.clause.clone(),
            decomposed: quota.decomposed,
        };
        VersionView {
            code: policy.code.clone(),
            zh: policy.zh.clone(),
            en: policy.en.clone(),
            issuer: policy.issuer.clone(),
            number: policy.number.clone(),
            from: policy.from,
            to: policy.to,
            in_force: policy.covers(clock::today()),
            supersedes: policy.supersedes.clone(),
            demonstration: policy.demonstration,
            extensions: policy.extensions.clone(),
            quotas: policy.quota.iter().map(quota).collect(),
            award_rounding: policy.award.rounding,
            award_rules: rules(&policy.award),
        }
    }
}

/// A document that loads, extends or decomposes a version. It counts once a second person has accepted it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PolicyDocument)]
pub struct DocumentView {
    pub id: Id,
    pub kind: DocumentKind,
    /// The version's code.
    pub code: String,
    /// The text of a version or a decomposition, as TOML.
    pub body: Option<String>,
    /// Of an extension.
    pub valid_until: Option<NaiveDate>,
    /// 文号
    pub document_number: String,
    pub document_name: String,
    pub proposed_by: Option<Person>,
    #[serde(with = "clock::rfc3339")]
    pub proposed_at: NaiveDateTime,
    /// Null while it waits.
    pub decision: Option<DecisionView>,
}

/// The second person's decision.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PolicyDecision)]
pub struct DecisionView {
    pub decision: DocumentDecision,
    pub reason: Option<String>,
    /// Null: it came into force before two persons were asked for.
    pub by: Option<Person>,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
}

/// Documents with the people behind them, looked up once for all.
pub fn documents(
    conn: &mut AnyConn,
    documents: Vec<(Document, Option<Decided>)>,
) -> QueryResult<Vec<DocumentView>> {
    let behind = |(document, decided): &(Document, Option<Decided>)| {
        [Some(document.by_user.clone()), decided.as_ref().and_then(|one| one.by_user.clone())]
    };
    let ids: Vec<Id> = documents.iter().flat_map(behind).flatten().collect();
    let people = people(conn, &ids)?;
    let shown = documents.into_iter().map(|(document, decided)| DocumentView {
        proposed_by: people.get(&document.by_user).cloned(),
        proposed_at: document.at,
        decision: decided.map(|one| DecisionView {
            decision: one.decision,
            reason: one.reason,
            by: one.by_user.and_then(|id| people.get(&id).cloned()),
            at: one.at,
        }),
        id: document.id,
        kind: document.kind,
        code: document.code,
        body: document.body,
        valid_until: document.valid_until,
        document_number: document.document_number,
        document_name: document.document_name,
    });
    Ok(shown.collect())
}
