//! Building an index anew beside the old one, which goes on answering, and swapping it in.
//!
//! Changes are worked off meanwhile and reach both. How far it has come stands in the database (`unfinished`): a rebuild
//! that was stopped or killed is gone on with, not begun again.

use crate::app::App;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::jobs::outbox::{self, Topic};
use crate::saved_searches::matching;
use crate::schema::{chambers, companies, leads, projects, referrers};
use crate::search::index_job::{documents, parts, run_batch};
use crate::search::records::{SearchKind, documents as records};
use crate::search::unfinished::{self, Unfinished};
use crate::search::{LeadDocument, Rebuild, SearchEngine, SearchError, lease};
use diesel::prelude::*;
use std::time::{Duration, Instant};

/// Documents read at a time.
const CHUNK: i64 = 1_000;
/// What was added is made lasting this often: so much is done again after a kill.
const KEEP: Duration = Duration::from_secs(10);
/// Changes meanwhile wait this long.
const SERVE: Duration = Duration::from_secs(1);

/// Documents in the order in which they are read, and where the next begin.
struct Part {
    documents: Vec<LeadDocument>,
    after: String,
}

/// An index, and how what belongs into it is read.
struct Source<'a> {
    engine: &'a dyn SearchEngine,
    topic: Topic,
    next: fn(&mut AnyConn, &str) -> QueryResult<Option<Part>>,
}

/// Re-indexes every lead; how many. `proceed` hears how many are done and may say no: then the next call goes on there,
/// and this one answers `None`.
pub fn reindex(app: &App, proceed: impl FnMut(u64) -> bool) -> Result<Option<u64>, AppError> {
    // What is worked off beside goes into both indexes of leads, but into one of records: theirs begins anew.
    app.db.write(|conn| {
        if unfinished::of(conn, Topic::RecordIndex)?.is_some() {
            unfinished::put(conn, Topic::RecordIndex, &Unfinished::default())?;
        }
        Ok::<_, AppError>(())
    })?;
    let source = Source { engine: app.search.as_ref(), topic: Topic::LeadIndex, next: leads_after };
    source.rebuild(app, proceed)
}

/// The same for what is no lead.
pub fn reindex_records(app: &App, proceed: impl FnMut(u64) -> bool) -> Result<Option<u64>, AppError> {
    let source = Source { engine: app.records.as_ref(), topic: Topic::RecordIndex, next: records_after };
    source.rebuild(app, proceed)
}

impl Source<'_> {
    fn rebuild(&self, app: &App, proceed: impl FnMut(u64) -> bool) -> Result<Option<u64>, AppError> {
        let left = app.db.read(|conn| Ok::<_, AppError>(unfinished::of(conn, self.topic)?))?;
        let mut rebuild = self.engine.begin_rebuild(left.as_ref().map(|left| left.index.as_str()))?;
        let begun = || Unfinished { index: rebuild.index().to_owned(), ..Unfinished::default() };
        let mut at = left.filter(|_| rebuild.goes_on()).unwrap_or_else(begun);
        if !rebuild.goes_on() {
            self.begin(app, &at)?;
        }
        if !self.fill(app, rebuild.as_mut(), &mut at, proceed)? {
            return Ok(None);
        }
        // Whoever is killed in the swap begins anew: of the two indexes neither is known for the new one then.
        self.remember(app, &Unfinished::default())?;
        rebuild.finish()?;
        app.db.write(|conn| Ok::<_, AppError>(unfinished::clear(conn, self.topic)?))?;
        Ok(Some(at.done))
    }

    /// What changed before it begins will be in it: where nothing answers yet, those rows of the outbox need no work of
    /// their own.
    fn begin(&self, app: &App, at: &Unfinished) -> Result<(), AppError> {
        self.remember(app, at)?;
        if !self.engine.needs_rebuild() {
            return Ok(());
        }
        let waiting = app.db.read(|conn| Ok::<_, AppError>(outbox::waiting(conn, self.topic)?))?;
        for rows in waiting.chunks(CHUNK as usize) {
            app.db.write(|conn| {
                // The changes behind them are still news to whom they concern.
                if self.topic == Topic::LeadIndex {
                    let leads = outbox::subjects_of(conn, rows)?;
                    matching::ask(conn, &leads)?;
                }
                Ok::<_, AppError>(outbox::remove(conn, rows)?)
            })?;
        }
        Ok(())
    }

    /// Adds what is still missing; whether that was all, and not stopped.
    fn fill(
        &self,
        app: &App,
        rebuild: &mut dyn Rebuild,
        at: &mut Unfinished,
        mut proceed: impl FnMut(u64) -> bool,
    ) -> Result<bool, AppError> {
        let (mut kept, mut served) = (Instant::now(), Instant::now());
        loop {
            let is_stopped = !proceed(at.done);
            if is_stopped || kept.elapsed() >= KEEP {
                self.checked(app, rebuild.keep())?;
                self.remember(app, at)?;
                kept = Instant::now();
            }
            if is_stopped {
                return Ok(false);
            }
            if !lease::hold(app)? {
                return Err(SearchError::RebuildRunning.into());
            }
            if served.elapsed() >= SERVE {
                // Its rows are put back: a fault of one index is none of the other's rebuild.
                if let Err(error) = run_batch(app) {
                    tracing::warn!(%error, "changes wait while an index is built anew");
                }
                served = Instant::now();
            }
            let next = app.db.read(|conn| Ok::<_, AppError>((self.next)(conn, &at.after)?))?;
            let Some(part) = next else { return Ok(true) };
            self.checked(app, rebuild.add(&part.documents))?;
            at.done += part.documents.len() as u64;
            at.after = part.after;
        }
    }

    /// A new index that lacks something is begun anew: nobody may go on with it.
    fn checked(&self, app: &App, done: Result<(), SearchError>) -> Result<(), AppError> {
        if matches!(done, Err(SearchError::RebuildFailed(_))) {
            self.remember(app, &Unfinished::default())?;
        }
        Ok(done?)
    }

    fn remember(&self, app: &App, at: &Unfinished) -> Result<(), AppError> {
        app.db.write(|conn| Ok::<_, AppError>(unfinished::put(conn, self.topic, at)?))
    }
}

fn leads_after(conn: &mut AnyConn, after: &str) -> QueryResult<Option<Part>> {
    let ids = next_ids(conn, after)?;
    let ids = parts(conn, &ids)?.into_iter().next().unwrap_or_default();
    let Some(last) = ids.last() else { return Ok(None) };
    Ok(Some(Part { documents: documents(conn, &ids)?, after: last.to_string() }))
}

/// One kind after the other; `after` names the kind and the last id of it.
fn records_after(conn: &mut AnyConn, after: &str) -> QueryResult<Option<Part>> {
    let (kind, mut id) = after.split_once(' ').unwrap_or_default();
    let at = SearchKind::RECORDS.iter().position(|one| one.as_str() == kind).unwrap_or_default();
    for kind in SearchKind::RECORDS.iter().skip(at) {
        let ids = records::next_ids(conn, *kind, id, CHUNK)?;
        let ids = records::parts(conn, &ids)?.into_iter().next().unwrap_or_default();
        if let Some(last) = ids.last() {
            let after = format!("{kind} {last}");
            return Ok(Some(Part { documents: records::documents(conn, &ids)?, after }));
        }
        id = "";
    }
    Ok(None)
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

/// Asks for both indexes to be built anew: the process that writes them does it. What is under way goes on.
pub fn ask(conn: &mut AnyConn) -> QueryResult<()> {
    for topic in [Topic::LeadIndex, Topic::RecordIndex] {
        if unfinished::of(conn, topic)?.is_none() {
            unfinished::put(conn, topic, &Unfinished::default())?;
        }
    }
    Ok(())
}

/// Whether an index is to be built anew, or is just being built.
pub fn is_asked(conn: &mut AnyConn) -> QueryResult<bool> {
    let leads = unfinished::of(conn, Topic::LeadIndex)?;
    Ok(leads.is_some() || unfinished::of(conn, Topic::RecordIndex)?.is_some())
}

/// The leads after this one, in the order of their ids.
pub(super) fn next_ids(conn: &mut AnyConn, after: &str) -> QueryResult<Vec<Id>> {
    leads::table
        .filter(leads::deleted_at.is_null())
        .filter(leads::id.gt(after.to_owned()))
        .order(leads::id.asc())
        .limit(CHUNK)
        .select(leads::id)
        .load(conn)
}
