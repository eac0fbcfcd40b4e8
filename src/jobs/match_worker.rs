//! The worker that tells of new leads that saved searches find.

use crate::app::App;
use crate::error::AppError;
use crate::jobs::Stop;
use crate::saved_searches::matching;
use std::time::Duration;

/// How often the outbox is looked at.
const NAP: Duration = Duration::from_secs(1);

/// Runs until told to stop: batch after batch, and a nap when nothing waits or something failed.
pub(super) fn run(app: &App, stop: &Stop) {
    let mut nap = NAP;
    while !stop.wait(nap) {
        nap = match matching::run_batch(app) {
            Ok(0) => NAP,
            Ok(_) => Duration::ZERO,
            Err(error) => {
                tracing::warn!(%error, "the worker of saved searches failed and will try again");
                NAP
            }
        };
    }
}

/// Everything that waits, at once: for tests and for commands that end.
pub fn run_pending(app: &App) -> Result<(), AppError> {
    while matching::run_batch(app)? > 0 {}
    Ok(())
}
