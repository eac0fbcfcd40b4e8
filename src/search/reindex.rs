//! Building the index anew beside the old one, which goes on answering, and swapping it in.

use crate::app::App;
use crate::clock;
use crate::db::dialect::Both;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::jobs::outbox::{self, Topic};
use crate::schema::{chambers, companies, flags, leads, projects, referrers};
use crate::search::index_job::{documents, parts};
use crate::search::records::{SearchKind, documents as records};
use crate::search::{SearchError, lease};
use diesel::prelude::*;

/// Leads read at a time.
const CHUNK: i64 = 1_000;
/// The flag by which another process asks the serving one to re-index.
const ASKED: &str = "search.reindex";

/// Re-indexes every lead; `progress` hears how many are done. Changes during it reach both indexes.
pub fn reindex(app: &App, mut progress: impl FnMut(u64)) -> Result<u64, AppError> {
    // What changed before it begins will be in it: those rows of the outbox need no work of their own.
    let waiting = app.db.read(|conn| Ok::<_, AppError>(outbox::waiting(conn, Topic::LeadIndex)?))?;
    let mut rebuild = app.search.begin_rebuild()?;
    let (mut after, mut done) = (None::<Id>, 0);
    loop {
        if !lease::hold(app)? {
            return Err(SearchError::RebuildRunning.into());
        }
        let ids = app.db.read(|conn| Ok::<_, AppError>(next_ids(conn, after.as_ref())?))?;
        let Some(last) = ids.last().cloned() else { break };
        for part in app.db.read(|conn| Ok::<_, AppError>(parts(conn, &ids)?))? {
            let documents = app.db.read(|conn| Ok::<_, AppError>(documents(conn, &part)?))?;
            rebuild.add(&documents)?;
            done += documents.len() as u64;
        }
        progress(done);
        after = Some(last);
    }
    rebuild.finish()?;
    remove(app, &waiting)?;
    Ok(done)
}

/// The same for what is no lead.
pub fn reindex_records(app: &App) -> Result<u64, AppError> {
    let waiting = app.db.read(|conn| Ok::<_, AppError>(outbox::waiting(conn, Topic::RecordIndex)?))?;
    let mut rebuild = app.records.begin_rebuild()?;
    let mut done = 0;
    for kind in SearchKind::RECORDS {
        let mut after = None::<Id>;
        loop {
            let next =
                |conn: &mut AnyConn| Ok::<_, AppError>(records::next_ids(conn, kind, after.as_ref(), CHUNK)?);
            let ids = app.db.read(next)?;
            let Some(last) = ids.last().cloned() else { break };
            for part in app.db.read(|conn| Ok::<_, AppError>(records::parts(conn, &ids)?))? {
                let documents = app.db.read(|conn| Ok::<_, AppError>(records::documents(conn, &part)?))?;
                rebuild.add(&documents)?;
                done += documents.len() as u64;
            }
            after = Some(last);
        }
    }
    rebuild.finish()?;
    remove(app, &waiting)?;
    Ok(done)
}

fn remove(app: &App, waiting: &[Id]) -> Result<(), AppError> {
    for rows in waiting.chunks(CHUNK as usize) {
        app.db.write(|conn| Ok::<_, AppError>(outbox::remove(conn, rows)?))?;
    }
    Ok(())
}

/// How many leads a re-index will read.
pub fn total(conn: &mut AnyConn) -> QueryResult<i64> {
    leads::table.filter(leads::deleted_at.is_null()).count().get_result(conn)
}

/// How many records beside leads there are.
pub fn total_records(conn: &mut AnyConn) -> QueryResult<i64> {
    let projects: i64 = projects::table.filter(projects::deleted_at.is_null()).count().get_result(conn)?;
    let companies: i64 = companies::table.count().get_result(conn)?;
    let referrers: i64 = referrers::table.count().get_result(conn)?;
    let chambers: i64 = chambers::table.count().get_result(conn)?;
    Ok(projects + companies + referrers + chambers)
}

/// Asks the serving process to re-index: only one process holds the embedded index.
pub fn ask(conn: &mut AnyConn) -> QueryResult<()> {
    let now = clock::now();
    Both(
        diesel::insert_into(flags::table)
            .values((flags::name.eq(ASKED), flags::value.eq("asked"), flags::updated_at.eq(now)))
            .on_conflict(flags::name)
            .do_update()
            .set((flags::value.eq("asked"), flags::updated_at.eq(now))),
    )
    .execute(conn)
    .map(drop)
}

/// Takes the request, if there is one; of several workers one gets it.
pub fn take_request(conn: &mut AnyConn) -> QueryResult<bool> {
    Ok(diesel::delete(flags::table.find(ASKED)).execute(conn)? == 1)
}

/// Whether a request waits.
pub fn is_asked(conn: &mut AnyConn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(flags::table.find(ASKED).select(flags::name))).get_result(conn)
}

/// The leads after this one, in the order of their ids.
pub(super) fn next_ids(conn: &mut AnyConn, after: Option<&Id>) -> QueryResult<Vec<Id>> {
    let from = after.map(Id::to_string).unwrap_or_default();
    leads::table
        .filter(leads::deleted_at.is_null())
        .filter(leads::id.gt(from))
        .order(leads::id.asc())
        .limit(CHUNK)
        .select(leads::id)
        .load(conn)
}
