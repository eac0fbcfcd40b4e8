//! Keeping events: every change is its row by its version and an entry of the trail, which never holds the key.

use crate::accounts::Actor;
use crate::audit::{self, Act, Differences};
use crate::chambers;
use crate::clock;
use crate::confidential::random_secret;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::events::forms::{EventBody, EventInput};
use crate::events::model::{Event, EventKind, EventStatus};
use crate::events::{policy, queries};
use chrono::NaiveDate;
use diesel::result::{DatabaseErrorKind, Error};
use serde::Serialize;

/// The event of a path, if it exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Event, AppError> {
    queries::find_visible(conn, actor, id_or_code)?.ok_or(AppError::NotFound)
}

/// The event of a path, which the actor may also change.
pub fn load_editable(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Event, AppError> {
    let event = load(conn, actor, id_or_code)?;
    if policy::may_keep(actor, event.county.as_deref()) {
        Ok(event)
    } else {
        Err(AppError::Forbidden(if policy::keeps(actor.role) { "other-region" } else { "role" }))
    }
}

/// An event as the body that would give it: what a merge patch starts from.
pub fn as_body(event: &Event) -> EventBody {
    let event = event.clone();
    EventBody {
        kind: Some(event.kind),
        title: Some(event.title),
        county: event.county,
        place: Some(event.place),
        from_on: Some(event.from_on),
        to_on: Some(event.to_on),
        programme: event.programme,
        host_chamber_id: event.host_chamber_id.map(|id| id.to_string()),
        cost_fen: event.cost_fen,
        outcome: event.outcome,
        status: Some(event.status),
        cancellation_reason: event.cancellation_reason,
    }
}

/// Adds an event.
///
/// # Errors
/// 403 at `county` when a county names another or none; 422 at `host_chamber_id` for an unknown one.
pub fn register(conn: &mut AnyConn, actor: &Actor, input: EventInput) -> Result<Event, AppError> {
    let now = clock::now();
    let blank = Event {
        id: Id::generate(),
        code: queries::next_code(conn)?,
        kind: input.kind,
        title: String::new(),
        county: None,
        place: String::new(),
        from_on: input.from_on,
        to_on: input.to_on,
        programme: None,
        host_chamber_id: None,
        cost_fen: None,
        outcome: None,
        status: input.status,
        cancellation_reason: None,
        check_in_key: random_secret(),
        version: 1,
        created_by: Some(actor.user_id.clone()),
        created_at: now,
        updated_at: now,
    };
    let event = filled(conn, actor, blank, input)?;
    queries::insert(conn, &event)?;
    tell(conn, actor, &event.id, "event.create", Differences::of_new(&Auditable::of(&event)))?;
    Ok(event)
}

/// Changes an event that the actor may keep. What changes nothing writes nothing.
pub fn edit(conn: &mut AnyConn, actor: &Actor, before: Event, input: EventInput) -> Result<Event, AppError> {
    let event = filled(conn, actor, before.clone(), input)?;
    if event == before {
        return Ok(before);
    }
    let differences = Differences::between(&Auditable::of(&before), &Auditable::of(&event));
    save(conn, actor, event, "event.update", differences)
}

/// Makes another key for the check-in: what was printed opens nothing any more.
pub fn renew_key(conn: &mut AnyConn, actor: &Actor, event: Event) -> Result<Event, AppError> {
    let event = Event { check_in_key: random_secret(), ..event };
    save(conn, actor, event, "event.check-in-key", Differences::default())
}

/// Deletes an event that has neither attendees nor leads; another one is cancelled.
///
/// # Errors
/// 409 `event-in-use`.
pub fn delete(conn: &mut AnyConn, actor: &Actor, event: &Event) -> Result<(), AppError> {
    if queries::is_used(conn, &event.id)? {
        return Err(AppError::Conflict("event-in-use"));
    }
    if !queries::delete(conn, event).map_err(in_use)? {
        return Err(AppError::Stale { current: event.version + 1 });
    }
    let differences = Differences::between(&Auditable::of(event), &Auditable::default());
    tell(conn, actor, &event.id, "event.delete", differences)
}

/// A guest may have entered himself since it was looked at.
fn in_use(error: Error) -> AppError {
    match error {
        Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => AppError::Conflict("event-in-use"),
        other => other.into(),
    }
}

fn save(
    conn: &mut AnyConn,
    actor: &Actor,
    event: Event,
    action: &'static str,
    differences: Differences,
) -> Result<Event, AppError> {
    let version = event.version;
    let event =
        queries::update(conn, event, clock::now())?.ok_or(AppError::Stale { current: version + 1 })?;
    tell(conn, actor, &event.id, action, differences)?;
    Ok(event)
}

/// The event with what was entered, its chamber resolved.
fn filled(conn: &mut AnyConn, actor: &Actor, event: Event, input: EventInput) -> Result<Event, AppError> {
    if !policy::may_keep(actor, input.county.as_deref()) {
        return Err(AppError::ForbiddenFields(FieldErrors::one("county", "other-region")));
    }
    let host_chamber_id = match input.host_chamber.as_deref() {
        Some(named) => {
            let found = chambers::queries::find_visible(conn, actor, named)?;
            Some(found.ok_or_else(|| AppError::invalid("host_chamber_id", "unknown-chamber"))?.id)
        }
        None => None,
    };
    Ok(Event {
        kind: input.kind,
        title: input.title,
        county: input.county,
        place: input.place,
        from_on: input.from_on,
        to_on: input.to_on,
        programme: input.programme,
        host_chamber_id,
        cost_fen: input.cost_fen,
        outcome: input.outcome,
        status: input.status,
        cancellation_reason: input.cancellation_reason,
        ..event
    })
}

/// The fields whose changes the trail tells.
#[derive(Debug, Default, Serialize)]
struct Auditable {
    code: Option<String>,
    event_kind: Option<EventKind>,
    title: Option<String>,
    county: Option<String>,
    place: Option<String>,
    from_on: Option<NaiveDate>,
    to_on: Option<NaiveDate>,
    programme: Option<String>,
    host_chamber: Option<Id>,
    cost_fen: Option<i64>,
    outcome: Option<String>,
    event_status: Option<EventStatus>,
    cancellation_reason: Option<String>,
}

impl Auditable {
    fn of(event: &Event) -> Self {
        let event = event.clone();
        Auditable {
            code: Some(event.code),
            event_kind: Some(event.kind),
            title: Some(event.title),
            county: event.county,
            place: Some(event.place),
            from_on: Some(event.from_on),
            to_on: Some(event.to_on),
            programme: event.programme,
            host_chamber: event.host_chamber_id,
            cost_fen: event.cost_fen,
            outcome: event.outcome,
            event_status: Some(event.status),
            cancellation_reason: event.cancellation_reason,
        }
    }
}

/// Adds to the trail of an event.
pub fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &Id,
    action: &'static str,
    differences: Differences,
) -> Result<(), AppError> {
    let act = Act { action, subject_kind: "event", subject_id: id.as_str(), differences, reason: None };
    Ok(audit::record(conn, actor, act)?)
}
