//! What names one referrer, made to name another.

use crate::db::{AnyConn, Id};
use crate::registers::merging::MovedLead;
use crate::schema::leads;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// Leads, deleted ones too; each gets its next version.
pub fn move_leads(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<Vec<MovedLead>> {
    diesel::update(leads::table.filter(leads::source_referrer_id.eq(from)))
        .set((
            leads::source_referrer_id.eq(to),
            leads::version.eq(leads::version + 1),
            leads::updated_at.eq(now),
        ))
        .returning((leads::id, leads::county))
        .get_results(conn)
}
