//! Events of the demonstration, with who was invited and came.

use super::people::People;
use super::sources::ById;
use super::{rows, shifted};
use crate::accounts::Actor;
use crate::app::Ground;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::events::forms::{AttendeeInput, EventBody, EventInput};
use crate::events::{attendance, editing, queries};
use crate::money;
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Deserialize)]
struct EventRow {
    id: String,
    kind: String,
    title: String,
    county: String,
    place: String,
    from_on: String,
    to_on: String,
    chamber: String,
    programme: String,
    cost_wan: String,
    outcome: String,
    status: String,
}

#[derive(Deserialize)]
struct AttendeeRow {
    event: String,
    name: String,
    company: String,
    post: String,
    chamber: String,
    /// `staff` or `code`: who marked him.
    attended: String,
}

/// Ids by the file's own ids.
pub(super) fn add(
    conn: &mut AnyConn,
    ground: &Ground,
    people: &People,
    chambers: &ById,
    today: NaiveDate,
) -> Result<ById, AppError> {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let officer: &Actor = &people.officer;
    let mut ids = ById::new();
    for row in rows::<EventRow>("events.csv")? {
        let body = EventBody {
            kind: row.kind.parse().ok(),
            title: some(row.title),
            county: some(row.county),
            place: some(row.place),
            from_on: shifted(&row.from_on, today),
            to_on: shifted(&row.to_on, today),
            programme: some(row.programme),
            host_chamber_id: chambers.get(&row.chamber).map(Id::to_string),
            cost_fen: money::fen_from_wan(&row.cost_wan),
            outcome: some(row.outcome),
            status: row.status.parse().ok(),
            cancellation_reason: None,
        };
        let input = EventInput::check(body, &ground.reference, FieldErrors::default())?;
        ids.insert(row.id, editing::register(conn, officer, input)?.id);
    }
    for row in rows::<AttendeeRow>("attendees.csv")? {
        let Some(id) = ids.get(&row.event) else { continue };
        let event = editing::load(conn, officer, id.as_str())?;
        let input = AttendeeInput {
            name: row.name,
            company: some(row.company),
            post: some(row.post),
            chamber: chambers.get(&row.chamber).map(Id::to_string),
        };
        let attendee = attendance::invite(conn, officer, &event, input)?;
        let by = (row.attended == "staff").then_some(&officer.user_id);
        if !row.attended.is_empty() {
            let at = event.from_on.and_hms_opt(1, 40, 0).unwrap_or_else(clock::now).min(clock::now());
            queries::mark(conn, &attendee.id, at, by)?;
        }
    }
    Ok(ids)
}
