//! What names one chamber, made to name another.

use crate::db::{AnyConn, Id};
use crate::schema::{notice_chambers, notice_readings};
use diesel::prelude::*;

/// Notices that go to it, and that it read; what went to both goes to the one that stays once.
pub fn move_to_chamber(conn: &mut AnyConn, from: &Id, to: &Id) -> QueryResult<()> {
    let of_both: Vec<Id> = notice_chambers::table
        .filter(notice_chambers::chamber_id.eq(to))
        .select(notice_chambers::notice_id)
        .load(conn)?;
    let of_from = || notice_chambers::table.filter(notice_chambers::chamber_id.eq(from));
    diesel::delete(of_from().filter(notice_chambers::notice_id.eq_any(of_both))).execute(conn)?;
    diesel::update(of_from()).set(notice_chambers::chamber_id.eq(to)).execute(conn)?;
    diesel::update(notice_readings::table.filter(notice_readings::chamber_id.eq(from)))
        .set(notice_readings::chamber_id.eq(to))
        .execute(conn)
        .map(drop)
}
