//! Takes files away that are no paper's: an upload that came to nothing, a paper that was removed long ago.

use super::queries;
use super::storage::Stored;
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use chrono::Duration;
use futures_util::{StreamExt, TryStreamExt};

/// A file without a row may belong to a write that is under way.
const WITHOUT_ROW: Duration = Duration::days(1);
/// So long a removed paper's file can be brought back by hand.
const REMOVED: Duration = Duration::days(30);
/// Files that are looked up at once.
const BATCH: usize = 500;

/// Goes through the whole storage once, and says how many files went.
///
/// 1. Removes what was half written when a process died.
/// 2. Lists the files in batches; what is younger than a day stays.
/// 3. Asks, once for a batch, which of them are papers'.
/// 4. Deletes the others. Of two processes the second finds nothing to delete, which is no fault.
pub fn run(app: &App) -> Result<usize, AppError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(anyhow::Error::from)?.block_on(sweep(app))
}

async fn sweep(app: &App) -> Result<usize, AppError> {
    let now = clock::now();
    let half_written = WITHOUT_ROW.to_std().map_err(anyhow::Error::from)?;
    let mut gone = app.attachments.forget_half_written(half_written).map_err(anyhow::Error::from)?;
    let old = app.attachments.list().try_filter(|file| std::future::ready(file.at < now - WITHOUT_ROW));
    let mut batches = old.chunks(BATCH);
    while let Some(batch) = batches.next().await {
        let batch: Vec<Stored> = batch.into_iter().collect::<Result<_, _>>()?;
        let names: Vec<String> = batch.into_iter().map(|file| file.name).collect();
        let kept =
            app.db.read(|conn| Ok::<_, AppError>(queries::kept_since(conn, &names, now - REMOVED)?))?;
        for name in names.iter().filter(|name| !kept.contains(*name)) {
            app.attachments.delete(name).await?;
            gone += 1;
        }
    }
    if gone > 0 {
        tracing::info!(files = gone, "files that were no attachment's are gone");
    }
    Ok(gone)
}
