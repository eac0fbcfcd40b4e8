//! One chamber: finding it, writing it.

use super::visible_to;
use crate::accounts::Actor;
use crate::chambers::model::{Chamber, ChamberKind, SourceStatus};
use crate::db::{AnyConn, Id, series};
use crate::jobs::outbox::{self, Topic};
use crate::registers::naming;
use crate::schema::{
    attendees, chamber_entries, chambers, events, later_claims, leads, notice_chambers, notice_readings,
    projects, questions, users,
};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// By id or code, as requests name chambers.
pub fn find(conn: &mut AnyConn, id_or_code: &str) -> QueryResult<Option<Chamber>> {
    chambers::table
        .filter(chambers::id.eq(id_or_code).or(chambers::code.eq(id_or_code)))
        .select(Chamber::as_select())
        .first(conn)
        .optional()
}

/// By id or code, if it exists for the actor.
pub fn find_visible(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> QueryResult<Option<Chamber>> {
    visible_to(actor)
        .filter(chambers::id.eq(id_or_code.to_owned()).or(chambers::code.eq(id_or_code.to_owned())))
        .select(Chamber::as_select())
        .first(conn)
        .optional()
}

/// By its name, as a form or a ledger writes it: to the letter, or else but for width, case and spaces; the oldest where
/// several are left.
pub fn find_by_name(conn: &mut AnyConn, name: &str) -> QueryResult<Option<Chamber>> {
    let exact = chambers::table.filter(chambers::name.eq(name.trim()));
    if let Some(found) = exact.select(Chamber::as_select()).first(conn).optional()? {
        return Ok(Some(found));
    }
    // Only names are read: their index answers.
    let near = chambers::table.filter(chambers::name.like(naming::pattern(name)));
    let same = naming::same(name, near.select(chambers::name).load(conn)?);
    if same.is_empty() {
        return Ok(None);
    }
    chambers::table
        .filter(chambers::name.eq_any(same))
        .order(chambers::id.asc())
        .select(Chamber::as_select())
        .first(conn)
        .optional()
}

/// Those with these ids, in no order.
pub fn of_ids(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Chamber>> {
    chambers::table.filter(chambers::id.eq_any(ids.to_vec())).select(Chamber::as_select()).load(conn)
}

/// (id, name) of all that can be chosen, by name.
pub fn choices(conn: &mut AnyConn) -> QueryResult<Vec<(Id, String)>> {
    chambers::table
        .filter(chambers::status.ne(SourceStatus::Inactive))
        .order(chambers::name.asc())
        .select((chambers::id, chambers::name))
        .load(conn)
}

/// (code, name) of all that can be chosen, by name, for typing ahead.
pub fn names(conn: &mut AnyConn) -> QueryResult<Vec<(String, String)>> {
    chambers::table
        .filter(chambers::status.ne(SourceStatus::Inactive))
        .order(chambers::name.asc())
        .select((chambers::code, chambers::name))
        .load(conn)
}

/// (id, code, name) of all.
pub fn all_named(conn: &mut AnyConn) -> QueryResult<Vec<(Id, String, String)>> {
    chambers::table.select((chambers::id, chambers::code, chambers::name)).load(conn)
}

pub fn insert(conn: &mut AnyConn, chamber: &Chamber) -> QueryResult<()> {
    diesel::insert_into(chambers::table).values(chamber.clone()).execute(conn)?;
    outbox::enqueue(conn, Topic::RecordIndex, &chamber.id)
}

/// Writes the chamber over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(conn: &mut AnyConn, mut chamber: Chamber, now: NaiveDateTime) -> QueryResult<Option<Chamber>> {
    let read = chamber.version;
    chamber.version = read + 1;
    chamber.updated_at = now;
    let row = chambers::table.find(chamber.id.clone()).filter(chambers::version.eq(read));
    let changed = diesel::update(row).set(chamber.clone()).execute(conn)?;
    outbox::enqueue(conn, Topic::RecordIndex, &chamber.id)?;
    Ok((changed == 1).then_some(chamber))
}

/// Removes the row if nobody changed it since; `false` when somebody did.
pub fn delete(conn: &mut AnyConn, chamber: &Chamber) -> QueryResult<bool> {
    let row = chambers::table.find(&chamber.id).filter(chambers::version.eq(chamber.version));
    outbox::enqueue(conn, Topic::RecordIndex, &chamber.id)?;
    Ok(diesel::delete(row).execute(conn)? == 1)
}

/// Whether a lead or project (deleted ones too: they can come back), a later claim, a question, an event, somebody who
/// was to come to one, a notice or a user names it, or something is entered of it, or it shares the credit for a lead.
pub fn is_named(conn: &mut AnyConn, id: &Id) -> QueryResult<bool> {
    use diesel::dsl::exists;
    let of_leads = leads::table.filter(leads::source_chamber_id.eq(id)).select(leads::id);
    let of_projects = projects::table.filter(projects::source_chamber_id.eq(id)).select(projects::id);
    let of_claims = later_claims::table.filter(later_claims::chamber_id.eq(id)).select(later_claims::id);
    let of_entries =
        chamber_entries::table.filter(chamber_entries::chamber_id.eq(id)).select(chamber_entries::id);
    let of_users = users::table.filter(users::chamber_id.eq(id)).select(users::id);
    let of_questions = questions::table.filter(questions::chamber_id.eq(id)).select(questions::id);
    let of_events = events::table.filter(events::host_chamber_id.eq(id)).select(events::id);
    let of_attendees = attendees::table.filter(attendees::chamber_id.eq(id)).select(attendees::id);
    let of_notices = notice_chambers::table.filter(notice_chambers::chamber_id.eq(id));
    let of_notices = of_notices.select(notice_chambers::notice_id);
    let readings = notice_readings::table.filter(notice_readings::chamber_id.eq(id));
    let readings = readings.select(notice_readings::notice_id);
    Ok(diesel::select(exists(of_leads)).get_result(conn)?
        || diesel::select(exists(of_questions)).get_result(conn)?
        || diesel::select(exists(of_events)).get_result(conn)?
        || diesel::select(exists(of_attendees)).get_result(conn)?
        || diesel::select(exists(of_notices)).get_result(conn)?
        || diesel::select(exists(readings)).get_result(conn)?
        || diesel::select(exists(of_projects)).get_result(conn)?
        || diesel::select(exists(of_claims)).get_result(conn)?
        || diesel::select(exists(of_entries)).get_result(conn)?
        || diesel::select(exists(of_users)).get_result(conn)?
        || crate::attributions::queries::is_named(conn, id)?)
}

/// The next code, such as `SH-0007`.
pub fn next_code(conn: &mut AnyConn) -> QueryResult<String> {
    Ok(format!("SH-{:04}", series::next(conn, "chamber")?))
}

/// A chamber that a ledger names and nobody knows yet.
pub fn insert_for_review(
    conn: &mut AnyConn,
    name: &str,
    by: &Id,
    now: NaiveDateTime,
) -> QueryResult<Chamber> {
    let chamber = Chamber {
        id: Id::generate(),
        code: next_code(conn)?,
        name: name.trim().to_owned(),
        kind: ChamberKind::Local,
        region: None,
        contact_person: None,
        phone_encrypted: None,
        phone_hash: None,
        note: None,
        status: SourceStatus::Review,
        version: 1,
        created_by: Some(by.clone()),
        created_at: now,
        updated_at: now,
    };
    insert(conn, &chamber)?;
    Ok(chamber)
}
