//! An event and its attendees as stored.

use crate::db::Id;
use crate::schema::{attendees, events};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// What kind of event.
    pub enum EventKind {
        /// 推介会
        Promotion = "promotion",
        /// 对接会
        Matchmaking = "matchmaking",
        /// 驻点招商: days or months at one place
        Campaign = "campaign",
    }
}

text_enum! {
    /// How an event stands.
    pub enum EventStatus {
        Planned = "planned",
        Held = "held",
        /// With a reason.
        Cancelled = "cancelled",
    }
}

/// An event as stored.
#[derive(Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = events, treat_none_as_null = true)]
pub struct Event {
    pub id: Id,
    pub code: String,
    pub kind: EventKind,
    pub title: String,
    /// The county whose it is; none when it is the city's own.
    pub county: Option<String>,
    pub place: String,
    /// Its first and its last day.
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub programme: Option<String>,
    /// The chamber that holds it together with bureau or county.
    pub host_chamber_id: Option<Id>,
    pub cost_fen: Option<i64>,
    /// What became of it.
    pub outcome: Option<String>,
    pub status: EventStatus,
    pub cancellation_reason: Option<String>,
    /// The secret of its check-in. It lets anybody enter himself on the event's days and nothing else, and is printed
    /// at the door, so it is kept as it is.
    pub check_in_key: String,
    pub version: i64,
    pub created_by: Option<Id>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

/// Who was invited, signed up or came.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = attendees)]
pub struct Attendee {
    pub id: Id,
    pub event_id: Id,
    /// The chamber whose member it is.
    pub chamber_id: Option<Id>,
    pub company: Option<String>,
    pub name: String,
    pub post: Option<String>,
    /// Nobody for a guest who entered himself at the door.
    pub invited_by: Option<Id>,
    /// When he was entered.
    pub at: NaiveDateTime,
    pub attended_at: Option<NaiveDateTime>,
    /// Nobody when he checked in himself.
    pub checked_in_by: Option<Id>,
}
