//! One notice, and whom it goes to.

use crate::chambers::model::ChamberKind;
use crate::db::{AnyConn, Id};
use crate::execute;
use crate::notices::Notice;
use crate::notices::model::{ToChamber, ToKind};
use crate::schema::{chambers, notice_chambers, notice_kinds, notices};
use chrono::NaiveDateTime;
use diesel::prelude::*;

pub fn insert(conn: &mut AnyConn, notice: &Notice) -> QueryResult<()> {
    diesel::insert_into(notices::table).values(notice.clone()).execute(conn).map(drop)
}

/// Writes it over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(conn: &mut AnyConn, mut changed: Notice, now: NaiveDateTime) -> QueryResult<Option<Notice>> {
    let read = changed.version;
    changed.version = read + 1;
    changed.updated_at = now;
    let row = notices::table.find(changed.id.clone()).filter(notices::version.eq(read));
    Ok((diesel::update(row).set(changed.clone()).execute(conn)? == 1).then_some(changed))
}

/// Puts these kinds and chambers in the place of those that were named before.
pub fn set_audience(
    conn: &mut AnyConn,
    notice: &Id,
    kinds: &[ChamberKind],
    chambers: &[Id],
) -> QueryResult<()> {
    diesel::delete(notice_kinds::table.filter(notice_kinds::notice_id.eq(notice))).execute(conn)?;
    diesel::delete(notice_chambers::table.filter(notice_chambers::notice_id.eq(notice))).execute(conn)?;
    for kind in kinds {
        let row = ToKind { notice_id: notice.clone(), kind: *kind };
        execute!(conn, diesel::insert_into(notice_kinds::table).values(row))?;
    }
    for chamber in chambers {
        let row = ToChamber { notice_id: notice.clone(), chamber_id: chamber.clone() };
        execute!(conn, diesel::insert_into(notice_chambers::table).values(row))?;
    }
    Ok(())
}

/// (notice, kind) of these notices, in the order in which kinds are told.
pub fn kinds_of(conn: &mut AnyConn, notices: &[Id]) -> QueryResult<Vec<(Id, ChamberKind)>> {
    let mut kinds: Vec<(Id, ChamberKind)> = notice_kinds::table
        .filter(notice_kinds::notice_id.eq_any(notices.to_vec()))
        .select((notice_kinds::notice_id, notice_kinds::kind))
        .load(conn)?;
    kinds.sort();
    Ok(kinds)
}

/// (notice, id, code, name) of the chambers that these notices name, by name.
pub fn chambers_of(conn: &mut AnyConn, notices: &[Id]) -> QueryResult<Vec<(Id, Id, String, String)>> {
    notice_chambers::table
        .inner_join(chambers::table.on(chambers::id.eq(notice_chambers::chamber_id)))
        .filter(notice_chambers::notice_id.eq_any(notices.to_vec()))
        .order((chambers::name.asc(), chambers::id.asc()))
        .select((notice_chambers::notice_id, chambers::id, chambers::code, chambers::name))
        .load(conn)
}
