//! One lead: finding it in scope, writing it.

use super::visible_to;
use crate::accounts::Actor;
use crate::attachments::{self, AttachmentKind, OwnerKind};
use crate::db::{AnyConn, Id};
use crate::events;
use crate::execute;
use crate::leads::model::{Lead, Status};
use crate::leads::rules::Completeness;
use crate::schema::{chambers, companies, contacts, follow_ups, leads, referrers, users};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// A lead with its company's credit code.
#[derive(Debug, Clone)]
pub struct Known {
    pub lead: Lead,
    pub uscc: Option<String>,
}

/// The lead, if it exists for the actor.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: &Id) -> QueryResult<Option<Known>> {
    let lead = visible_to(actor).filter(leads::id.eq(id.clone())).select(Lead::as_select()).first(conn);
    let Some(lead) = lead.optional()? else { return Ok(None) };
    let uscc = companies::table.find(&lead.company_id).select(companies::uscc).first(conn)?;
    Ok(Some(Known { lead, uscc }))
}

/// The lead with this code, if it exists for the actor.
pub fn find_by_code(conn: &mut AnyConn, actor: &Actor, code: &str) -> QueryResult<Option<Known>> {
    let id =
        visible_to(actor).filter(leads::code.eq(code.to_owned())).select(leads::id).first(conn).optional()?;
    match id {
        Some(id) => find(conn, actor, &id),
        None => Ok(None),
    }
}

/// A deleted lead, for restoring it.
pub fn find_deleted(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<Lead>> {
    leads::table
        .find(id)
        .filter(leads::deleted_at.is_not_null())
        .select(Lead::as_select())
        .first(conn)
        .optional()
}

/// What a move to another stage asks of a lead beyond its own row.
pub fn completeness(conn: &mut AnyConn, known: &Known) -> QueryResult<Completeness> {
    let of_lead = follow_ups::table.filter(follow_ups::lead_id.eq(&known.lead.id));
    let contacts = contacts::table.filter(contacts::lead_id.eq(&known.lead.id));
    let merged = super::merged_into(conn, &known.lead.id)?.into_iter().map(|lead| lead.id);
    let leads: Vec<Id> = std::iter::once(known.lead.id.clone()).chain(merged).collect();
    Ok(Completeness {
        has_uscc: known.uscc.is_some(),
        has_contact: contacts.count().get_result::<i64>(conn)? > 0,
        follow_ups: of_lead.count().get_result(conn)?,
        has_contract_paper: attachments::queries::has(
            conn,
            OwnerKind::Lead,
            &leads,
            AttachmentKind::Contract,
        )?,
    })
}

/// Leads whose companies are offered for typing ahead.
const LATEST: i64 = 1000;

/// Companies, by name, of the leads that changed last among those that the actor sees: what may be meant as the one
/// that brought another.
pub fn enterprises(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<String>> {
    let latest = visible_to(actor).order((leads::updated_at.desc(), leads::id.desc())).limit(LATEST);
    let ids: HashSet<Id> = latest.select(leads::company_id).load(conn)?.into_iter().collect();
    let named = companies::table.filter(companies::id.eq_any(ids)).select(companies::name);
    named.order(companies::name.asc()).load(conn)
}

/// How many active leads somebody is officer or leader of: what has to be handed on when he goes.
pub fn count_in_hand(conn: &mut AnyConn, user: &Id) -> QueryResult<i64> {
    leads::table
        .filter(leads::deleted_at.is_null())
        .filter(leads::status.eq(Status::Active))
        .filter(leads::officer_id.eq(user).or(leads::leader_id.eq(user)))
        .count()
        .get_result(conn)
}

/// When the last lead was written, or a follow-up, which is written with its lead. On PostgreSQL it has the gap that
/// `projects::queries::state` has.
pub fn latest_change(conn: &mut AnyConn) -> QueryResult<Option<NaiveDateTime>> {
    // Apart, as the indexes are: over all leads it would read every one of them.
    let living = leads::table.filter(leads::deleted_at.is_null());
    let changed: Option<NaiveDateTime> =
        living.select(diesel::dsl::max(leads::updated_at)).get_result(conn)?;
    let gone = leads::table.filter(leads::deleted_at.is_not_null());
    let deleted: Option<NaiveDateTime> = gone.select(diesel::dsl::max(leads::deleted_at)).get_result(conn)?;
    Ok(changed.max(deleted))
}

pub fn insert(conn: &mut AnyConn, lead: &Lead) -> QueryResult<()> {
    execute!(conn, diesel::insert_into(leads::table).values(lead)).map(drop)
}

/// Writes the lead over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(conn: &mut AnyConn, mut lead: Lead, now: NaiveDateTime) -> QueryResult<Option<Lead>> {
    let read = lead.version;
    lead.version = read + 1;
    lead.updated_at = now;
    let row = leads::table.find(lead.id.clone()).filter(leads::version.eq(read));
    let changed = diesel::update(row).set(lead.clone()).execute(conn)?;
    Ok((changed == 1).then_some(lead))
}

/// Marks as deleted; nothing is taken away, and the bureau can restore it.
pub fn delete(conn: &mut AnyConn, mut lead: Lead, now: NaiveDateTime) -> QueryResult<Option<Lead>> {
    lead.deleted_at = Some(now);
    update(conn, lead, now)
}

pub fn restore(conn: &mut AnyConn, mut lead: Lead, now: NaiveDateTime) -> QueryResult<Option<Lead>> {
    lead.deleted_at = None;
    update(conn, lead, now)
}

/// Names that leads refer to, each kind in one query: users as (username, display name), chambers and
/// referrers by name, enterprises by name.
pub fn names_of<'a>(conn: &mut AnyConn, rows: impl Iterator<Item = &'a Lead>) -> QueryResult<Names> {
    let (mut people, mut of_chambers, mut of_referrers, mut of_companies) =
        (HashSet::new(), HashSet::new(), HashSet::new(), HashSet::new());
    let mut of_events = HashSet::new();
    for lead in rows {
        people.extend(lead.officer_id.iter().chain(&lead.leader_id).cloned());
        of_chambers.extend(lead.source_chamber_id.clone());
        of_referrers.extend(lead.source_referrer_id.clone());
        of_companies.extend(lead.source_enterprise_id.clone());
        of_events.extend(lead.source_event_id.clone());
    }
    let mut names = Names::default();
    if !people.is_empty() {
        names.users = users::table
            .filter(users::id.eq_any(people))
            .select((users::id, (users::username, users::display_name)))
            .load::<(Id, (String, String))>(conn)?
            .into_iter()
            .collect();
    }
    if !of_chambers.is_empty() {
        let found =
            chambers::table.filter(chambers::id.eq_any(of_chambers)).select((chambers::id, chambers::name));
        names.sources.extend(found.load::<(Id, String)>(conn)?);
    }
    if !of_referrers.is_empty() {
        let found = referrers::table
            .filter(referrers::id.eq_any(of_referrers))
            .select((referrers::id, referrers::name));
        names.sources.extend(found.load::<(Id, String)>(conn)?);
    }
    if !of_companies.is_empty() {
        let found = companies::table
            .filter(companies::id.eq_any(of_companies))
            .select((companies::id, companies::name));
        names.sources.extend(found.load::<(Id, String)>(conn)?);
    }
    if !of_events.is_empty() {
        names.sources.extend(events::queries::titles(conn, of_events)?);
    }
    Ok(names)
}

/// Names by id.
#[derive(Debug, Default, Clone)]
pub struct Names {
    /// (username, display name)
    pub users: HashMap<Id, (String, String)>,
    /// Chambers, referrers, enterprises and events.
    pub sources: HashMap<Id, String>,
}

/// Those of these leads that the actor sees.
pub fn visible_ids(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> QueryResult<Vec<Id>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    visible_to(actor).filter(leads::id.eq_any(ids.to_vec())).select(leads::id).load(conn)
}
