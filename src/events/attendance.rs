//! Who is on an event's list, and who of them came, as staff and liaisons enter it. The trail names an attendee by his
//! row and not by his name: it is kept for ever, and a guest of one afternoon need not be.

use crate::accounts::{Actor, Role};
use crate::audit::Differences;
use crate::chambers;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::events::editing::{load, load_editable, tell};
use crate::events::forms::AttendeeInput;
use crate::events::model::{Attendee, Event, EventStatus};
use crate::events::{policy, queries, rules};
use std::collections::HashSet;

/// The event of a path with one of its attendees, both of whom exist for the actor.
pub fn find(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &str,
    attendee: &str,
) -> Result<(Event, Attendee), AppError> {
    let event = load(conn, actor, event)?;
    let id: Id = attendee.parse().map_err(|_| AppError::NotFound)?;
    let attendee = queries::find_attendee(conn, actor, &event.id, &id)?.ok_or(AppError::NotFound)?;
    Ok((event, attendee))
}

/// The event of a path to which the actor may add somebody.
///
/// # Errors
/// 403 where it is not his to do; 409 `sign-up-closed` for a liaison once it is no longer planned or over, and
/// `event-cancelled`.
pub fn load_open(conn: &mut AnyConn, actor: &Actor, event: &str) -> Result<Event, AppError> {
    let event = load(conn, actor, event)?;
    if !policy::may_sign_up(actor, &event) {
        return Err(AppError::Forbidden(if policy::keeps(actor.role) { "other-region" } else { "role" }));
    }
    refuse_closed(actor, &event)?;
    Ok(event)
}

/// Puts somebody on the list: a liaison a member of his chamber, the others whom they like.
///
/// # Errors
/// 422 at `chamber_id` for an unknown one, or one that is not the liaison's, at `name` for whom the actor sees on the list
/// with this name and company; 409 `event-full`.
pub fn invite(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &Event,
    input: AttendeeInput,
) -> Result<Attendee, AppError> {
    if known(conn, actor, event)?.contains(&rules::entered_as(&input.name, input.company.as_deref())) {
        return Err(AppError::invalid("name", "attendee-listed"));
    }
    put(conn, actor, event, input)
}

/// By which those are entered whom the actor sees on the list: what he does not see he does not learn from a refusal.
fn known(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &Event,
) -> Result<HashSet<(String, Option<String>)>, AppError> {
    let list = queries::list_of(conn, actor, &event.id)?;
    Ok(list.iter().map(|one| rules::entered_as(&one.name, one.company.as_deref())).collect())
}

fn put(conn: &mut AnyConn, actor: &Actor, event: &Event, input: AttendeeInput) -> Result<Attendee, AppError> {
    let named = match input.chamber.as_deref() {
        Some(named) => {
            let found = chambers::queries::find_visible(conn, actor, named)?;
            Some(found.ok_or_else(|| AppError::invalid("chamber_id", "unknown-chamber"))?.id)
        }
        None => None,
    };
    let chamber_id = if actor.role == Role::ChamberLiaison { actor.chamber_id.clone() } else { named };
    refuse_full(conn, event)?;
    let attendee = Attendee {
        id: Id::generate(),
        event_id: event.id.clone(),
        chamber_id,
        company: input.company,
        name: input.name,
        post: input.post,
        invited_by: Some(actor.user_id.clone()),
        at: clock::now(),
        attended_at: None,
        checked_in_by: None,
    };
    queries::insert_attendee(conn, &attendee)?;
    tell(conn, actor, &event.id, "event.invite", named_in_trail(&attendee))?;
    Ok(attendee)
}

/// Puts several on the list, but for those whom the actor sees on it by this name and company; how many were new.
///
/// # Errors
/// As `invite`, but for `name`.
pub fn invite_all(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &Event,
    inputs: Vec<AttendeeInput>,
) -> Result<usize, AppError> {
    let mut known = known(conn, actor, event)?;
    let mut added = 0;
    for input in inputs {
        if known.insert(rules::entered_as(&input.name, input.company.as_deref())) {
            put(conn, actor, event, input)?;
            added += 1;
        }
    }
    Ok(added)
}

/// The event of a path with somebody whom the actor may take off its list.
///
/// # Errors
/// 403 where it is not his to do; 409 as `load_open`.
pub fn find_withdrawable(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &str,
    attendee: &str,
) -> Result<(Event, Attendee), AppError> {
    let (event, attendee) = find(conn, actor, event, attendee)?;
    if !policy::may_withdraw(actor, &event, &attendee) {
        return Err(AppError::Forbidden(if policy::keeps(actor.role) { "other-region" } else { "role" }));
    }
    if actor.role == Role::ChamberLiaison {
        refuse_closed(actor, &event)?;
    }
    Ok((event, attendee))
}

/// Takes somebody off the list.
///
/// # Errors
/// 409 `attendee-attended` for one who came: that he did is taken back first.
pub fn withdraw(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &Event,
    attendee: &Attendee,
) -> Result<(), AppError> {
    if attendee.attended_at.is_some() {
        return Err(AppError::Conflict("attendee-attended"));
    }
    queries::delete_attendee(conn, attendee)?;
    tell(conn, actor, &event.id, "event.withdraw", named_in_trail(attendee))
}

/// Marks by hand that somebody came; once more changes nothing.
///
/// # Errors
/// 403 where the event is not the actor's to keep; 409 `event-not-begun`, `event-cancelled`.
pub fn attend(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &str,
    attendee: &str,
) -> Result<(Event, Attendee), AppError> {
    let (event, attendee) = find_kept(conn, actor, event, attendee)?;
    match event.status {
        EventStatus::Cancelled => return Err(AppError::Conflict("event-cancelled")),
        _ if clock::today() < event.from_on => return Err(AppError::Conflict("event-not-begun")),
        _ => {}
    }
    if queries::mark(conn, &attendee.id, clock::now(), Some(&actor.user_id))? {
        tell(conn, actor, &event.id, "event.attend", named_in_trail(&attendee))?;
    }
    find(conn, actor, event.id.as_str(), attendee.id.as_str())
}

/// Takes back that somebody came; once more changes nothing.
///
/// # Errors
/// 403 where the event is not the actor's to keep.
pub fn take_back(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &str,
    attendee: &str,
) -> Result<(Event, Attendee), AppError> {
    let (event, attendee) = find_kept(conn, actor, event, attendee)?;
    if queries::unmark(conn, &attendee.id)? {
        tell(conn, actor, &event.id, "event.unattend", named_in_trail(&attendee))?;
    }
    find(conn, actor, event.id.as_str(), attendee.id.as_str())
}

fn find_kept(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &str,
    attendee: &str,
) -> Result<(Event, Attendee), AppError> {
    // Whom the reader does not see is not there, before it is asked what he may do.
    let (event, attendee) = find(conn, actor, event, attendee)?;
    load_editable(conn, actor, event.id.as_str())?;
    Ok((event, attendee))
}

fn refuse_closed(actor: &Actor, event: &Event) -> Result<(), AppError> {
    if event.status == EventStatus::Cancelled {
        return Err(AppError::Conflict("event-cancelled"));
    }
    let is_late = !rules::takes_sign_ups(clock::today(), event.to_on, event.status);
    // Bureau and county may enter afterwards who was there.
    if is_late && actor.role == Role::ChamberLiaison {
        return Err(AppError::Conflict("sign-up-closed"));
    }
    Ok(())
}

/// 409 once as many are put on the list as one holds; guests who entered themselves take nobody's place.
fn refuse_full(conn: &mut AnyConn, event: &Event) -> Result<(), AppError> {
    if queries::count_invited(conn, &event.id)? >= rules::MOST_ATTENDEES {
        return Err(AppError::Conflict("event-full"));
    }
    Ok(())
}

/// What the trail tells of an attendee.
pub fn named_in_trail(attendee: &Attendee) -> Differences {
    Differences::default().set("attendee", &attendee.id).set("chamber", &attendee.chamber_id)
}
