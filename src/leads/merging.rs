//! What a merger left to tell: which leads became one, and whose report was the first.

use crate::accounts::Actor;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::model::{Lead, SourceKind};
use crate::leads::policy::{View, view_of};
use crate::leads::{queries, rules};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use utoipa::ToSchema;

/// A lead by its code; with its id only for those who see it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LeadName {
    pub id: Option<Id>,
    pub code: String,
}

/// The report that came first, when a merged lead's was earlier than that of the lead that stayed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FirstReport {
    pub lead: LeadName,
    pub registered_on: NaiveDate,
    #[serde(with = "clock::rfc3339")]
    pub received_at: NaiveDateTime,
    pub source_kind: SourceKind,
    /// The chamber, referrer, enterprise or event, by name.
    pub source_name: Option<String>,
}

/// A lead's mergers, as the API shows them.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = LeadMergers)]
pub struct MergerView {
    /// The lead that it went into.
    pub merged_into: Option<LeadName>,
    /// Null while its own report is the first.
    pub first_report: Option<FirstReport>,
}

/// The mergers of a lead that the actor sees. A liaison is told of no lead that is not his own.
pub fn of_lead(conn: &mut AnyConn, actor: &Actor, lead: &Lead) -> Result<MergerView, AppError> {
    let own = view_of(actor.role) == View::Own;
    let merged_into = match &lead.merged_into {
        Some(id) => name_of(conn, actor, id)?.filter(|name| !own || name.id.is_some()),
        None => None,
    };
    let merged = taken_in(conn, actor, lead)?;
    let first = rules::first_report(std::iter::once(lead).chain(merged.iter().map(|(lead, _)| lead)));
    let first_report = match first.filter(|first| first.id != lead.id) {
        Some(first) => report(conn, first, &merged)?,
        None => None,
    };
    Ok(MergerView { merged_into, first_report })
}

/// The leads that were merged into this one, each by the name that the actor may know it by. Whoever works
/// the lead that stayed is told of them wherever they were: a merger makes the two one case.
pub fn taken_in(conn: &mut AnyConn, actor: &Actor, lead: &Lead) -> Result<Vec<(Lead, LeadName)>, AppError> {
    let merged = queries::merged_into(conn, &lead.id)?;
    let ids: Vec<Id> = merged.iter().map(|lead| lead.id.clone()).collect();
    let codes = queries::codes_of(conn, actor, &ids)?;
    let own = view_of(actor.role) == View::Own;
    let named = merged.into_iter().filter_map(|lead| {
        let (code, is_visible) = codes.get(&lead.id)?.clone();
        let name = LeadName { id: is_visible.then(|| lead.id.clone()), code };
        (is_visible || !own).then_some((lead, name))
    });
    Ok(named.collect())
}

/// A lead by its code, with its id if the actor sees it.
pub fn name_of(conn: &mut AnyConn, actor: &Actor, id: &Id) -> Result<Option<LeadName>, AppError> {
    let mut codes = queries::codes_of(conn, actor, std::slice::from_ref(id))?;
    Ok(codes.remove(id).map(|(code, is_visible)| LeadName { id: is_visible.then(|| id.clone()), code }))
}

fn report(
    conn: &mut AnyConn,
    first: &Lead,
    merged: &[(Lead, LeadName)],
) -> Result<Option<FirstReport>, AppError> {
    let names = queries::names_of(conn, std::iter::once(first))?;
    let source = first
        .source_chamber_id
        .as_ref()
        .or(first.source_referrer_id.as_ref())
        .or(first.source_enterprise_id.as_ref())
        .or(first.source_event_id.as_ref());
    let name = merged.iter().find(|(lead, _)| lead.id == first.id).map(|(_, name)| name.clone());
    Ok(name.map(|lead| FirstReport {
        lead,
        registered_on: first.registered_on,
        received_at: first.received_at,
        source_kind: first.source_kind,
        source_name: source.and_then(|id| names.sources.get(id).cloned()),
    }))
}
