//! Checking in with one's own phone: who has an event's secret enters himself on its days, and is told nothing of
//! anybody else on the list.

use crate::audit::{self, Act, By};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::events::attendance::{named_in_trail, refuse_full};
use crate::events::model::Event;
use crate::events::rules::{self, Door, Listed};
use crate::events::{forms, queries};

/// Under which the trail keeps who checked in himself.
const BY: &str = "check-in";

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
/// 409 `check-in-closed` on other days and once it is cancelled; `event-full`.
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
    let came = match rules::guest(&guest.name, guest.company.as_deref(), &listed) {
        Some(at) if !queries::mark(conn, &list[at].id, now, None)? => return Ok(()),
        Some(at) => list[at].clone(),
        None => {
            refuse_full(conn, event)?;
            queries::add_guest(conn, &event.id, guest.name.clone(), guest.company.clone(), now)?
        }
    };
    let act = Act {
        action: "event.attend",
        subject_kind: "event",
        subject_id: event.id.as_str(),
        differences: named_in_trail(&came),
        reason: None,
    };
    Ok(audit::record_by(conn, By::Program(BY, Some(address)), act)?)
}
