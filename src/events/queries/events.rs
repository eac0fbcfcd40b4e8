//! Events: lists in scope, one of them, writing.

use crate::accounts::{Actor, Role};
use crate::db::dialect::{contains_pattern, lower};
use crate::db::page::{Cursor, Order};
use crate::db::{AnyConn, Id, MultiBackend, series};
use crate::events::Event;
use crate::events::model::{EventKind, EventStatus};
use crate::events::policy;
use crate::schema::{attendees, events, leads, projects};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::HashMap;

/// By the first day, the latest first.
pub const ORDER: Order = Order::descending("from_on");

/// What can be chosen as the source of a lead: the latest so many.
const MOST_CHOICES: i64 = 200;

/// What a list shows. Empty lists and `None` do not filter.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    pub kinds: Vec<EventKind>,
    pub statuses: Vec<EventStatus>,
    pub counties: Vec<String>,
    /// The chamber that holds it, too.
    pub host: Option<Id>,
    /// Part of the title.
    pub q: Option<String>,
}

/// The events that exist for the actor. One that was cancelled before a chamber had to do with it, as its host or by a
/// member who was to come, does not exist for its liaison.
pub fn visible_to(actor: &Actor) -> events::BoxedQuery<'static, MultiBackend> {
    let rows = events::table.into_boxed::<MultiBackend>();
    match (actor.role, &actor.chamber_id) {
        (Role::ChamberLiaison, Some(own)) => {
            let expected =
                attendees::table.filter(attendees::chamber_id.eq(own.clone())).select(attendees::event_id);
            rows.filter(
                events::status
                    .ne(EventStatus::Cancelled)
                    .or(events::host_chamber_id.eq(own.clone()))
                    .or(events::id.eq_any(expected)),
            )
        }
        (role, _) if policy::sees_all(role) => rows,
        _ => rows.filter(events::id.eq("")),
    }
}

/// Those of these events that the actor sees.
pub fn visible_ids(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> QueryResult<Vec<Id>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    visible_to(actor).filter(events::id.eq_any(ids.to_vec())).select(events::id).load(conn)
}

fn filtered(actor: &Actor, filter: &EventFilter) -> events::BoxedQuery<'static, MultiBackend> {
    let mut query = visible_to(actor);
    if !filter.kinds.is_empty() {
        query = query.filter(events::kind.eq_any(filter.kinds.clone()));
    }
    if !filter.statuses.is_empty() {
        query = query.filter(events::status.eq_any(filter.statuses.clone()));
    }
    if !filter.counties.is_empty() {
        query = query.filter(events::county.eq_any(filter.counties.clone()));
    }
    if let Some(host) = &filter.host {
        query = query.filter(events::host_chamber_id.eq(host.clone()));
    }
    if let Some(text) = &filter.q {
        query = query.filter(lower(events::title).like(contains_pattern(text)).escape('\\'));
    }
    query
}

/// Events by their first day; one row more than `limit`. `None` when the cursor's value is no day.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &EventFilter,
    order: Order,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Option<Vec<Event>>> {
    let mut query = filtered(actor, filter);
    if let Some(cursor) = after {
        let Some(day) = cursor.value.as_deref().and_then(|text| text.parse::<NaiveDate>().ok()) else {
            return Ok(None);
        };
        let id = cursor.id.clone();
        query = match order.descending {
            true => query.filter(events::from_on.lt(day).or(events::from_on.eq(day).and(events::id.lt(id)))),
            false => query.filter(events::from_on.gt(day).or(events::from_on.eq(day).and(events::id.gt(id)))),
        };
    }
    let query = match order.descending {
        true => query.order((events::from_on.desc(), events::id.desc())),
        false => query.order((events::from_on.asc(), events::id.asc())),
    };
    query.limit(limit + 1).select(Event::as_select()).load(conn).map(Some)
}

/// How many the filter finds.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &EventFilter) -> QueryResult<i64> {
    filtered(actor, filter).count().get_result(conn)
}

/// By id or code, if it exists for the actor.
pub fn find_visible(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> QueryResult<Option<Event>> {
    visible_to(actor)
        .filter(events::id.eq(id_or_code.to_owned()).or(events::code.eq(id_or_code.to_owned())))
        .select(Event::as_select())
        .first(conn)
        .optional()
}

/// By id or code, as the source of a lead names it.
pub fn find(conn: &mut AnyConn, id_or_code: &str) -> QueryResult<Option<Event>> {
    events::table
        .filter(events::id.eq(id_or_code).or(events::code.eq(id_or_code)))
        .select(Event::as_select())
        .first(conn)
        .optional()
}

/// The one event of this title that exists for the actor and was not cancelled, as a ledger names the source of a lead
/// or project: for a resident campaign (驻点招商) a campaign. Two of one title are none: a person decides.
pub fn find_by_title(
    conn: &mut AnyConn,
    actor: &Actor,
    title: &str,
    campaign_only: bool,
) -> QueryResult<Option<Event>> {
    let mut query = visible_to(actor)
        .filter(events::title.eq(title.to_owned()))
        .filter(events::status.ne(EventStatus::Cancelled));
    if campaign_only {
        query = query.filter(events::kind.eq(EventKind::Campaign));
    }
    let mut found: Vec<Event> = query.limit(2).select(Event::as_select()).load(conn)?;
    Ok(found.pop().filter(|_| found.is_empty()))
}

/// The event whose check-in a secret opens.
pub fn find_by_key(conn: &mut AnyConn, key: &str) -> QueryResult<Option<Event>> {
    events::table.filter(events::check_in_key.eq(key)).select(Event::as_select()).first(conn).optional()
}

/// Titles by id.
pub fn titles(conn: &mut AnyConn, ids: impl IntoIterator<Item = Id>) -> QueryResult<HashMap<Id, String>> {
    let ids: Vec<Id> = ids.into_iter().collect();
    let found = events::table.filter(events::id.eq_any(ids)).select((events::id, events::title));
    Ok(found.load::<(Id, String)>(conn)?.into_iter().collect())
}

/// What can be chosen as the source of a lead, the latest first: none that was cancelled, but the one that is chosen.
pub fn choices(conn: &mut AnyConn, chosen: Option<&str>) -> QueryResult<Vec<Event>> {
    let mut found: Vec<Event> = events::table
        .filter(events::status.ne(EventStatus::Cancelled))
        .order((events::from_on.desc(), events::id.desc()))
        .limit(MOST_CHOICES)
        .select(Event::as_select())
        .load(conn)?;
    if let Some(chosen) = chosen
        && found.iter().all(|event| event.id.as_str() != chosen)
    {
        found.extend(find(conn, chosen)?);
    }
    Ok(found)
}

pub fn insert(conn: &mut AnyConn, event: &Event) -> QueryResult<()> {
    diesel::insert_into(events::table).values(event.clone()).execute(conn).map(drop)
}

/// Writes it over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(conn: &mut AnyConn, mut event: Event, now: NaiveDateTime) -> QueryResult<Option<Event>> {
    let read = event.version;
    event.version = read + 1;
    event.updated_at = now;
    let row = events::table.find(event.id.clone()).filter(events::version.eq(read));
    Ok((diesel::update(row).set(event.clone()).execute(conn)? == 1).then_some(event))
}

/// Removes the row if nobody changed it since; `false` when somebody did.
pub fn delete(conn: &mut AnyConn, event: &Event) -> QueryResult<bool> {
    let row = events::table.find(&event.id).filter(events::version.eq(event.version));
    Ok(diesel::delete(row).execute(conn)? == 1)
}

/// Lets nobody else check in at this event until the transaction ends: two taps of a slow phone are one guest.
pub fn hold(conn: &mut AnyConn, id: &Id) -> QueryResult<()> {
    let row = events::table.find(id);
    diesel::update(row).set(events::version.eq(events::version)).execute(conn).map(drop)
}

/// Whether anybody is on its list, or a lead or project (deleted ones too: they can come back) came of it.
pub fn is_used(conn: &mut AnyConn, id: &Id) -> QueryResult<bool> {
    use diesel::dsl::exists;
    let of_attendees = attendees::table.filter(attendees::event_id.eq(id)).select(attendees::id);
    let of_leads = leads::table.filter(leads::source_event_id.eq(id)).select(leads::id);
    let of_projects = projects::table.filter(projects::source_event_id.eq(id)).select(projects::id);
    Ok(diesel::select(exists(of_attendees)).get_result(conn)?
        || diesel::select(exists(of_leads)).get_result(conn)?
        || diesel::select(exists(of_projects)).get_result(conn)?)
}

/// The next code, such as `HD-0007`.
pub fn next_code(conn: &mut AnyConn) -> QueryResult<String> {
    Ok(format!("HD-{:04}", series::next(conn, "event")?))
}

/// Those that one chamber holds, made those of another.
pub fn move_hosts(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::update(events::table.filter(events::host_chamber_id.eq(from)))
        .set((
            events::host_chamber_id.eq(to),
            events::version.eq(events::version + 1),
            events::updated_at.eq(now),
        ))
        .execute(conn)
}
