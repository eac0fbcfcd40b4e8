//! Who was invited, signed up or came.

use crate::accounts::{Actor, Role};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::events::Attendee;
use crate::events::policy;
use crate::schema::attendees;
use chrono::NaiveDateTime;
use diesel::dsl::{count as count_of_column, count_star};
use diesel::prelude::*;
use std::collections::HashMap;

/// How many are on a list, and how many of them came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub listed: i64,
    pub attended: i64,
}

/// The attendees of events that exist for the actor: for a liaison those of his chamber.
pub fn attendees_for(actor: &Actor) -> attendees::BoxedQuery<'static, MultiBackend> {
    let rows = attendees::table.into_boxed::<MultiBackend>();
    match (actor.role, &actor.chamber_id) {
        (Role::ChamberLiaison, Some(own)) => rows.filter(attendees::chamber_id.eq(own.clone())),
        (role, _) if policy::sees_all(role) => rows,
        _ => rows.filter(attendees::id.eq("")),
    }
}

/// Those of an event that exist for the actor, in the order in which they were entered.
pub fn list_of(conn: &mut AnyConn, actor: &Actor, event: &Id) -> QueryResult<Vec<Attendee>> {
    attendees_for(actor)
        .filter(attendees::event_id.eq(event.clone()))
        .order(attendees::id.asc())
        .select(Attendee::as_select())
        .load(conn)
}

/// One of an event, if it exists for the actor.
pub fn find_attendee(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &Id,
    id: &Id,
) -> QueryResult<Option<Attendee>> {
    attendees_for(actor)
        .filter(attendees::event_id.eq(event.clone()))
        .filter(attendees::id.eq(id.clone()))
        .select(Attendee::as_select())
        .first(conn)
        .optional()
}

/// Everybody on an event's list, for whoever stands at its door.
pub fn on_the_list(conn: &mut AnyConn, event: &Id) -> QueryResult<Vec<Attendee>> {
    attendees::table
        .filter(attendees::event_id.eq(event))
        .order(attendees::id.asc())
        .select(Attendee::as_select())
        .load(conn)
}

/// How many were put on an event's list, whoever asks: all but the guests who entered themselves.
pub fn count_invited(conn: &mut AnyConn, event: &Id) -> QueryResult<i64> {
    attendees::table
        .filter(attendees::event_id.eq(event))
        .filter(attendees::invited_by.is_not_null())
        .count()
        .get_result(conn)
}

/// How many the actor sees on the lists of these events.
pub fn counts_of(conn: &mut AnyConn, actor: &Actor, events: &[Id]) -> QueryResult<HashMap<Id, Counts>> {
    // A boxed scope cannot be grouped: the one condition that it may have stands here again.
    let rows = attendees::table.filter(attendees::event_id.eq_any(events.to_vec()));
    let counts = (attendees::event_id, count_star(), count_of_column(attendees::attended_at));
    let found: Vec<(Id, i64, i64)> = match (actor.role, &actor.chamber_id) {
        (Role::ChamberLiaison, Some(own)) => rows
            .filter(attendees::chamber_id.eq(own.clone()))
            .group_by(attendees::event_id)
            .select(counts)
            .load(conn)?,
        (role, _) if policy::sees_all(role) => {
            rows.group_by(attendees::event_id).select(counts).load(conn)?
        }
        _ => Vec::new(),
    };
    let found = found.into_iter();
    Ok(found.map(|(event, listed, attended)| (event, Counts { listed, attended })).collect())
}

pub fn insert_attendee(conn: &mut AnyConn, attendee: &Attendee) -> QueryResult<()> {
    diesel::insert_into(attendees::table).values(attendee.clone()).execute(conn).map(drop)
}

/// A guest who entered himself.
pub fn add_guest(
    conn: &mut AnyConn,
    event: &Id,
    name: String,
    company: Option<String>,
    now: NaiveDateTime,
) -> QueryResult<Attendee> {
    let guest = Attendee {
        id: Id::generate(),
        event_id: event.clone(),
        chamber_id: None,
        company,
        name,
        post: None,
        invited_by: None,
        at: now,
        attended_at: Some(now),
        checked_in_by: None,
    };
    insert_attendee(conn, &guest)?;
    Ok(guest)
}

pub fn delete_attendee(conn: &mut AnyConn, attendee: &Attendee) -> QueryResult<()> {
    diesel::delete(attendees::table.find(&attendee.id)).execute(conn).map(drop)
}

/// Marks that somebody came, by whom; `false` when he was marked before, which stays as it is.
pub fn mark(conn: &mut AnyConn, id: &Id, at: NaiveDateTime, by: Option<&Id>) -> QueryResult<bool> {
    let awaited = attendees::table.find(id).filter(attendees::attended_at.is_null());
    let marks = (attendees::attended_at.eq(Some(at)), attendees::checked_in_by.eq(by));
    Ok(diesel::update(awaited).set(marks).execute(conn)? == 1)
}

/// Takes the mark back; `false` when there was none.
pub fn unmark(conn: &mut AnyConn, id: &Id) -> QueryResult<bool> {
    let came = attendees::table.find(id).filter(attendees::attended_at.is_not_null());
    let nothing = (attendees::attended_at.eq(None::<NaiveDateTime>), attendees::checked_in_by.eq(None::<Id>));
    Ok(diesel::update(came).set(nothing).execute(conn)? == 1)
}

/// Members of one chamber, made those of another.
pub fn move_attendees(conn: &mut AnyConn, from: &Id, to: &Id) -> QueryResult<usize> {
    diesel::update(attendees::table.filter(attendees::chamber_id.eq(from)))
        .set(attendees::chamber_id.eq(to))
        .execute(conn)
}
