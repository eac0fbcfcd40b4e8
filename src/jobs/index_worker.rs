//! The worker that keeps the search index in step with the database.

use crate::app::App;
use crate::error::AppError;
use crate::jobs::Stop;
use crate::search::{index_job, lease, reindex};
use std::time::Duration;

/// How long the worker sleeps when nobody wakes it: other processes write, too.
const NAP: Duration = Duration::from_secs(1);
/// The pause after a batch, in which the next one gathers: a commit costs about 0.1 s.
const GATHER: Duration = Duration::from_millis(300);

/// Runs until told to stop.
///
/// 1. Where several processes may write, only the one that holds the lease goes on.
/// 2. An index that is missing, damaged or of another version is built anew first.
/// 3. A request to re-index is taken.
/// 4. The outbox is worked off in batches.
/// 5. It sleeps until a write wakes it.
pub(super) fn run(app: &App, stop: &Stop) {
    while !stop.wait(Duration::ZERO) {
        let pause = match step(app) {
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

/// Everything that waits, at once: for tests and for commands that end.
pub fn run_pending(app: &App) -> Result<(), AppError> {
    while step(app)? > 0 {}
    Ok(())
}

fn step(app: &App) -> Result<usize, AppError> {
    if !lease::hold(app)? {
        return Ok(0);
    }
    app.search.inspect();
    let asked = app.db.read(|conn| Ok::<_, AppError>(reindex::is_asked(conn)?))?;
    let taken = asked && app.db.write(|conn| Ok::<_, AppError>(reindex::take_request(conn)?))?;
    if taken || app.search.needs_rebuild() {
        let leads = reindex::reindex(app, |_| ())?;
        tracing::info!(leads, "the search index was built anew");
    }
    if taken || app.records.needs_rebuild() {
        let records = reindex::reindex_records(app)?;
        tracing::info!(records, "the index of records was built anew");
    }
    index_job::run_batch(app)
}
