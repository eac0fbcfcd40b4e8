//! All SQL of attributions. Whether a lead exists for an actor is found out first (`leads::queries`); a liaison reads
//! the changes that his chamber gains or loses by.

use crate::accounts::{Actor, Role};
use crate::attributions::model::{AttributionOutcome, AttributionShare, Change, Consent};
use crate::db::{AnyConn, Id, flags};
use crate::filings::rules::WHOLE;
use crate::leads;
use crate::leads::model::Lead;
use crate::projects::model::Project;
use crate::schema::{
    attribution_changes, attribution_consents, attribution_shares, chambers, leads as lead_rows,
};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Changes that wait are few: no more are looked at.
const MOST_WAITING: i64 = 1_000;

/// Ended changes that a liaison's page shows.
const MOST_ENDED: i64 = 50;

/// How the credit for a lead is shared, the largest part first; none where it came from no chamber.
pub fn shares_of(conn: &mut AnyConn, lead: &Lead) -> QueryResult<Vec<AttributionShare>> {
    Ok(shares_of_leads(conn, &[lead])?.remove(&lead.id).unwrap_or_default())
}

/// The same of several leads.
pub fn shares_of_leads(
    conn: &mut AnyConn,
    leads: &[&Lead],
) -> QueryResult<HashMap<Id, Vec<AttributionShare>>> {
    let of_lead = |lead: &&Lead| Credited {
        record: lead.id.clone(),
        lead: Some(lead.id.clone()),
        source_chamber: lead.source_chamber_id.clone(),
    };
    shares_by_record(conn, leads.iter().map(of_lead).collect())
}

/// How the credit for projects is shared: as that for the lead that each was; of one that was none, all is its source
/// chamber's.
pub fn shares_of_projects(
    conn: &mut AnyConn,
    projects: &[Project],
) -> QueryResult<HashMap<Id, Vec<AttributionShare>>> {
    let of_project = |project: &Project| Credited {
        record: project.id.clone(),
        lead: project.lead_id.clone(),
        source_chamber: project.source_chamber_id.clone(),
    };
    shares_by_record(conn, projects.iter().map(of_project).collect())
}

/// A record and whose credit it has.
struct Credited {
    record: Id,
    /// Whose shares it has.
    lead: Option<Id>,
    /// Whose all of it is where nothing is shared.
    source_chamber: Option<Id>,
}

fn shares_by_record(
    conn: &mut AnyConn,
    records: Vec<Credited>,
) -> QueryResult<HashMap<Id, Vec<AttributionShare>>> {
    let ids: Vec<Id> = records.iter().filter_map(|record| record.lead.clone()).collect();
    let rows: Vec<(Id, Id, i64)> = attribution_shares::table
        .filter(attribution_shares::lead_id.eq_any(ids))
        .order((attribution_shares::share_bp.desc(), attribution_shares::chamber_id.asc()))
        .select((attribution_shares::lead_id, attribution_shares::chamber_id, attribution_shares::share_bp))
        .load(conn)?;
    let mut shared: HashMap<Id, Vec<(Id, i64)>> = HashMap::new();
    for (lead, chamber, share) in rows {
        shared.entry(lead).or_default().push((chamber, share));
    }
    let parts: Vec<(Id, Vec<(Id, i64)>)> = records
        .into_iter()
        .filter_map(|Credited { record, lead, source_chamber }| {
            let shared = lead.and_then(|lead| shared.remove(&lead));
            let whole = || source_chamber.map(|chamber| vec![(chamber, WHOLE)]);
            Some((record, shared.or_else(whole)?))
        })
        .collect();
    let named: Vec<Id> = parts.iter().flat_map(|(_, parts)| parts).map(|(id, _)| id.clone()).collect();
    let names = names_of(conn, &named)?;
    let share = |(id, share_bp): (Id, i64)| AttributionShare {
        name: names.get(&id).cloned().unwrap_or_default(),
        chamber_id: id,
        share_bp,
    };
    Ok(parts.into_iter().map(|(record, parts)| (record, parts.into_iter().map(share).collect())).collect())
}

/// Names of chambers by id.
pub fn names_of(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<HashMap<Id, String>> {
    let rows: Vec<(Id, String)> = chambers::table
        .filter(chambers::id.eq_any(ids.to_vec()))
        .select((chambers::id, chambers::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Under which name `flags` keeps the mark of the last change of anybody's part.
const CHANGED: &str = "attributions.changed";

/// A number that changes whenever somebody's part does.
pub fn state(conn: &mut AnyConn) -> QueryResult<u64> {
    let mut hasher = DefaultHasher::new();
    flags::get(conn, CHANGED)?.hash(&mut hasher);
    Ok(hasher.finish())
}

/// Says that some part was taken from somebody, which the record does not tell of whom.
pub fn mark_change(conn: &mut AnyConn) -> QueryResult<()> {
    flags::put(conn, CHANGED, Id::generate().as_str())
}

/// Puts parts in place of what was there; all of one chamber needs no row.
pub fn put_shares(conn: &mut AnyConn, lead: &Id, shares: &[AttributionShare]) -> QueryResult<()> {
    mark_change(conn)?;
    diesel::delete(attribution_shares::table.filter(attribution_shares::lead_id.eq(lead))).execute(conn)?;
    for share in shares.iter().filter(|_| shares.len() > 1) {
        diesel::insert_into(attribution_shares::table)
            .values((
                attribution_shares::lead_id.eq(lead),
                attribution_shares::chamber_id.eq(&share.chamber_id),
                attribution_shares::share_bp.eq(share.share_bp),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The changes of a lead, the latest first.
pub fn changes_of(conn: &mut AnyConn, lead: &Id) -> QueryResult<Vec<Change>> {
    attribution_changes::table
        .filter(attribution_changes::lead_id.eq(lead))
        .order(attribution_changes::id.desc())
        .select(Change::as_select())
        .load(conn)
}

/// The change of a lead that waits.
pub fn waiting_of(conn: &mut AnyConn, lead: &Id) -> QueryResult<Option<Change>> {
    attribution_changes::table
        .filter(attribution_changes::lead_id.eq(lead))
        .filter(attribution_changes::outcome.is_null())
        .select(Change::as_select())
        .first(conn)
        .optional()
}

/// The changes that wait and exist for the actor, the oldest first, each with its lead: of the leads that he sees; to a
/// liaison those that wait for his chamber's word.
pub fn waiting(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<(Change, Lead)>> {
    let mut query = attribution_changes::table
        .filter(attribution_changes::outcome.is_null())
        .order(attribution_changes::id.asc())
        .limit(MOST_WAITING)
        .select(Change::as_select())
        .into_boxed();
    if actor.role == Role::ChamberLiaison {
        let Some(own) = &actor.chamber_id else { return Ok(Vec::new()) };
        let asked = attribution_consents::table
            .filter(attribution_consents::chamber_id.eq(own.clone()))
            .filter(attribution_consents::agrees.is_null())
            .select(attribution_consents::change_id);
        query = query.filter(attribution_changes::id.eq_any(asked));
    }
    let changes: Vec<Change> = query.load(conn)?;
    with_leads(conn, actor, changes)
}

/// The changes that ended since a moment and by which a liaison's chamber gained or lost, the latest first.
pub fn ended(conn: &mut AnyConn, actor: &Actor, since: NaiveDateTime) -> QueryResult<Vec<(Change, Lead)>> {
    let Some(own) = &actor.chamber_id else { return Ok(Vec::new()) };
    let concerned = attribution_consents::table
        .filter(attribution_consents::chamber_id.eq(own.clone()))
        .select(attribution_consents::change_id);
    let changes: Vec<Change> = attribution_changes::table
        .filter(attribution_changes::id.eq_any(concerned))
        .filter(attribution_changes::closed_at.ge(since))
        .order(attribution_changes::id.desc())
        .limit(MOST_ENDED)
        .select(Change::as_select())
        .load(conn)?;
    with_leads(conn, actor, changes)
}

/// Each change with its lead, where that exists for the actor.
fn with_leads(conn: &mut AnyConn, actor: &Actor, changes: Vec<Change>) -> QueryResult<Vec<(Change, Lead)>> {
    let ids: Vec<Id> = changes.iter().map(|change| change.lead_id.clone()).collect();
    let leads = leads_of(conn, actor, &ids)?;
    let found = |change: Change| leads.get(&change.lead_id).cloned().map(|lead| (change, lead));
    Ok(changes.into_iter().filter_map(found).collect())
}

/// A change and its lead, if both exist for the actor; for a liaison one by which his chamber gains or loses.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: &Id) -> QueryResult<Option<(Change, Lead)>> {
    let change: Option<Change> =
        attribution_changes::table.find(id).select(Change::as_select()).first(conn).optional()?;
    let Some(change) = change else { return Ok(None) };
    if actor.role == Role::ChamberLiaison && consent_of(conn, actor, &change.id)?.is_none() {
        return Ok(None);
    }
    let lead = leads_of(conn, actor, std::slice::from_ref(&change.lead_id))?.remove(&change.lead_id);
    Ok(lead.map(|lead| (change, lead)))
}

/// The leads in the actor's scope. A liaison's chamber is asked about its part of a lead that another chamber brought:
/// the lead is found for it, and `view` tells its code alone.
fn leads_of(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> QueryResult<HashMap<Id, Lead>> {
    let rows: Vec<Lead> = if actor.role == Role::ChamberLiaison {
        lead_rows::table
            .filter(lead_rows::id.eq_any(ids.to_vec()))
            .filter(lead_rows::deleted_at.is_null())
            .select(Lead::as_select())
            .load(conn)?
    } else {
        leads::queries::visible_to(actor)
            .filter(lead_rows::id.eq_any(ids.to_vec()))
            .select(Lead::as_select())
            .load(conn)?
    };
    Ok(rows.into_iter().map(|lead| (lead.id.clone(), lead)).collect())
}

/// What the actor's chamber says of a change, if it is asked.
pub fn consent_of(conn: &mut AnyConn, actor: &Actor, change: &Id) -> QueryResult<Option<Consent>> {
    let Some(own) = &actor.chamber_id else { return Ok(None) };
    attribution_consents::table.find((change, own)).select(Consent::as_select()).first(conn).optional()
}

/// What the chambers say of these changes.
pub fn consents_of(conn: &mut AnyConn, changes: &[Id]) -> QueryResult<Vec<Consent>> {
    attribution_consents::table
        .filter(attribution_consents::change_id.eq_any(changes.to_vec()))
        .order((attribution_consents::change_id.asc(), attribution_consents::chamber_id.asc()))
        .select(Consent::as_select())
        .load(conn)
}

pub fn insert(conn: &mut AnyConn, change: &Change, asked: &[Id]) -> QueryResult<()> {
    diesel::insert_into(attribution_changes::table).values(change.clone()).execute(conn)?;
    for chamber in asked {
        let consent = Consent {
            change_id: change.id.clone(),
            chamber_id: chamber.clone(),
            agrees: None,
            reason: None,
            by_user: None,
            at: None,
        };
        diesel::insert_into(attribution_consents::table).values(consent).execute(conn)?;
    }
    Ok(())
}

/// Writes a chamber's word, if it gave none and the change waits; `false` when somebody was quicker.
pub fn say(
    conn: &mut AnyConn,
    change: &Id,
    chamber: &Id,
    agrees: bool,
    reason: Option<&str>,
    by: &Id,
    now: NaiveDateTime,
) -> QueryResult<bool> {
    let row =
        attribution_consents::table.find((change, chamber)).filter(attribution_consents::agrees.is_null());
    let changed = diesel::update(row)
        .set((
            attribution_consents::agrees.eq(agrees),
            attribution_consents::reason.eq(reason),
            attribution_consents::by_user.eq(by),
            attribution_consents::at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Ends a change that waits; `false` when somebody was quicker.
pub fn close(
    conn: &mut AnyConn,
    change: &Id,
    outcome: AttributionOutcome,
    reason: Option<&str>,
    by: &Id,
    now: NaiveDateTime,
) -> QueryResult<bool> {
    let row = attribution_changes::table.find(change).filter(attribution_changes::outcome.is_null());
    let changed = diesel::update(row)
        .set((
            attribution_changes::outcome.eq(outcome),
            attribution_changes::outcome_reason.eq(reason),
            attribution_changes::closed_by.eq(by),
            attribution_changes::closed_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Whether a lead's credit is shared with this chamber, or it was asked about a change.
pub fn is_named(conn: &mut AnyConn, chamber: &Id) -> QueryResult<bool> {
    use diesel::dsl::exists;
    let shares = attribution_shares::table
        .filter(attribution_shares::chamber_id.eq(chamber))
        .select(attribution_shares::lead_id);
    let asked = attribution_consents::table
        .filter(attribution_consents::chamber_id.eq(chamber))
        .select(attribution_consents::change_id);
    Ok(diesel::select(exists(shares)).get_result(conn)? || diesel::select(exists(asked)).get_result(conn)?)
}

/// Makes the parts of one chamber those of another, added up where a lead has both. Changes that wait for either are
/// taken back, as they were made between two that are one now; what each said stays with the other.
pub fn move_to_chamber(
    conn: &mut AnyConn,
    from: &Id,
    to: &Id,
    by: &Id,
    now: NaiveDateTime,
) -> QueryResult<()> {
    mark_change(conn)?;
    let asked = attribution_consents::table
        .filter(attribution_consents::chamber_id.eq(from))
        .select(attribution_consents::change_id);
    let waiting = attribution_changes::table
        .filter(attribution_changes::outcome.is_null())
        .filter(attribution_changes::id.eq_any(asked));
    diesel::update(waiting)
        .set((
            attribution_changes::outcome.eq(AttributionOutcome::Withdrawn),
            attribution_changes::closed_by.eq(by),
            attribution_changes::closed_at.eq(now),
        ))
        .execute(conn)?;
    let said: Vec<Id> = attribution_consents::table
        .filter(attribution_consents::chamber_id.eq(to))
        .select(attribution_consents::change_id)
        .load(conn)?;
    let twice = attribution_consents::table
        .filter(attribution_consents::chamber_id.eq(from))
        .filter(attribution_consents::change_id.eq_any(said));
    diesel::delete(twice).execute(conn)?;
    diesel::update(attribution_consents::table.filter(attribution_consents::chamber_id.eq(from)))
        .set(attribution_consents::chamber_id.eq(to))
        .execute(conn)?;
    let parts: Vec<(Id, i64)> = attribution_shares::table
        .filter(attribution_shares::chamber_id.eq(from))
        .select((attribution_shares::lead_id, attribution_shares::share_bp))
        .load(conn)?;
    for (lead, share) in parts {
        let both: Option<i64> = attribution_shares::table
            .find((&lead, to))
            .select(attribution_shares::share_bp)
            .first(conn)
            .optional()?;
        diesel::delete(attribution_shares::table.find((&lead, from))).execute(conn)?;
        let sum = both.unwrap_or(0) + share;
        if both.is_some() {
            diesel::delete(attribution_shares::table.find((&lead, to))).execute(conn)?;
        }
        if sum < WHOLE {
            diesel::insert_into(attribution_shares::table)
                .values((
                    attribution_shares::lead_id.eq(&lead),
                    attribution_shares::chamber_id.eq(to),
                    attribution_shares::share_bp.eq(sum),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}
