//! Attributions as the API shows them: to a liaison his own chamber's part, of a lead that he does not see its code.

use crate::accounts::Actor;
use crate::attributions::model::{AttributionOutcome, AttributionShare, Change, Consent};
use crate::attributions::{policy, queries};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::leads::merging::LeadName;
use crate::leads::model::Lead;
use crate::leads::view::{Person, people};
use chrono::NaiveDateTime;
use diesel::QueryResult;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use utoipa::ToSchema;

/// How the credit for a lead is shared, and how it came to be.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Attribution)]
pub struct AttributionView {
    /// The largest first; empty for a lead that came from no chamber.
    pub shares: Vec<AttributionShare>,
    /// The change that waits for the chambers or for the bureau.
    pub waiting: Option<ChangeView>,
    /// What ended, the latest first.
    pub history: Vec<ChangeView>,
}

/// A change that was proposed, and what became of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AttributionChange)]
pub struct ChangeView {
    pub id: Id,
    pub lead: LeadName,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    /// Not for a liaison, who hears the bureau.
    pub by: Option<Person>,
    pub shares_before: Vec<AttributionShare>,
    pub shares_after: Vec<AttributionShare>,
    pub reason: Option<String>,
    /// What the chambers say that gain or lose; empty where the bureau decided without asking.
    pub consents: Vec<ConsentView>,
    /// Null while it waits.
    pub end: Option<ChangeEnd>,
}

/// How a change ended.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AttributionEnd)]
pub struct ChangeEnd {
    pub outcome: AttributionOutcome,
    pub reason: Option<String>,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    /// Not for a liaison.
    pub by: Option<Person>,
}

/// What a chamber says of a change.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AttributionConsentGiven)]
pub struct ConsentView {
    pub chamber_id: Id,
    pub name: String,
    /// Null while it has not said.
    pub agrees: Option<bool>,
    pub reason: Option<String>,
}

/// The attribution of a lead that the actor sees.
pub fn of_lead(conn: &mut AnyConn, actor: &Actor, lead: &Lead) -> QueryResult<AttributionView> {
    let shares = queries::shares_of(conn, lead)?.into_iter().filter(|share| sees(actor, &share.chamber_id));
    let shares: Vec<AttributionShare> = shares.collect();
    let changes = queries::changes_of(conn, &lead.id)?.into_iter().map(|change| (change, lead.clone()));
    let (mut waiting, mut history) = (None, Vec::new());
    for change in list(conn, actor, changes.collect())? {
        let is_own = !change.shares_before.is_empty() || !change.shares_after.is_empty();
        if change.end.is_none() && is_own {
            waiting = Some(change);
        } else if is_own {
            history.push(change);
        }
    }
    Ok(AttributionView { shares, waiting, history })
}

/// Changes as shown, names looked up once for all.
pub fn list(conn: &mut AnyConn, actor: &Actor, changes: Vec<(Change, Lead)>) -> QueryResult<Vec<ChangeView>> {
    let ids: Vec<Id> = changes.iter().map(|(change, _)| change.id.clone()).collect();
    let consents = queries::consents_of(conn, &ids)?;
    let chambers: Vec<Id> = consents.iter().map(|consent| consent.chamber_id.clone()).collect();
    let names = queries::names_of(conn, &chambers)?;
    let users: Vec<Id> = changes
        .iter()
        .flat_map(|(change, _)| std::iter::once(&change.by_user).chain(&change.closed_by))
        .cloned()
        .collect();
    let people = if policy::reads_all(actor.role) { people(conn, &users)? } else { HashMap::new() };
    let mut said: HashMap<Id, Vec<ConsentView>> = HashMap::new();
    // What was decided meanwhile waits for nobody's word.
    let open: HashSet<&Id> =
        changes.iter().filter(|(change, _)| change.outcome.is_none()).map(|(change, _)| &change.id).collect();
    let told = |consent: &Consent| {
        sees(actor, &consent.chamber_id) && (consent.agrees.is_some() || open.contains(&consent.change_id))
    };
    for consent in consents.into_iter().filter(told) {
        said.entry(consent.change_id.clone()).or_default().push(shown_consent(consent, &names));
    }
    let shown = |(change, lead): (Change, Lead)| ChangeView {
        lead: LeadName { id: knows(actor, &lead).then(|| lead.id.clone()), code: lead.code },
        consents: said.remove(&change.id).unwrap_or_default(),
        by: people.get(&change.by_user).cloned(),
        end: change.outcome.zip(change.closed_at).map(|(outcome, at)| ChangeEnd {
            outcome,
            at,
            reason: change.outcome_reason,
            by: change.closed_by.as_ref().and_then(|id| people.get(id).cloned()),
        }),
        shares_before: seen(actor, change.shares_before.0),
        shares_after: seen(actor, change.shares_after.0),
        id: change.id,
        at: change.at,
        reason: change.reason,
    };
    Ok(changes.into_iter().map(shown).collect())
}

/// One change as shown.
pub fn one(conn: &mut AnyConn, actor: &Actor, change: Change, lead: Lead) -> QueryResult<ChangeView> {
    list(conn, actor, vec![(change, lead)])?.pop().ok_or(diesel::result::Error::NotFound)
}

fn shown_consent(consent: Consent, names: &HashMap<Id, String>) -> ConsentView {
    ConsentView {
        name: names.get(&consent.chamber_id).cloned().unwrap_or_default(),
        chamber_id: consent.chamber_id,
        agrees: consent.agrees,
        reason: consent.reason,
    }
}

fn seen(actor: &Actor, shares: Vec<AttributionShare>) -> Vec<AttributionShare> {
    shares.into_iter().filter(|share| sees(actor, &share.chamber_id)).collect()
}

/// Whether the actor reads this chamber's part.
fn sees(actor: &Actor, chamber: &Id) -> bool {
    policy::reads_all(actor.role) || actor.chamber_id.as_ref() == Some(chamber)
}

/// Whether the lead itself exists for the actor: every other reader found it in his scope.
fn knows(actor: &Actor, lead: &Lead) -> bool {
    policy::reads_all(actor.role) || lead.source_chamber_id == actor.chamber_id
}
