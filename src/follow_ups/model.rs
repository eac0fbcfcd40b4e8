//! A follow-up.

use crate::db::Id;
use crate::schema::follow_ups;
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// How one was in touch.
    pub enum FollowUpKind {
        Call = "call",
        /// 外出拜访
        VisitOut = "visit_out",
        /// 来访
        VisitIn = "visit_in",
        Negotiation = "negotiation",
        Event = "event",
        Message = "message",
        Other = "other",
    }
}

/// A follow-up as stored; it is never changed.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = follow_ups)]
pub struct FollowUp {
    pub id: Id,
    pub lead_id: Id,
    pub kind: FollowUpKind,
    /// When it took place, UTC.
    pub at: NaiveDateTime,
    /// People on our side.
    pub ours: Option<String>,
    /// People on the investor's side.
    pub theirs: Option<String>,
    pub content: String,
    pub next_step: Option<String>,
    pub next_on: Option<NaiveDate>,
    pub by_user: Id,
    /// The chamber of the liaison who wrote it: liaisons see their own chamber's.
    pub by_chamber_id: Option<Id>,
    pub created_at: NaiveDateTime,
}
