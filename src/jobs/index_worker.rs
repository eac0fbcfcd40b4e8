//! The worker that keeps the search index in step with the database.

use crate::app::App;
use crate::error::AppError;
use crate::jobs::Stop;
use crate::jobs::outbox::{self, Topic};
use crate::search::{index_job, lease, reindex, unfinished};
use std::time::Duration;

/// How long the worker sleeps when nobody wakes it: other processes write, too.
const NAP: Duration = Duration::from_secs(1);
/// The pause after a batch, in which the next one gathers: a commit costs about 0.1 s.
const GATHER: Duration = Duration::from_millis(300);

/// Runs until told to stop.
///
/// 0. Where only one process can write, nobody else has a claim: those of its predecessor are given back.
/// 1. Where several processes may write, only the one that holds the lease goes on.
/// 2. An index that is missing, damaged or of another version, or that somebody asked for, is built anew first, or gone on
///    with where that was stopped.
/// 3. The outbox is worked off in batches.
/// 4. It sleeps until a write wakes it.
pub(super) fn run(app: &App, stop: &Stop) {
    if let Err(error) = take_over(app) {
        tracing::warn!(%error, "what a process before was at is taken up only in a minute");
    }
    while !stop.wait(Duration::ZERO) {
        let pause = match step(app, &|| stop.wait(Duration::ZERO)) {
            Ok(0) => None,
            Ok(_) => Some(GATHER),
            Err(error) => {
                tracing::warn!(%error, "the index worker failed and will try again");
                Some(NAP)
            }
        };
        match pause {
            Some(pause) => drop(stop.wait(pause)),
            None => app.wake.wait(NAP),
        }
    }
    if let Err(error) = lease::release(app) {
        tracing::warn!(%error, "another process will write the index only in a minute");
    }
}

/// Takes over what a process before had claimed when it was killed: without waiting for the claims to run out, where the
/// lock on the index says that it is no more.
pub fn take_over(app: &App) -> Result<(), AppError> {
    if app.search.writer().is_some() {
        return Ok(());
    }
    let topics = [Topic::LeadIndex, Topic::RecordIndex, Topic::SavedSearchMatch];
    let released = app.db.write(|conn| Ok::<_, AppError>(outbox::release(conn, &topics)?))?;
    if released > 0 {
        tracing::info!(rows = released, "what a process before was at is taken up");
    }
    Ok(())
}

/// Everything that waits, at once: for tests and for commands that end.
pub fn run_pending(app: &App) -> Result<(), AppError> {
    run_until(app, &|| false)
}

/// The same, until told to stop.
pub fn run_until(app: &App, is_stopped: &dyn Fn() -> bool) -> Result<(), AppError> {
    while step(app, is_stopped)? > 0 {}
    Ok(())
}

fn step(app: &App, is_stopped: &dyn Fn() -> bool) -> Result<usize, AppError> {
    // Who does not write answers by the index all the same, and is to know when another has built it.
    app.search.inspect();
    app.records.inspect();
    if !lease::hold(app)? {
        return Ok(0);
    }
    let wanted = |topic| app.db.read(|conn| Ok::<_, AppError>(unfinished::of(conn, topic)?.is_some()));
    if wanted(Topic::LeadIndex)? || app.search.needs_rebuild() {
        // Stopped: what is worked off now would not be in the index that is gone on with.
        let Some(leads) = reindex::reindex(app, |_| !is_stopped())? else { return Ok(0) };
        tracing::info!(leads, "the search index was built anew");
    }
    if wanted(Topic::RecordIndex)? || app.records.needs_rebuild() {
        let Some(records) = reindex::reindex_records(app, |_| !is_stopped())? else { return Ok(0) };
        tracing::info!(records, "the index of records was built anew");
    }
    index_job::run_batch(app)
}
