//! The worker that reads what papers say.

use crate::app::App;
use crate::attachments::texts::work;
use crate::jobs::Stop;
use std::time::Duration;

/// How often the outbox is looked at when nothing waited.
const NAP: Duration = Duration::from_secs(1);

/// Runs until told to stop; a paper that is being read then is read by whoever starts next.
pub(super) fn run(app: &App, stop: &Stop) {
    let mut pause = NAP;
    while !stop.wait(pause) {
        pause = match work::run_next(app, &|| stop.wait(Duration::ZERO)) {
            Ok(true) => Duration::ZERO,
            Ok(false) => NAP,
            Err(error) => {
                tracing::warn!(%error, "the text worker failed and will try again");
                NAP
            }
        };
    }
}
