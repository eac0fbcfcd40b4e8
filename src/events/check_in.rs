//! Checking in with one's own phone: who has an event's secret enters himself on its days, and is told nothing of
//! anybody else on the list.

use crate::audit::{self, Act, By};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::events::attendance::named_in_trail;
use crate::events::model::{Attendee, Event};
use crate::events::rules::{self, Door, Listed};
use crate::events::{forms, queries};
use chrono::{Duration, NaiveDateTime};

/// Under which the trail keeps who checked in himself.
const BY: &str = "check-in";

/// What the trail calls it that somebody came, and that a guest came who was not on the list.
const CAME: &str = "event.attend";
const CAME_UNINVITED: &str = "event.guest";

/// How long who comes too quick is asked to wait, in seconds: the time within which guests are counted.
const WAIT: u32 = 60;

/// What a guest gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Guest {
    pub name: String,
    pub company: Option<String>,
}

impl Guest {
    /// All faults at once, each at its field.
    pub fn check(name: Option<String>, company: Option<String>) -> Result<Self, AppError> {
        let body = forms::AttendeeBody { name, company, ..forms::AttendeeBody::default() };
        let input = forms::AttendeeInput::check(body)?;
        Ok(Guest { name: input.name, company: input.company })
    }
}

/// What a secret opens; nothing for one that never was or was renewed.
pub fn opened(conn: &mut AnyConn, secret: &str) -> Result<Option<(Event, Door)>, AppError> {
    let Some(event) = queries::find_by_key(conn, secret)? else { return Ok(None) };
    let door = Door::on(clock::today(), event.from_on, event.to_on, event.status);
    Ok(Some((event, door)))
}

/// Enters that a guest came: him whom the list means by this name and company, or a new one. Who came already stays as
/// he is. The answer is the same in all three cases, so that nobody learns from it who is on the list.
///
/// # Errors
/// 409 `check-in-closed` on other days and once it is cancelled, `event-full`; 429 `check-in-busy` for a new guest where
/// too many came within a minute. Who is on the list never waits.
pub fn check_in(conn: &mut AnyConn, event: &Event, guest: &Guest, address: &str) -> Result<(), AppError> {
    if Door::on(clock::today(), event.from_on, event.to_on, event.status) != Door::Open {
        return Err(AppError::Conflict("check-in-closed"));
    }
    queries::hold(conn, &event.id)?;
    let list = queries::on_the_list(conn, &event.id)?;
    let listed: Vec<Listed<'_>> = list
        .iter()
        .map(|one| Listed {
            name: &one.name,
            company: one.company.as_deref(),
            attended: one.attended_at.is_some(),
        })
        .collect();
    let now = clock::now();
    let (came, action) = match rules::guest(&guest.name, guest.company.as_deref(), &listed) {
        Some(at) if !queries::mark(conn, &list[at].id, now, None)? => return Ok(()),
        Some(at) => (list[at].clone(), CAME),
        None => {
            refuse_many(conn, &list, address, now)?;
            let name = guest.name.clone();
            (queries::add_guest(conn, &event.id, name, guest.company.clone(), now)?, CAME_UNINVITED)
        }
    };
    let act = Act {
        action,
        subject_kind: "event",
        subject_id: event.id.as_str(),
        differences: named_in_trail(&came),
        reason: None,
    };
    Ok(audit::record_by(conn, By::Program(BY, Some(address)), act)?)
}

/// Strangers fill neither the list nor a minute.
fn refuse_many(
    conn: &mut AnyConn,
    list: &[Attendee],
    address: &str,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    let since = now - Duration::seconds(i64::from(WAIT));
    let (mut guests, mut recent) = (0, 0);
    for guest in list.iter().filter(|one| one.invited_by.is_none()) {
        guests += 1;
        recent += i64::from(guest.at > since);
    }
    if guests >= rules::MOST_GUESTS {
        return Err(AppError::Conflict("event-full"));
    }
    let from_address = audit::queries::count_from(conn, address, CAME_UNINVITED, since)?;
    if rules::has_to_wait(recent, from_address) {
        return Err(AppError::TooManyRequests { seconds: WAIT.into(), code: "check-in-busy" });
    }
    Ok(())
}
