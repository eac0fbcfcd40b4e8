//! Finding leads of the same investor. Looks over all leads, whoever asks: that one is there may be said,
//! which one it is only to those who see it.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::companies::identity::{Identity, Match};
use crate::companies::uscc::Uscc;
use crate::contacts;
use crate::contacts::model::phone_hash;
use crate::db::{AnyConn, Id};
use crate::duplicates::Duplicate;
use crate::error::AppError;
use crate::leads::model::DuplicateReason;
use crate::leads::queries::{Known, visible_to};
use crate::schema::{contacts as contact_rows, leads};
use crate::{companies, reference::Reference};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What is known of an investor.
#[derive(Debug, Clone, Default)]
pub struct Question {
    pub investor_name: Option<String>,
    pub uscc: Option<Uscc>,
    /// Digits only.
    pub phone: Option<String>,
    pub contact_name: Option<String>,
    /// The lead that is being edited is no duplicate of itself.
    pub except: Option<Id>,
}

impl Question {
    /// Of the same investor as a lead's, but for that lead itself.
    pub fn of(known: &Known) -> Self {
        Question {
            investor_name: Some(known.lead.investor_name.clone()),
            uscc: known.uscc.as_deref().and_then(|code| Uscc::parse(code).ok()),
            except: Some(known.lead.id.clone()),
            ..Question::default()
        }
    }
}

/// Shorter cores would be found at the start of half the register.
const SHORTEST_SIMILAR: usize = 3;

/// A lead with why it is thought the same, and how sure that is.
struct Likeness {
    lead: Id,
    county: String,
    since: NaiveDate,
    reason: DuplicateReason,
    merged_into: Option<Id>,
}

/// Leads of the same company (lead-ledger.md, "The same company"): what must be said before saving.
pub fn same_company(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    question: &Question,
) -> Result<Vec<Duplicate>, AppError> {
    let found = by_company(conn, tools.reference, question)?;
    tell(
        conn,
        tools,
        actor,
        found.into_iter().filter(|like| like.reason != DuplicateReason::SimilarName).collect(),
    )
}

/// Leads of the same company as `after` says that were not so by what `before` said: what an edit makes it a
/// duplicate of.
pub fn newly_same_company(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: &Question,
    after: &Question,
) -> Result<Vec<Duplicate>, AppError> {
    let mut same = |question: &Question| -> QueryResult<Vec<Likeness>> {
        let mut found = by_company(conn, tools.reference, question)?;
        found.retain(|like| like.reason != DuplicateReason::SimilarName);
        Ok(found)
    };
    let old: HashSet<Id> = same(before)?.into_iter().map(|like| like.lead).collect();
    let mut found = same(after)?;
    found.retain(|like| !old.contains(&like.lead));
    tell(conn, tools, actor, found)
}

/// All that may be the same: company, phone, contact, and similar names, the surest first.
pub fn all(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    question: &Question,
) -> Result<Vec<Duplicate>, AppError> {
    let mut found = by_company(conn, tools.reference, question)?;
    found.extend(by_contact(conn, tools, question)?);
    found.extend(by_similar_name(conn, tools.reference, question)?);
    tell(conn, tools, actor, found)
}

fn by_company(conn: &mut AnyConn, reference: &Reference, question: &Question) -> QueryResult<Vec<Likeness>> {
    let name = question.investor_name.as_deref().unwrap_or_default();
    if name.is_empty() && question.uscc.is_none() {
        return Ok(Vec::new());
    }
    let identity = Identity::new(name, question.uscc.clone(), reference);
    let mut reasons = BTreeMap::new();
    for (company, found) in companies::queries::matching(conn, &identity, reference)? {
        let reason = match found {
            Match::Same(reason) => reason,
            // An empty name is the core of nothing.
            Match::SameName if !name.is_empty() => DuplicateReason::SimilarName,
            _ => continue,
        };
        reasons.insert(company.id, reason);
    }
    of_companies(conn, &reasons, question)
}

fn by_similar_name(
    conn: &mut AnyConn,
    reference: &Reference,
    question: &Question,
) -> QueryResult<Vec<Likeness>> {
    let Some(name) = &question.investor_name else { return Ok(Vec::new()) };
    let core = Identity::new(name, None, reference).name.core;
    if core.chars().count() < SHORTEST_SIMILAR {
        return Ok(Vec::new());
    }
    let similar = companies::names::with_core_like(conn, &core, 20)?;
    let reasons = similar
        .into_iter()
        .filter(|(_, other)| *other != core)
        .map(|(company, _)| (company, DuplicateReason::SimilarName))
        .collect();
    of_companies(conn, &reasons, question)
}

fn of_companies(
    conn: &mut AnyConn,
    reasons: &BTreeMap<Id, DuplicateReason>,
    question: &Question,
) -> QueryResult<Vec<Likeness>> {
    if reasons.is_empty() {
        return Ok(Vec::new());
    }
    let companies: Vec<Id> = reasons.keys().cloned().collect();
    let rows = leads::table
        .filter(leads::company_id.eq_any(companies))
        .filter(leads::deleted_at.is_null())
        .order((leads::registered_on.asc(), leads::id.asc()))
        .limit(50)
        .select((leads::id, leads::county, leads::registered_on, leads::merged_into, leads::company_id))
        .load::<(Id, String, NaiveDate, Option<Id>, Id)>(conn)?;
    let found = rows.into_iter().filter_map(|(lead, county, since, merged_into, company)| {
        Some(Likeness { lead, county, since, reason: *reasons.get(&company)?, merged_into })
    });
    as_stayed(conn, question, found.collect())
}

fn by_contact(conn: &mut AnyConn, tools: Tools<'_>, question: &Question) -> QueryResult<Vec<Likeness>> {
    let mut found = Vec::new();
    let of = contact_rows::table.inner_join(leads::table).filter(leads::deleted_at.is_null());
    let columns = (leads::id, leads::county, leads::registered_on, leads::merged_into);
    let mut add = |rows: Vec<(Id, String, NaiveDate, Option<Id>)>, reason| {
        found.extend(rows.into_iter().map(|(lead, county, since, merged_into)| Likeness {
            lead,
            county,
            since,
            reason,
            merged_into,
        }));
    };
    if let Some(phone) = &question.phone {
        let hash = phone_hash(tools.keys, phone);
        let leads = contacts::queries::leads_with_phone(conn, &hash)?;
        add(of.filter(leads::id.eq_any(leads)).limit(20).select(columns).load(conn)?, DuplicateReason::Phone);
    }
    if let Some(name) = &question.contact_name {
        add(
            of.filter(contact_rows::name.eq(name)).limit(20).select(columns).load(conn)?,
            DuplicateReason::Contact,
        );
    }
    as_stayed(conn, question, found)
}

/// A merged lead is told as the one that stayed, with its own earlier day: its reporter keeps the credit. The
/// lead that is being edited is left out.
fn as_stayed(
    conn: &mut AnyConn,
    question: &Question,
    mut found: Vec<Likeness>,
) -> QueryResult<Vec<Likeness>> {
    loop {
        let merged: Vec<Id> = found.iter().filter_map(|like| like.merged_into.clone()).collect();
        if merged.is_empty() {
            break;
        }
        let stayed: HashMap<Id, (String, Option<Id>)> = leads::table
            .filter(leads::id.eq_any(merged))
            .filter(leads::deleted_at.is_null())
            .select((leads::id, (leads::county, leads::merged_into)))
            .load::<(Id, (String, Option<Id>))>(conn)?
            .into_iter()
            .collect();
        found.retain_mut(|like| {
            let Some(into) = like.merged_into.take() else { return true };
            let Some((county, further)) = stayed.get(&into) else { return false };
            like.county.clone_from(county);
            like.merged_into.clone_from(further);
            like.lead = into;
            true
        });
    }
    found.retain(|like| question.except.as_ref() != Some(&like.lead));
    Ok(found)
}

/// Each lead once, by its surest reason; the id only for those who see it.
fn tell(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    mut found: Vec<Likeness>,
) -> Result<Vec<Duplicate>, AppError> {
    found.sort_by(|a, b| (score(b.reason), a.since, &a.lead).cmp(&(score(a.reason), b.since, &b.lead)));
    let mut seen = HashSet::new();
    found.retain(|like| seen.insert(like.lead.clone()));
    let ids: Vec<Id> = found.iter().map(|like| like.lead.clone()).collect();
    let visible: HashSet<Id> =
        visible_to(actor).filter(leads::id.eq_any(ids)).select(leads::id).load(conn)?.into_iter().collect();
    Ok(found
        .into_iter()
        .map(|like| Duplicate {
            score: score(like.reason),
            unit: tools.reference.region_name(&like.county, actor.locale.as_str()).to_owned(),
            since: like.since,
            lead_id: visible.contains(&like.lead).then_some(like.lead),
            reason: like.reason,
        })
        .collect())
}

/// How sure a reason is, of 100.
fn score(reason: DuplicateReason) -> u8 {
    match reason {
        DuplicateReason::Uscc => 100,
        DuplicateReason::Name => 95,
        DuplicateReason::Phone => 80,
        DuplicateReason::Contact => 40,
        DuplicateReason::SimilarName => 30,
    }
}

/// The first registered lead of the same company: whose credit it is.
pub fn first_lead(conn: &mut AnyConn, tools: Tools<'_>, question: &Question) -> QueryResult<Option<Id>> {
    let mut found = by_company(conn, tools.reference, question)?;
    found.retain(|like| like.reason != DuplicateReason::SimilarName);
    found.sort_by(|a, b| (a.since, &a.lead).cmp(&(b.since, &b.lead)));
    Ok(found.into_iter().next().map(|like| like.lead))
}
