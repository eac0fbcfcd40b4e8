//! The worker that reads and applies large ledgers.

use crate::app::App;
use crate::imports::work;
use crate::jobs::Stop;
use std::time::Duration;

/// How often the outbox is looked at.
const NAP: Duration = Duration::from_secs(1);

/// Runs until told to stop; an application under way is laid down between two of its steps, and finished by
/// whoever starts next.
pub(super) fn run(app: &App, stop: &Stop) {
    while !stop.wait(NAP) {
        if let Err(error) = work::run_next(app, &|| stop.wait(Duration::ZERO)) {
            tracing::warn!(%error, "the import worker failed and will try again");
        }
    }
}
